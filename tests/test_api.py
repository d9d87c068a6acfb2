from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import pactwatch
from pactwatch import errors, model

HEAVY = ("spacy", "polars", "sqlalchemy", "trafilatura", "typer", "msgspec")


def test_public_names_are_sorted_and_all_there() -> None:
    assert pactwatch.__all__ == sorted(pactwatch.__all__)
    for name in pactwatch.__all__:
        assert getattr(pactwatch, name).__name__ == name
    assert dir(pactwatch) == pactwatch.__all__


def test_every_error_is_public_and_derives_from_one() -> None:
    raised = {name for name, value in vars(errors).items() if inspect.isclass(value)}
    assert raised <= set(pactwatch.__all__)
    assert all(issubclass(getattr(pactwatch, name), pactwatch.PactwatchError) for name in raised)


def test_public_values_are_those_of_the_model() -> None:
    assert pactwatch.Document is model.Document


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'deal'"):
        pactwatch.deal  # noqa: B018


@pytest.mark.parametrize(
    ("statement", "heavy"),
    [
        ("import pactwatch", HEAVY),
        ("from pactwatch import Document, PactwatchError", HEAVY),
        ("from pactwatch import open_dossier", ("spacy", "polars", "trafilatura", "typer")),
    ],
)
def test_import_is_light(statement: str, heavy: tuple[str, ...]) -> None:
    script = f"{statement}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert not set(heavy) & set(done.stdout.split())
