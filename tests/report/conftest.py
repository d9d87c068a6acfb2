"""The made-up dossier, for the tests of the page."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import made_up as values


@pytest.fixture
def made_up() -> ModuleType:
    """The module of made-up values."""
    return values


@pytest.fixture
def dossier() -> values.MadeUpDossier:
    """A dossier that answers from made-up values."""
    return values.MadeUpDossier()
