"""What members write becomes HTML that says what they mean, and does nothing else."""

from collections.abc import Iterable
from html.parser import HTMLParser
from random import Random
from time import process_time
from urllib.parse import urlsplit

import pytest
from django.utils import translation

from reviews import markdown

ALLOWED = {
    "a": {"href", "title", "rel"},
    "ol": {"start"},
    "label": {"class"},
    "input": {"type", "aria-label"},
}
BARE = {"p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "li", "span"}
BARE |= {"h2", "h3", "h4", "h5", "h6"}


class Reading(HTMLParser):
    """What a browser would make of it: every tag and attribute that is there."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.others: list[str] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    def handle_pi(self, data: str) -> None:
        self.others.append(data)


def html(text: str, names: Iterable[str] = ()) -> str:
    return markdown.html(text, below=1, names=set(names)).strip()


def assert_inert(text: str) -> None:
    read = Reading(html(text, ["ann"]))
    assert not read.others, text
    for tag, attributes in read.tags:
        assert tag in ALLOWED or tag in BARE, text
        assert attributes.keys() <= ALLOWED.get(tag, set()), text
        if tag == "a":
            assert attributes.get("rel") == "nofollow ugc noopener", text
            assert is_harmless(attributes.get("href", "")), text
        if tag == "input":
            assert attributes["type"] == "checkbox", text
        if tag == "label":
            assert attributes["class"] == "spoiler", text


def is_harmless(address: str) -> bool:
    """As browsers read it: they leave out what is no letter of an address."""
    bare = "".join(sign for sign in address if sign > " ")
    return urlsplit(bare).scheme.lower() in {"", "http", "https", "mailto"}


# --- What it means -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*so* **very**", "<p><em>so</em> <strong>very</strong></p>"),
        ("~~not~~", "<p><s>not</s></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("`x < y`", "<p><code>x &lt; y</code></p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
    ],
)
def test_marks_mean_what_they_mean_elsewhere(text: str, expected: str) -> None:
    assert html(text) == expected


def test_a_link_says_that_the_site_does_not_vouch_for_it() -> None:
    assert html("[here](https://example.org/a)") == (
        '<p><a href="https://example.org/a" rel="nofollow ugc noopener">here</a></p>'
    )


@pytest.mark.parametrize(("below", "tag"), [(1, "h2"), (3, "h4"), (5, "h6"), (6, "h6")])
def test_headings_begin_under_the_one_they_stand_under(below: int, tag: str) -> None:
    assert markdown.html("# Well", below=below).strip() == f"<{tag}>Well</{tag}>"


def test_no_heading_is_lower_than_the_lowest() -> None:
    assert markdown.html("###### Well", below=3).strip() == "<h6>Well</h6>"


def test_pictures_from_elsewhere_are_links() -> None:
    assert "<img" not in html("![a cat](https://example.org/cat.png)")


def test_raw_html_is_words() -> None:
    assert html("<b>bold</b>") == "<p>&lt;b&gt;bold&lt;/b&gt;</p>"


# --- What tells the plot -------------------------------------------------------------------------
SPOILER = (
    '<label class="spoiler"><input type="checkbox" aria-label="Show what tells the plot">'
    "<span>{}</span></label>"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He ||dies||.", "He {dies}."),
        ("||a|| and ||b||", "{a} and {b}"),
        ("||a **b** c||", "{a <strong>b</strong> c}"),
        ("||one\ntwo||", "{one<br>\ntwo}"),
        ("||||", "||||"),
        ("||open", "||open"),
        ("a || b", "a || b"),
        ("`||x||`", "<code>||x||</code>"),
        ("**a ||b** c||", "**a {b** c}"),
    ],
)
def test_what_stands_between_bars_is_hidden(text: str, expected: str) -> None:
    before, after = SPOILER.split("{}")
    expected = expected.replace("{", before).replace("}", after)

    assert html(text) == f"<p>{expected}</p>"


def test_what_hides_speaks_the_readers_language() -> None:
    said = html("||x||")
    with translation.override("de"):
        there = html("||x||")

    assert "Show what tells the plot" in said
    assert 'class="spoiler"' in there


def test_no_button_stands_in_a_link() -> None:
    assert "<label" not in html("[||x||](https://example.org)")


# --- Members -------------------------------------------------------------------------------------
def test_who_is_there_is_linked() -> None:
    assert html("As @ann says", ["ann"]) == (
        '<p>As <a href="/@ann" rel="nofollow ugc noopener">@ann</a> says</p>'
    )


@pytest.mark.parametrize(
    "text", ["As @bob says", "ann@ann.example", "`@ann`", "@anna", "/@ann", "@@ann"]
)
def test_who_is_not_meant_is_not_linked(text: str) -> None:
    assert "<a" not in html(text, ["ann"])


def test_a_mention_in_a_link_is_part_of_the_link() -> None:
    assert html("[@ann](https://example.org)", ["ann"]).count("<a") == 1


def test_a_name_is_one_whatever_the_case_and_ends_before_the_full_stop() -> None:
    assert markdown.names_in(["So says @Ann. And @b.c-d_e, too."]) == {"ann", "b.c-d_e"}


def test_no_text_calls_a_crowd() -> None:
    crowd = " ".join(f"@member{n}" for n in range(100))

    assert len(markdown.names_in([crowd])) == markdown.MOST_NAMES


# --- The first words -----------------------------------------------------------------------------
def test_an_excerpt_is_bare_words_and_keeps_the_plot_to_itself() -> None:
    text = "# Well\n\nHe ||dies **here**|| in [Rome](https://example.org),\nof `love`."

    assert markdown.excerpt(text, 100) == "Well He … in Rome, of love."


def test_an_excerpt_is_as_long_as_it_may_be() -> None:
    assert markdown.excerpt("word " * 100, 20) == "word word word word…"


@pytest.mark.parametrize("length", [1, 20, 280])
def test_a_plot_that_is_told_at_length_is_not_in_it(length: int) -> None:
    text = f"So: ||{'He dies. ' * 500}|| And that is all."

    assert "dies" not in markdown.excerpt(text, length)


def test_what_is_overdone_keeps_the_plot_to_itself_too() -> None:
    text = f"So: ||he\n\ndies|| {'[' * 600}"

    assert markdown.excerpt(text, 20) == f"So: … {'[' * 13}…"


# --- What would do harm --------------------------------------------------------------------------
PAYLOADS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT>",
    "<script\x20type='text/javascript'>alert(1);</script>",
    "<<script>alert(1)//<</script>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img/src=`x`onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'",
    '<img """><script>alert(1)</script>">',
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    "<math href='javascript:alert(1)'>x</math>",
    "<body onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='data:text/html,<script>alert(1)</script>'>",
    "<link rel=stylesheet href='javascript:alert(1)'>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<style><!--</style><script>alert(1)//--></script>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<input type=image src=x onerror=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' &#14; javascript:alert(1)'>x</a>",
    "<a href='java&#x09;script:alert(1)'>x</a>",
    '<a href="data:text/html;base64,PHNjcmlwdD4=">x</a>',
    "<a onmouseover=alert(1)>x</a>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<label class='spoiler' onclick=alert(1)>x</label>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext><script>alert(1)</script>",
    "<title></title><script>alert(1)</script>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><x onload=alert(1)>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](java&Tab;script&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x]( javascript:alert(1) )",
    "[x](\x01javascript:alert(1))",
    "[x](%6Aavascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/svg+xml;base64,PHN2Zy8+)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://example.org/1)",
    "[x](view-source:javascript:alert(1))",
    '[x](https://example.org "onmouseover=alert(1)")',
    "[x](https://example.org '\" onmouseover=\"alert(1)')",
    '[x](https://example.org" onmouseover="alert(1))',
    '[x](<https://example.org" onmouseover="alert(1)>)',
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]: <javascript:alert(1)> 'onclick=alert(1)'",
    "[1]\n\n[1]: data:text/html,<script>alert(1)</script>",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "<data:text/html,x>",
    "<vbscript:x>",
    '<https://example.org/"onmouseover="alert(1)>',
    '<a@b.example"onmouseover=alert(1)>',
    "![x](javascript:alert(1))",
    '![x](x" onerror="alert(1))',
    '!["onerror="alert(1)](x)',
    "![<script>alert(1)</script>](https://example.org/x.png)",
    "![x][1]\n\n[1]: javascript:alert(1)",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "||<script>alert(1)</script>||",
    "||[x](javascript:alert(1))||",
    '||"><img src=x onerror=alert(1)>||',
    "[||x||](javascript:alert(1))",
    "||a [b||c](javascript:alert(1))||",
    "@ann<script>alert(1)</script>",
    '@ann"onmouseover=alert(1)',
    "[@ann](javascript:alert(1))",
    "`<script>alert(1)</script>`",
    "```<script>\nalert(1)\n```",
    '```html" onmouseover="alert(1)\n<script>\n```',
    '~~~"><script>alert(1)</script>\nx\n~~~',
    "    <script>alert(1)</script>",
    "# <script>alert(1)</script>",
    "> <script>alert(1)</script>",
    "- <img src=x onerror=alert(1)>",
    "1. <svg onload=alert(1)>",
    "<script>alert(1)</script>\n===",
    "**<img src=x onerror=alert(1)>**",
    "*[x](javascript:alert(1))*",
    "\\<script>alert(1)\\</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\u003cscript\u003ealert(1)\u003c/script\u003e",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "<scrİpt>alert(1)</scrİpt>",
    "<a\x0bhref=javascript:alert(1)>x</a>",
    "<\x00script>alert(1)</script>",
    "<img src=x\x00 onerror=alert(1)>",
    "{{ 7 * 7 }}{% load x %}",
    "<div hx-get='/x' hx-trigger='load'>x</div>",
    "<div data-own='card-1' hx-on:click='alert(1)'>x</div>",
    "<form id=own action=//example.org></form>",
    "<input name=csrfmiddlewaretoken value=x>",
    "<!--own card 1|movie|603|x|y-->",
    "<!--slot _who.html-->",
]


