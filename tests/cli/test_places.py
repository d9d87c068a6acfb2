"""A quotation leads to its page: in `why`, in its JSON, and on the report page."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

Run = Callable[..., Any]
PAGES = (
    ["The two ministries met to talk about their ports, as they had done", "before."],
    ["Kenya and Tanzania signed a memorandum of understanding on port security in", "Mombasa on"],
    ["27 May 2019. Kenya will send 40 police officers to Tanzania, the foreign ministry", "said."],
)


def pdf() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, invariant=1)
    for lines in PAGES:
        for n, line in enumerate(lines):
            canvas.drawString(70, 700 - 14 * n, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_quotation_of_a_pdf_names_its_page(run_real: Run, tmp_path: Path) -> None:
    (tmp_path / "ports.pdf").write_bytes(pdf())
    built = run_real("build", "ports.pdf", "--workers", "1", "--dossier", "ports.db")
    assert built.exit_code == 0, built.output
    assert "p. 3" in run_real("why", "measure-1", "--dossier", "ports.db").stdout
    claims = [
        json.loads(line)
        for line in run_real(
            "why", "agreement-1", "--json", "--dossier", "ports.db"
        ).stdout.splitlines()
    ]
    places = {p["label"] for c in claims for s in c["support"] for p in s["place"]}
    assert places == {"2", "3"}, "the sentence runs over two pages"
    assert run_real("report", "ports.db", "--output", "ports.html").exit_code == 0
    page = (tmp_path / "ports.html").read_text(encoding="utf-8")
    assert ", p. 3</a>" in page
    assert ", pp. 2–3</a>" in page
