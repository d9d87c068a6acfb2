"""Pactwatch reads reports about deals between governments and keeps a sourced ledger of them.

The names below are the public API; everything else may change. They are imported when they are
first used, so that ``import pactwatch`` costs nothing.

    with pactwatch.open_dossier("northern-triangle.db") as dossier:
        dossier.add("reports/")
        dossier.build()
        dossier.agreements().to_polars()
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pactwatch.codebook import load_codebook
    from pactwatch.documents import read_documents
    from pactwatch.dossier import Dossier, Request, find, open_dossier
    from pactwatch.errors import (
        CodebookError,
        DocumentError,
        DossierError,
        EvidenceError,
        PactwatchError,
        UsageError,
    )
    from pactwatch.model import (
        Account,
        Actor,
        Claim,
        Contest,
        Document,
        Filler,
        Finding,
        Ledger,
        Problem,
        Quantity,
        Quote,
        Record,
        Rejected,
        StageStep,
        Support,
    )
    from pactwatch.notebook import Records
    from pactwatch.review import Decision

__all__ = [
    "Account",
    "Actor",
    "Claim",
    "CodebookError",
    "Contest",
    "Decision",
    "Document",
    "DocumentError",
    "Dossier",
    "DossierError",
    "EvidenceError",
    "Filler",
    "Finding",
    "Ledger",
    "PactwatchError",
    "Problem",
    "Quantity",
    "Quote",
    "Record",
    "Records",
    "Rejected",
    "Request",
    "StageStep",
    "Support",
    "UsageError",
    "find",
    "load_codebook",
    "open_dossier",
    "read_documents",
]

_HOMES = {
    "Decision": "review",
    "Dossier": "dossier",
    "Records": "notebook",
    "Request": "dossier",
    "find": "dossier",
    "load_codebook": "codebook",
    "open_dossier": "dossier",
    "read_documents": "documents",
}
"""The modules of public names; errors and values of the model are in the modules of these names."""


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'pactwatch' has no attribute {name!r}")
    home = _HOMES.get(name) or ("errors" if name.endswith("Error") else "model")
    return getattr(import_module(f"pactwatch.{home}"), name)


def __dir__() -> list[str]:
    return __all__
