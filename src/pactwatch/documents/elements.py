"""What elements of a page are by their names: furniture, captions, bylines, embedded posts.

Comes in: one element. Goes out: what its tag, role, class and id say. These are the names that
sites and publishing systems give, in English since most of them do; what stands in the element is
not looked at.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

__all__ = [
    "HEADLINES",
    "PARTS",
    "SUBHEADS",
    "is_embed",
    "is_named_caption",
    "is_named_furniture",
    "is_named_head",
    "is_surely_furniture",
    "kind_of",
    "lineage",
]

HEADLINES = frozenset(("h1", "title"))
SUBHEADS = frozenset(("h2", "h3", "h4", "h5", "h6", "dt", "caption"))
PARTS = frozenset(("p", "blockquote", "li", "td", "tr", "dd", "pre", "div", "th"))
_TAGS = frozenset(
    [
        "nav",
        "aside",
        "footer",
        "button",
        "dialog",
        "menu",
        "form",
        "search",
        "label",
        "amp-sidebar",
        "amp-consent",
        "amp-user-notification",
        "amp-ad",
    ]
)
_ROLES = frozenset(
    """navigation complementary contentinfo banner search dialog alertdialog menu menubar toolbar
    form""".split()  # noqa: SIM905
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|share|sharing|sharebar|socials?|addthis|sharethis"
    r"|comments?|commentlist|respond|disqus|related|recommend(?:ed|ations?)?|recirc(?:ulation)?|cookies?|consent|gdpr"
    r"|newsletter|signup|subscribe|subscription|sidebar|side-bar|promos?|promotion|adverts?|advertisement"
    r"|sponsored|outbrain|taboola|popular|trending|mostread|most-read|taglist|pagination"
    r"|pager|skip|skiplink|footer|masthead|login|toolbar|byline-social|more-stories"
    r"|biography|author-?(?:bio|box|info|description)|about-?author|sr-only|visually-hidden"
    r"|screen-reader-text|d-print-block|print-only)(?:$|[\s_-])",
    re.IGNORECASE,
)
_WEAK = re.compile(  # names that paragraphs of an article bear too, on some sites
    r"(?:^|[\s_-])(?:(?<!elementor-)widgets?|ads|latest|breaking|tags|paywall|readmore|read-more|follow|bio)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LONGEST = 500  # characters of class and id that are looked at
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SURE = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|disqus|cookies?|consent|gdpr|newsletter|related|recirc"
    r"|outbrain|taboola)(?:$|[\s_-])",
    re.IGNORECASE,
)
_SURE_TAGS = frozenset(("nav", "footer", "dialog", "aside", "menu"))
_EMBED = re.compile(r"twitter-tweet|instagram-media|social-media-embed|embed", re.IGNORECASE)
_CAPTION = re.compile(r"caption|credit|photograph|wp-image|gallery|slideshow", re.IGNORECASE)
_HEAD = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|date(?:line|time)?|time(?:stamp)?|meta|posted|published|updated|pub-?date|dek"
    r"|standfirst|sub-?head(?:line)?|sub-?line|subtitle|deck|excerpt|credits?)(?:$|[\s_-])",
    re.IGNORECASE,
)


def lineage(element: Any) -> tuple[Any, ...]:
    """An element and all elements around it, from the inside outwards."""
    return (element, *element.iterancestors())


def is_named_furniture(node: Any, *, weak: bool) -> bool:
    """Tell whether an element is furniture by its tag, role, class or id.

    Args:
        weak: Believe names too that paragraphs of an article bear on some sites ("widget").
    """
    if node.tag in _TAGS or node.get("role", "").lower() in _ROLES:
        return True
    names = _names(node)
    if node.tag == "header":
        return not _inside_article(node) and next(node.iter("h1"), None) is None
    return _found(_CLASS, names) or (weak and _found(_WEAK, names))


def is_surely_furniture(node: Any) -> bool:
    """Tell whether an element is furniture by a name that no article bears."""
    return (
        node.tag in _SURE_TAGS
        or "dialog" in node.get("role", "").lower()
        or _found(_SURE, _names(node))
    )


def is_embed(node: Any) -> bool:
    """Tell whether an element holds a post of a social network that an article quotes."""
    return _found(_EMBED, _names(node))


def is_named_caption(node: Any) -> bool:
    """Tell whether an element is a caption or holds a picture with one."""
    return node.tag in ("figcaption", "figure") or _found(_CAPTION, _names(node))


def is_named_head(node: Any) -> bool:
    """Tell whether an element is a byline, date line or standfirst by its class or id."""
    return _found(_HEAD, _names(node))


def kind_of(element: Any) -> tuple[str, ...]:
    """What an element looks like; nothing for one without a class, which looks like any other."""
    if element is None or not element.get("class"):
        return ()
    above = element.getparent()
    around = (above.tag, above.get("class", "")) if above is not None else ()
    return (element.tag, element.get("class"), *around)


def _inside_article(node: Any) -> bool:
    return any(above.tag in ("article", "main") for above in node.iterancestors())


def _names(node: Any) -> str:
    """Class and id of an element."""
    return f"{node.get('class', '')} {node.get('id', '')}"


@lru_cache(maxsize=20_000)
def _found(pattern: re.Pattern[str], names: str) -> bool:
    """Tell whether a name is among those of an element, whose parts are set apart ("PromoBox")."""
    return bool(pattern.search(_CAMEL.sub("-", names[:_LONGEST])))
