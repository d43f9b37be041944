"""What members write, as HTML that can do no harm: Markdown without pictures and raw HTML.

`||Words||` tell the plot: they are shown to who asks for them, without script, too. `@name` leads
to a member. The result is cleaned once more by a list of what is allowed, in case that what makes
it has a hole.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

import nh3
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

# As accounts spells names, and nothing that belongs to a longer word before it.
NAME = re.compile(r"(?<![\w@/.])@([A-Za-z0-9_][A-Za-z0-9_.-]{0,28}[A-Za-z0-9_])")
# Nobody calls so many at once, unless to annoy them.
MOST_NAMES = 10
FENCE = "||"
FENCED = re.compile(r"\|\|.+?\|\|", re.DOTALL)
LOWEST = 6
# Of one kind: nobody who says something needs more, and each costs more than the one before it.
MOST_MARKS = 500
MARKS = "[*_<@`|~"

TAGS = {
    *("p", "br", "hr", "em", "strong", "s", "code", "pre", "blockquote", "ul", "ol", "li"),
    *("h2", "h3", "h4", "h5", "h6", "a", "label", "input", "span"),
}
ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "label": {"class"},
    "input": {"type", "aria-label"},
}
# Where these are, they say this and nothing else.
FIXED = {("label", "class"): "spoiler", ("input", "type"): "checkbox"}
SCHEMES = {"http", "https", "mailto"}
REL = "nofollow ugc noopener"


def html(text: str, *, below: int, names: Collection[str] = ()) -> SafeString:
    """`below` is the level of the heading that it stands under; `names`, in small letters, are the
    members there are for the reader."""
    mentioned = frozenset(names_in([text]) & set(names))
    return _html(text, below, mentioned, get_language() or "")


def excerpt(text: str, length: int) -> str:
    """Its first words, without what marks them up and what tells the plot."""
    # What comes of more than that is cut off anyhow; but a fence may end there what it hides.
    begun = text if FENCE in text else text[: length * 4]
    return Truncator(_bare(begun)).chars(length)


def names_in(texts: Iterable[str]) -> set[str]:
    """Members' names, in small letters, that the texts may mention: no more of each than are told
    of it. Where they stand in code or in a link, they are no mentions after all."""
    found = (dict.fromkeys(name.lower() for name in NAME.findall(text)) for text in texts)
    return {name for names in found for name in list(names)[:MOST_NAMES]}


@lru_cache(maxsize=1000)
def _bare(text: str) -> str:
    """As words in one line, with what tells the plot left out."""
    if _is_overdone(text):
        return FENCED.sub("…", text)
    said: list[str] = []
    for token in _parser().parse(text):
        if token.type == "inline":
            said.append("".join(_plain(token.children or ())))
    return " ".join(" ".join(said).split())


@lru_cache(maxsize=2000)
def _html(text: str, below: int, names: frozenset[str], language: str) -> SafeString:
    """Kept for each language, for what is hidden says so in words."""
    if _is_overdone(text):
        return SafeString(f"<p>{linebreaksbr(escape(text))}</p>")
    made = _parser().render(text, {"below": below, "names": names})
    return SafeString(
        nh3.clean(
            made,
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=_allowed,
            url_schemes=SCHEMES,
            link_rel=REL,
        )
    )


def _is_overdone(text: str) -> bool:
    return any(text.count(mark) > MOST_MARKS for mark in MARKS)


def _allowed(tag: str, attribute: str, value: str) -> str | None:
    return value if FIXED.get((tag, attribute), value) == value else None


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True})
    parser.disable(["image", "html_block", "html_inline"]).enable("strikethrough")
    parser.inline.add_terminator_char(FENCE[0])
    parser.inline.ruler.before("emphasis", "spoiler", _spoiler)
    parser.core.ruler.push("lower", _lower)
    parser.core.ruler.push("mentions", _mentions)
    parser.add_render_rule("spoiler_open", _spoiler_open)
    parser.add_render_rule("spoiler_close", _spoiler_close)
    return parser


def _spoiler(state: StateInline, silent: bool) -> bool:
    """From one fence to the next; within a link it would be a button in a link."""
    start = state.pos + len(FENCE)
    end = state.src.find(FENCE, start)
    is_one = state.src.startswith(FENCE, state.pos) and start < end <= state.posMax - len(FENCE)
    if not is_one or state.linkLevel:
        return False
    if not silent:
        before = state.posMax
        state.pos, state.posMax = start, end
        state.push("spoiler_open", "label", 1)
        state.md.inline.tokenize(state)
        state.push("spoiler_close", "label", -1)
        state.posMax = before
    state.pos = end + len(FENCE)
    return True


def _spoiler_open(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    said = _("Show what tells the plot")
    return f'<label class="spoiler"><input type="checkbox" aria-label="{said}"><span>'


def _spoiler_close(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    return "</span></label>"


def _lower(state: StateCore) -> None:
    """Headings begin under the one that the text stands under."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            level = int(token.tag[1:]) + state.env.get("below", 1)
            token.tag = f"h{min(level, LOWEST)}"


def _mentions(state: StateCore) -> None:
    names = state.env.get("names") or ()
    for token in state.tokens if names else ():
        if token.type == "inline":
            token.children = list(_linked(token.children or (), names))


def _linked(tokens: Iterable[Token], names: Collection[str]) -> Iterable[Token]:
    """With links where members are mentioned, but within links."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.tag == "a" else 0
        if token.type != "text" or depth:
            yield token
            continue
        done = 0
        for found in NAME.finditer(token.content):
            if found[1].lower() in names:
                yield _text(token.content[done : found.start()])
                yield from _link(found[1])
                done = found.end()
        yield _text(token.content[done:])


def _link(name: str) -> Iterable[Token]:
    yield Token("link_open", "a", 1, {"href": reverse("member", args=[name])})
    yield _text(f"@{name}")
    yield Token("link_close", "a", -1)


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _plain(tokens: Iterable[Token]) -> Iterable[str]:
    hidden = 0
    for token in tokens:
        if token.type == "spoiler_open":
            hidden += 1
            yield "…"
        elif token.type == "spoiler_close":
            hidden -= 1
        elif not hidden:
            yield " " if token.type in ("softbreak", "hardbreak") else token.content
