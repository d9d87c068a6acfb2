"""The codebook: definitions of kinds, roles, predicates, stages and areas, kept as TOML data.

Comes in: the TOML files beside this module, and files of the user. Goes out: one frozen `Codebook`.
It knows nothing of texts: matching is the findings' business.
"""

from __future__ import annotations

from pactwatch.codebook.book import (
    Area,
    Codebook,
    Example,
    Kind,
    NearMiss,
    Predicate,
    StageWords,
)
from pactwatch.codebook.loading import load_codebook

__all__ = [
    "Area",
    "Codebook",
    "Example",
    "Kind",
    "NearMiss",
    "Predicate",
    "StageWords",
    "load_codebook",
]
