"""Colours: hand-mixed palettes by genre, aged by decade, and put in their roles."""

from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

from .brief import Brief, choose
from .sheet import Colour

# Each palette: dark, light, main, second, pop.
INKS = {
    "noir": "0f1014 efe6d2 c8281e 56606e e9b44c",
    "alarm": "161213 f3ead7 d9381e 8c1c13 f2a541",
    "venom": "0e1512 e8e6cf 7fa650 2f4a3c d64933",
    "midnight": "0b1226 f1ead8 1f4e79 3f88c5 f49d37",
    "orbit": "101023 efe9dc e4572e 29457c f3a712",
    "silver": "14181d eceae2 7f9aad 46575f ff6b35",
    "acid": "10141a f2f0e6 c6d831 2a5a6e ff5964",
    "canyon": "2a1512 f4e4c1 c8553d 3f7f80 f2c14e",
    "rose": "2b0f1c f8e9dc c9405b 7b2d43 f4a6a0",
    "blush": "2a1630 fbe8dc ee8e7d a33a5a f6c86c",
    "sunny": "1b1b2f fff3d6 f5b82e e5533d 2e86ab",
    "coral": "1d2a44 fdf0d5 f26b5b 2a9d8f f4c95d",
    "petrol": "0f2027 f0e7d8 1f6f78 c97b4a e9c46a",
    "rust": "20150f f2e6d0 b5532a 37606f e0a458",
    "forest": "10201a f1ead2 2f6b4f 8a9a5b e8a33d",
    "plum": "1f0f2b f2e6dc 743d74 c1566b e9b44b",
    "primary": "16213e fff8e7 e63946 1d6fb8 ffc93c",
    "mint": "12343b fdf6e3 3fa796 f2a880 e4572e",
    "olive": "191a12 ebe3ca 74743a a0522d e0a93f",
    "khaki": "1c1b17 e9dfc4 98895a 44564a b33a2b",
    "vellum": "221510 f1e2c0 8c2f23 b98b3e 2f5868",
    "vinyl": "140f2d fbeedb d7263d 1b4db3 f6c445",
    "neon": "1a0b2e fdf0ee d81e6a 3a3f9f ffb52e",
    "press": "111111 f4f1ea d62828 3d5a80 f2c14e",
    "gazette": "0d1b2a f2efe6 1d5fa8 6f8dab f25c3a",
    "jungle": "0d2818 f6eed5 e07a2f 2f7d5b f2cc5b",
    "lagoon": "062a35 f7efdc 0f8b8d ec9a29 d1402f",
    "ice": "111c24 eef1ec 5b8fa8 a9c6cd d1495b",
    "saffron": "251605 fdf1d3 e59a1c a63d1f f6dfa4",
    "cobalt": "0a1030 f4efe2 2447b5 e8573f f5c542",
    "moss": "14190f f0ecd6 8fa03a 38563f e36b2c",
    "brick": "1d1214 f5e8d6 a8322a d98c5f 23586b",
}

BY_GENRE = {
    28: "orbit alarm cobalt saffron",
    12: "jungle lagoon canyon saffron",
    16: "primary coral mint sunny",
    35: "sunny coral mint blush",
    80: "noir brick petrol press",
    99: "press gazette moss silver",
    18: "petrol rust brick ice saffron lagoon",
    10751: "primary mint sunny coral",
    14: "forest plum lagoon vellum",
    36: "vellum rust olive brick",
    27: "alarm venom noir plum",
    10402: "vinyl neon cobalt saffron",
    9648: "plum petrol midnight moss",
    10749: "rose blush coral brick",
    878: "orbit midnight acid silver cobalt",
    53: "noir acid lagoon alarm",
    10752: "olive khaki rust",
    37: "canyon saffron rust",
    10759: "orbit jungle cobalt",
    10765: "midnight acid plum forest",
    10763: "press gazette cobalt",
    10767: "vinyl sunny cobalt",
    10766: "rose blush plum",
    10768: "khaki gazette olive",
    10762: "primary sunny mint",
    10764: "neon coral acid",
}
ANY = "petrol rust midnight brick lagoon coral moss cobalt"

SEPIA: Colour = (122, 102, 70)
# Decade: how saturated the inks were, what tinted the paper, and how much.
AGES: dict[int, tuple[float, Colour, float]] = {
    1920: (0.62, SEPIA, 0.14),
    1930: (0.72, SEPIA, 0.10),
    1940: (0.80, (70, 74, 80), 0.08),
    1950: (1.00, (214, 170, 110), 0.05),
    1960: (1.06, (240, 200, 140), 0.03),
    1970: (0.96, (150, 96, 40), 0.11),
    1980: (1.14, (60, 20, 90), 0.05),
    1990: (0.90, (40, 80, 76), 0.06),
    2000: (0.95, (60, 80, 110), 0.05),
}
LEGIBLE = 3.6


@dataclass(frozen=True)
class Look:
    dark: Colour
    light: Colour
    main: Colour
    second: Colour
    pop: Colour
    ground: Colour

    @property
    def ink(self) -> Colour:
        return self.text_on(self.ground)

    def text_on(self, ground: Colour) -> Colour:
        return max((self.light, self.dark), key=lambda colour: contrast(colour, ground))

    @property
    def body(self) -> Colour:
        """The colour of the big shape: main, unless the ground has taken it."""
        return self.second if self.ground == self.main else self.main

    @property
    def spark(self) -> Colour:
        """The strongest accent that still reads on the ground."""
        options = [c for c in (self.pop, self.main, self.second) if c != self.ground]
        strong = [colour for colour in options if contrast(colour, self.ground) >= LEGIBLE]
        return (strong or [self.ink])[0]

    def standing(self, *wanted: Colour) -> Colour:
        """The first of the wanted colours that is plainly not the ground."""
        apart = [c for c in wanted if contrast(c, self.ground) >= 1.45]
        return (apart or [self.ink])[0]

    @property
    def shade(self) -> Colour:
        return mix(self.ground, self.dark, 0.45)

    def on(self, ground: Colour) -> "Look":
        return Look(self.dark, self.light, self.main, self.second, self.pop, ground)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return (red, green, blue)


def luminance(colour: Colour) -> float:
    linear = [
        (level / 255 / 12.92) if level <= 10 else ((level / 255 + 0.055) / 1.055) ** 2.4
        for level in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _aged(code: str, year: int | None) -> Colour:
    colour: Colour = (int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16))
    if year is None or year >= 2010:
        return colour
    saturation, tint, share = AGES[max(1920, year // 10 * 10)]
    hue, lightness, strength = rgb_to_hls(*(level / 255 for level in colour))
    red, green, blue = hls_to_rgb(hue, lightness, min(1, strength * saturation))
    return mix((round(red * 255), round(green * 255), round(blue * 255)), tint, share)


def look_for(brief: Brief) -> Look:
    names = " ".join(BY_GENRE.get(genre, "") for genre in brief.genres[:2]) or ANY
    name = choose(brief.family_key, "palette", (names if names.strip() else ANY).split())
    dark, light, main, second, pop = (_aged(code, brief.year) for code in INKS[name].split())
    ground = choose(
        brief.family_key, "ground", [dark, dark, light, light, main, main, main, second]
    )
    return Look(dark, light, main, second, pop, ground)


def dimmed(look: Look) -> Look:
    """For pictures that lie behind a page's text: never on paper or on a glaring colour."""
    if luminance(look.ground) < 0.3:
        return look
    deep = [colour for colour in (look.main, look.second) if luminance(colour) < 0.22]
    return look.on((deep or [look.dark])[0])
