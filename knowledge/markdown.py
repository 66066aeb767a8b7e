"""Markdown of the knowledge base as HTML: links to things of Strata are resolved, terms lead to their concept, once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nh3
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.terms import Vocabulary

TAGS = frozenset(
    {"a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "ul"}
    | {"table", "thead", "tbody", "tr", "th", "td"}
)
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}}
CLASSES = {"a": {"term"}}
SCHEMES = frozenset({"http", "https", "mailto"})
# What a link names, and the page that shows it; an anchor where several share a page.
PAGES = {
    "concept": ("concept_detail", False),
    "item": ("item_detail", False),
    "organization": ("organization_detail", False),
    "question": ("question_detail", False),
    "comparison": ("comparison_detail", False),
    "timeline": ("timeline", True),
    "forecast": ("forecasts", True),
    "statement": ("essay", True),
}
_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def render(text: str, *, vocabulary: Vocabulary, linked: set[str], is_line: bool = False) -> SafeString:
    """Return safe HTML of one of a page's texts; the concepts that it links are added to ``linked``, and not linked again.

    A link to something that has no page stays as its text. Raw HTML in the Markdown is shown, not obeyed.
    ``is_line``: a sentence for within a paragraph, so that it gets none of its own.
    """
    tokens = _parser.parseInline(text) if is_line else _parser.parse(text)
    for token in tokens:
        if token.type == "inline" and token.children:
            linked.update(_concepts_named(token.children))
            token.children = list(_resolved(token.children))
            token.children = list(_with_terms(token.children, vocabulary, linked))
    html = _parser.renderer.render(tokens, _parser.options, {})
    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    return mark_safe(clean)  # noqa: S308  (nh3 has just cleaned it)


def url_of(target: str) -> str:
    """Return the address of "concept:sidecar" and its like; "" for anything that has no page."""
    kind, _, slug = target.partition(":")
    try:
        if kind == "layer":
            return reverse("layer_detail" if "/" in slug else "framework_detail", args=slug.split("/", 1))
        if kind == "insight":
            group, _, name = slug.partition("/")
            return f"{reverse('insights', args=[group])}#{name}"
        page, is_anchor = PAGES[kind]
        return f"{reverse(page)}#{slug}" if is_anchor else reverse(page, args=[slug])
    except (KeyError, NoReverseMatch):
        return ""


def _concepts_named(children: Sequence[Token]) -> Iterator[str]:
    """Give the concepts to which the author's own links lead, so that no term need lead there again."""
    for token in children:
        kind, _, slug = str(token.attrGet("href") or "").partition(":")
        if token.type == "link_open" and kind == "concept":
            yield slug


def _resolved(children: Sequence[Token]) -> Iterator[Token]:
    """Give the tokens with links to addresses; of a link that leads nowhere only the text is left."""
    is_dropped = False
    for token in children:
        if token.type == "link_open":
            href = str(token.attrGet("href") or "")
            address = href if href.partition(":")[0] in SCHEMES or href.startswith(("/", "#")) else url_of(href)
            is_dropped = not address
            token.attrSet("href", address)
        if token.type not in {"link_open", "link_close"} or not is_dropped:
            yield token
        if token.type == "link_close":
            is_dropped = False


def _with_terms(children: Sequence[Token], vocabulary: Vocabulary, linked: set[str]) -> Iterator[Token]:
    """Give the tokens with the first mention of each term as a link; what is a link already, or code, stays."""
    depth = 0
    for token in children:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "text" and not depth:
            yield from _split(token, vocabulary, linked)
        else:
            yield token


def _split(token: Token, vocabulary: Vocabulary, linked: set[str]) -> Iterator[Token]:
    end = 0
    for start, stop, term in vocabulary.find(token.content):
        if term.slug in linked:
            continue
        linked.add(term.slug)
        yield _text(token.content[end:start])
        yield Token(
            "link_open",
            "a",
            1,
            attrs={"href": url_of(f"concept:{term.slug}"), "class": "term", "title": term.definition},
        )
        yield _text(token.content[start:stop])
        yield Token("link_close", "a", -1)
        end = stop
    yield _text(token.content[end:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
