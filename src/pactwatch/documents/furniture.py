"""Which lines of a text are furniture: what stood around an article and was copied or archived with
it.

Comes in: a text. Goes out: spans over menu words, share buttons, lists of other headlines, contact
lines, cookie notices, print footers, reader comments. A line is furniture by its own pattern, or
as part of a run between such lines; prose is furniture only among reader comments. Headlines,
bylines, dates and the names of offices are evidence and stay. In doubt a line stays: a needless
line costs little, a lost sentence is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pactwatch.documents.lines import Line, is_prose, split_lines
from pactwatch.model import Span

__all__ = ["find_furniture", "merge_spans"]

_LONGEST = 400  # characters; a longer line is prose, whatever it begins with

_BULLET = re.compile(r"^(?:[•·*▪■◦○►▶»>|\-–—]+\s*)+")


def _entries(listed: str) -> frozenset[str]:
    return frozenset(entry.strip() for entry in listed.split("|")) - {""}


_LONE = _entries(
    """
    facebook|twitter|x|google plus|google+|linkedin|whatsapp|telegram|instagram|youtube|pinterest|reddit|tumblr|
    flickr|messenger|flipboard|vk|weibo|wechat|tiktok|threads|bluesky|mastodon|rss|rss feed|live|audio only|
    share|tweet|pin it|like|email|e-mail|print|save|copy link|copy|subscribe|sign in|sign up|log in|login|logout|
    register|menu|main menu|search|go|home|home page|homepage|site map|sitemap|entire site|media centre|
    media center|skip to content|skip to main content|skip navigation|back|back to top|top|top of page|next|
    previous|close|follow us|like us on facebook|follow us on twitter|reply|report abuse|view comments|
    show comments|hide comments|leave a comment|leave a reply|post a comment|add a comment|add comment|
    no comments|no comments yet|be the first to comment|toggle navigation|load more|show more|read more|
    continue reading|more|advertisement|advertisment|advertising|sponsored|sponsored content|ad|
    all rights reserved|manage cookies|accept cookies|accept all|accept all cookies|reject all|cookie settings|
    cookie preferences|i accept|i agree|got it|enlarge|enlarge image|hide caption|toggle caption|
    printer friendly version|printer friendly|print this page|email this page|print version
    """
)

_MENU = _LONE | _entries(
    """
    links|copyright|disclaimer|copyright & disclaimer|privacy|privacy policy|privacy statement|contact|contacts|
    contact us|contact details|contact the minister|about|about us|help|feedback|faq|faqs|
    frequently asked questions|media releases|media release index|press releases|speeches|transcripts|interviews|
    biography|biographical details|minister's profile|department|news|news room|newsroom|latest news|terms|
    terms of use|terms of service|terms and conditions|accessibility|careers|jobs|index|site index|archive|
    archives|photos|gallery|photo gallery|video|videos|audio|publications|events|calendar|opinion|sport|sports|
    business|world|politics|culture|technology|science|health|lifestyle|entertainment|travel|weather|topics|
    features|blogs|podcasts|newsletters|donate|support us|advertise|advertise with us|our team|resources|
    english|español|français|members|my account|account|cart|shop
    """
)

_PHONE = (
    r"(?:\+\d[\d ()\-]{7,}\d|\(?0\d{1,3}\)?[ \-]?\d[\d ]{4,}\d|\(\d{2,4}\) ?\d[\d \-]{4,}\d"
    r"|\b\d{3}[.\- ]\d{3}[.\- ]\d{4}\b|\b1[38]00 ?\d{3} ?\d{3}\b)"
)
_EMAIL = r"[\w.+\-]+@[\w\-]+\.[\w.\-]+"
_WEB = r"(?:https?://|www\.)\S+"
_DAY = r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{2,4}"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # sharing, comments, notices of the page
        r"(?:share|tweet|print|e-?mail)(?: (?:this|it|on|via|to|with)\b.{0,40}[^.])?",
        r"(?:follow|like|find|join) us on\b.{0,60}",
        r"\d+ ?(?:comments?|responses?|replies|shares?|likes?|views?|retweets?)|comments?(?: \(\d+\)|: ?\d+)?",
        r"post with no comments\.?|comments (?:are|have been) (?:closed|disabled).{0,40}",
        r"(?:please )?(?:log|sign) in to .{0,40}|(?:log|sign) in or .{0,40}",
        r"(?:sign up|subscribe|register)\b.{0,60}\b(?:newsletters?|updates|alerts|e-?mails?|channel|feed)\b.{0,80}",
        r"(?:story|article) continues (?:below|after)\b.{0,40}|continue reading\b.{0,60}|scroll to continue.{0,30}",
        r"(?:this|our|the) (?:web ?)?(?:site|page) (?:uses?|stores?) cookies\b.*|we use cookies\b.*",
        r"by (?:continuing|clicking|using|browsing)\b.*\b(?:cookies?|privacy policy|terms of (?:use|service))\b.*",
        r"(?:cookie|privacy) (?:policy|notice|settings|statement|preferences)",
        r"(?:copyright\W{0,3}(?=\d|©|\(c\))|\(c\) ?(?=\d)|©).{0,160}",
        r".{0,60}\ball rights reserved\b\.?.{0,60}",
        r"(?:tags?|filed under|labels|posted in|keywords|tagged)\s*:\s*.{1,160}[^.]",
        r"\d+ min(?:ute)?s?(?: of)? read(?:ing time)?|(?:estimated )?reading time:? .{0,20}",
        # other headlines
        r"(?:related|read more|see also|also read|read also|watch|more|up next)\s*:\s*(?=\S).{1,140}[^.\s]",
        r"see ?(?:also)?:\s*(?:index of .{1,60})?",
        r"\[?(?:return to |back to |go to )?(?:the )?[\w' ]{0,30}\b(?:release|news|transcript|speech|article)"
        r"(?:s|es)? index\]?",
        r"\[?(?:back|return) to (?:the )?(?:top|home|index|news|list|menu|main|previous|all|search)\b[\w ]{0,30}\]?",
        r"search (?:this|the|our) (?:web ?)?site(?:\s+go)?|search(?: for)?:?(?:\s+go)?",
        # archives and printers
        r"page \d+ of \d+(?:\b.{0,200}(?:[^.]|\.\.\.))?",
        rf"(?:url|source url|web address|link):?\s*{_WEB}.{{0,160}}",
        rf"{_DAY}\s+{_WEB}.{{0,60}}|{_WEB}\s+(?:\(?\d+ of \d+\)?\s*)?\[?{_DAY}.{{0,40}}",
        rf"{_WEB}",
        r"(?:this )?(?:page )?(?:was )?last (?:updated?|modified|reviewed|changed)\b.{0,120}[^.]",
        r"(?:local date|date printed|printed on|printed from|retrieved|downloaded)\b\s*:?\s.{0,60}\d.{0,60}[^.]",
        r"\d{1,3}|page \d{1,3}|- ?\d{1,3} ?-",
        r"\W*(?:ends?|end of (?:transcript|excerpt|release|statement)|ends here|-30-|# ?# ?#)\W*",
        r"\W*(?:(?:transcript(?:ion)?|proof|copy|only|version)\W+)*"
        r"(?:e\s*&\s*o\s*e|e\s*&\s*e\s*o|errors and omissions excepted)\W*(?:(?:proof|copy|only|transcript)\W*)*",
        r"(?:ends\s+)?authori[sz]ed (?:and printed )?by .{3,120}",
        # whom to call
        r"(?:for )?(?:non-)?(?:media|press|news)(?: and [\w ]{3,20})? "
        r"(?:contacts?|in?quir(?:y|ies)|enquir(?:y|ies)|queries|relations|liaison|advis[eo]rs?)\b"
        rf"(?:\s*[:\-–]?|\s*[:\-–]\s*.{{1,250}}|.{{0,200}}(?:{_PHONE}|{_EMAIL}).{{0,200}})",
        rf"(?:for (?:all )?(?:further|more|additional) (?:information|details?|comment|inquiries|enquiries)\b"
        rf".{{0,60}}(?:\bcontact\b|\bcall\b|\bvisit\b|\bphone\b|:|{_PHONE}|{_EMAIL}|{_WEB}).{{0,250}})",
        rf"(?:for )?(?:media )?(?:interviews?|comment|contacts?|inquiries|enquiries)\b.{{0,100}}"
        rf"(?:{_PHONE}|{_EMAIL}).{{0,120}}",
        rf"(?:[\w'’.&()/\-]+[ ,:]+){{0,9}}(?:{_PHONE}|{_EMAIL})(?:\W+(?:{_PHONE}|{_EMAIL}|or|and|[tfmp]))*\W*",
    )
)

_INLINE_HEAD = re.compile(
    r"(?:related|related (?:articles?|stor(?:y|ies)|posts?|news|links?|content|coverage)|read more|see also"
    r"|also read|read also|more on this(?: story)?)\s*:?",
    re.IGNORECASE,
)
_LIST_HEAD = re.compile(
    r"(?:popular posts from this blog|popular posts|most (?:read|popular|viewed|shared|commented)"
    r"|trending(?: now)?|top stories|editor'?s'? picks?|don'?t miss|you (?:may|might) (?:also )?like"
    r"|you (?:may|might) also be interested in|recommended(?: for you| stories| reading)?|what to read next"
    r"|keep reading|more from .{2,40}|more (?:news|stories|articles|headlines)|more in .{2,40}"
    r"|(?:latest|recent) (?:news|stories|posts|articles|headlines|e-?books|videos|comments|updates)"
    r"|related (?:articles|stories|posts|news|links|content|coverage|topics)|other (?:news|stories|articles))\s*:?",
    re.IGNORECASE,
)
_COMMENTS_HEAD = re.compile(
    r"(?:\d+ )?(?:reader )?(?:comments?|responses|replies|thoughts on .{1,140})(?: ?\(\d+\))?:?",
    re.IGNORECASE,
)
_COMMENT_SIGN = re.compile(
    r"reply|report(?: abuse)?|flag|like|\d+ (?:minute|hour|day|week|month|year)s? ago|.{1,40}\bsays:?"
    r"|.{0,60}\bat \d{1,2}[:.]\d\d ?(?:am|pm|a\.m\.|p\.m\.)?|(?:posted )?by .{1,30} on .{4,30}",
    re.IGNORECASE,
)
_CELL = re.compile(r"\s*\|\s*|\s{2,}|\t+")
_CRUMBS = re.compile(r"[^\W\d][^>»›|]{0,40}(?:\s[>»›]\s[^\W_][^>»›|]{0,60}){1,6}")
_OFFICE = re.compile(
    r"\b(?:minister|president|senator|secretary|hon|mp|mps|chancellor|ambassador)\b", re.I
)


def find_furniture(text: str) -> tuple[Span, ...]:
    """Find the lines of a text that are no part of the report.

    Returns:
        Spans, sorted and disjoint, each from the first to the last letter of a run of whole lines.
    """
    lines = list(split_lines(text))
    marked = [_is_furniture(line.words) for line in lines]
    prose = [is_prose(line.words) for line in lines]
    _fill_menus(lines, marked, prose)
    _mark_headlines(lines, marked, prose)
    _mark_comments(lines, marked, prose)
    spans = [
        Span(start=line.start, end=line.end)
        for line, is_marked in zip(lines, marked, strict=True)
        if is_marked
    ]
    return merge_spans(text, spans)


def merge_spans(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans and join those that overlap or have only blanks between them."""
    merged: list[Span] = []
    for span in sorted(spans):
        last = merged[-1] if merged else None
        if last and not text[last.end : span.start].strip():
            merged[-1] = Span(start=last.start, end=max(last.end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _is_furniture(words: str) -> bool:
    if len(words) > _LONGEST:
        return False
    bare = _BULLET.sub("", words).strip(" |[]") or words
    if bare.casefold().strip(": ") in _LONE:
        return True
    if any(pattern.fullmatch(bare) for pattern in _PATTERNS):
        return True
    return _is_menu_row(words) or _is_breadcrumb(words)


def _is_menu_row(words: str) -> bool:
    """ "Home | Search | Links": several cells, most of them words of menus; or those words with blanks only."""
    cells = [cell.casefold().strip(" |[]") for cell in _CELL.split(words.strip(" |"))]
    cells = [cell for cell in cells if cell]
    if len(cells) >= 2 and all(len(cell.split()) <= 5 for cell in cells):
        return (
            2 * sum(cell in _MENU for cell in cells) >= len(cells)
            and len(cells) + ("|" in words) > 2
        )
    return _share_of_menu(words) >= 0.6


def _share_of_menu(words: str) -> float:
    """The share of a line's words that a row of at least three menu entries makes up."""
    tokens = words.casefold().split()
    if not 3 <= len(tokens) <= 40:
        return 0.0
    covered = entries = at = 0
    while at < len(tokens):
        size = next((n for n in (4, 3, 2, 1) if " ".join(tokens[at : at + n]) in _MENU), 0)
        entries += size > 0
        covered += size
        at += max(size, 1)
    return covered / len(tokens) if entries >= 3 else 0.0


def _is_breadcrumb(words: str) -> bool:
    if not _CRUMBS.fullmatch(words) or words.endswith("."):
        return False
    cells = re.split(r"\s[>»›]\s", words)
    return all(len(cell.split()) <= 6 for cell in cells[:-1]) and len(cells[-1].split()) <= 14


def _fill_menus(lines: Sequence[Line], marked: list[bool], prose: Sequence[bool]) -> None:
    """Mark short lines that stand among menu lines, within two lines of one on both sides, at either edge."""

    def entry(at: int) -> bool:
        return marked[at] or _BULLET.sub("", lines[at].words).casefold() in _MENU

    def fits(at: int) -> bool:
        words = lines[at].words
        short = len(words) <= 40 and len(words.split()) <= 4
        return short and not _OFFICE.search(words) and not re.search(r"[\d.!?]", words)

    first = next((at for at, is_one in enumerate(prose) if is_one), len(lines))
    last = next((at for at in range(len(lines) - 1, -1, -1) if prose[at]), -1)
    for low, high in ((0, first), (last + 1, len(lines))):
        known = [at for at in range(low, high) if entry(at)]
        for left, right in zip(known, known[1:], strict=False):
            between = range(left + 1, right)
            near = len(between) <= 2 and all(fits(at) for at in between)
            if near and (marked[left] or marked[right] or right + 1 in known or left - 1 in known):
                for at in range(left, right + 1):
                    marked[at] = True


def _mark_headlines(lines: Sequence[Line], marked: list[bool], prose: Sequence[bool]) -> None:
    """Mark the headlines of other articles under "RELATED:" and the like, once the article has begun."""
    begun = False
    for at, line in enumerate(lines):
        begun = begun or (prose[at] and not marked[at])
        bare = _BULLET.sub("", line.words)
        if not begun or len(bare) > 80:
            continue
        is_list = bool(_LIST_HEAD.fullmatch(bare))
        if not is_list and not _INLINE_HEAD.fullmatch(bare):
            continue
        marked[at] = True
        for follower in range(at + 1, min(at + (31 if is_list else 4), len(lines))):
            if prose[follower] and not lines[follower].words.endswith("?"):
                break
            if len(lines[follower].words) > 160:
                break
            if not is_list and follower > at + 1 and lines[follower].gap:
                break
            marked[follower] = True


def _mark_comments(lines: Sequence[Line], marked: list[bool], prose: Sequence[bool]) -> None:
    """Mark all that follows a heading "12 comments", if it carries at least two signs of readers' comments."""
    begun = False
    for at, line in enumerate(lines):
        begun = begun or (prose[at] and not marked[at])
        if begun and len(line.words) < 160 and _COMMENTS_HEAD.fullmatch(line.words):
            signs = sum(
                bool(len(after.words) < 100 and _COMMENT_SIGN.fullmatch(after.words))
                for after in lines[at + 1 :]
            )
            if signs >= 2:
                marked[at:] = [True] * (len(lines) - at)
                return