@pytest.mark.parametrize("text", PAYLOADS)
def test_what_would_do_harm_is_words(text: str) -> None:
    assert_inert(text)


def test_whatever_is_mixed_of_it_is_words() -> None:
    chance = Random(20261121)
    signs = [
        "||",
        "**",
        "*",
        "`",
        "```\n",
        "\n",
        "\n\n",
        "[",
        "](",
        ")",
        "<",
        ">",
        '"',
        "'",
        "@ann",
    ]
    signs += [
        "!",
        "&",
        "\\",
        "# ",
        "> ",
        "- ",
        "~~",
        "javascript:",
        "\t",
        "\x00",
        "&#x3c;",
        " ",
        "|",
    ]
    for _time in range(1500):
        pieces = [
            cut(chance, chance.choice(PAYLOADS)) if chance.random() < 0.4 else chance.choice(signs)
            for _piece in range(chance.randint(2, 14))
        ]
        assert_inert("".join(pieces))


def cut(chance: Random, text: str) -> str:
    ends = sorted(chance.choices(range(len(text) + 1), k=2))
    return text[ends[0] : ends[1]]


MADE_TO_BE_SLOW = ["[", "||", "*a_", "> ", "`", "@ann ", "[a](b", "![", "||[a ||b||](x) ", "<a"]


@pytest.mark.parametrize("piece", MADE_TO_BE_SLOW)
def test_a_text_made_to_be_slow_is_read_in_a_moment(piece: str) -> None:
    text = (piece * 20_000)[:20_000]
    began = process_time()

    assert_inert(text)
    markdown.excerpt(text, 700)

    assert process_time() - began < 0.5


def test_what_is_made_of_marks_alone_is_shown_as_it_is() -> None:
    text = "<b>" + "[" * 600

    assert html(text) == f"<p>&lt;b&gt;{'[' * 600}</p>"
    assert markdown.excerpt("[" * 600, 20) == "[" * 19 + "…"
