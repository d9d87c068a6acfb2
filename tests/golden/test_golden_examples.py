"""What the examples give, finding by finding and record by record, against files read by people.

A change of these files is a change of what users see: `git diff tests/golden` shows which.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pactwatch import Dossier, open_dossier
from pactwatch.fileform import to_json_object
from pactwatch.model import Claim, Quantity, Record, Value

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples" / "northern-triangle"
GOLDEN = HERE / "examples"
RENEW = "pytest tests/golden --update-golden"


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Dossier]:
    with open_dossier(tmp_path_factory.mktemp("golden") / "examples.db") as dossier:
        dossier.add(EXAMPLES)
        report = dossier.build()
        assert not report.problems, report.problems
        yield dossier


@pytest.fixture
def renew(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden", default=False))


def compare(found: dict[Path, str], folder: Path, renew: bool) -> None:
    """Compare texts with the golden files of a folder, or write them there."""
    if renew:
        folder.mkdir(parents=True, exist_ok=True)
        for stale in set(folder.iterdir()) - found.keys():
            if stale.is_file():
                stale.unlink()
        for path, text in found.items():
            path.write_text(text, encoding="utf-8")
    golden = {path: path.read_text(encoding="utf-8") for path in folder.glob("*.json*")}
    changes = [
        line
        for path in sorted(found.keys() | golden.keys())
        for line in difflib.unified_diff(
            golden.get(path, "").splitlines(),
            found.get(path, "").splitlines(),
            f"golden {path.name}",
            f"found {path.name}",
            lineterm="",
            n=0,
        )
    ]
    if changes:
        shown = "\n".join(line[:200] for line in changes[:60])
        pytest.fail(
            f"The examples give other results than the golden files ({len(changes)} lines). If the "
            f"new ones are right, write them with `{RENEW}` and read the diff.\n{shown}",
            pytrace=False,
        )


def test_findings_of_the_examples(dossier: Dossier, renew: bool) -> None:
    found: dict[Path, str] = {}
    folder = GOLDEN / "findings"
    for document in dossier.documents():
        findings = sorted(
            dossier.findings(document_id=document.id),
            key=lambda f: (f.evidence[0].start, f.evidence[0].end, f.kind, f.id),
        )
        lines = [json.dumps(to_json_object(f, document), ensure_ascii=False) for f in findings]
        path = folder / Path(document.name).with_suffix(".jsonl").name
        found[path] = "".join(line + "\n" for line in lines)
    compare(found, folder, renew)


def test_ledger_of_the_examples(dossier: Dossier, renew: bool) -> None:
    names = {document.id: document.name for document in dossier.documents()}
    ledger = [record_json(record, names) for record in dossier.ledger().records]
    text = "[\n" + ",\n".join(map(spread, ledger)) + "\n]\n"
    assert json.loads(text) == ledger
    compare({GOLDEN / "ledger.json": text}, GOLDEN, renew)


def test_documents_have_golden_files_of_their_own(dossier: Dossier) -> None:
    names = [Path(document.name).stem for document in dossier.documents()]
    assert len(names) == len(set(names))


def record_json(record: Record, names: dict[str, str]) -> dict[str, Any]:
    """A record as people check it: what it says, and who says so."""
    item: dict[str, Any] = {"number": record.number, "kind": record.kind, "label": record.label}
    item |= {"stage": record.stage, "date": record.date, "accounts": record.accounts}
    item["claims"] = [claim_json(claim, names) for claim in record.claims]
    texts = {claim.id: claim.text for claim in record.claims}
    item["contests"] = [
        {"field": c.field, "kind": c.kind, "severity": c.severity}
        | {"claims": [texts[claim_id] for claim_id in c.claim_ids]}
        for c in record.contests
    ]
    return {key: value for key, value in item.items() if value not in (None, [])}


def claim_json(claim: Claim, names: dict[str, str]) -> dict[str, Any]:
    item: dict[str, Any] = {"field": claim.field, "text": claim.text}
    if claim.value is not None and claim.value != claim.text:
        item["value"] = value_json(claim.value)
    documents = sorted({names[support.document_id] for support in claim.support})
    return item | {"accounts": claim.accounts, "documents": documents}


def value_json(value: Value) -> Any:
    if not isinstance(value, Quantity):
        return value
    parts = {name: getattr(value, name) for name in Quantity.__slots__}
    return {
        name: str(part) if isinstance(part, Decimal) else part
        for name, part in parts.items()
        if part not in (None, False)
    }


def spread(record: dict[str, Any]) -> str:
    """A record with one line for each claim and contest."""
    lines = [
        f'  "{key}": [\n    '
        + ",\n    ".join(json.dumps(v, ensure_ascii=False) for v in value)
        + "]"
        if isinstance(value, list)
        else f'  "{key}": {json.dumps(value, ensure_ascii=False)}'
        for key, value in record.items()
    ]
    return "{\n" + ",\n".join(lines) + "\n}"
