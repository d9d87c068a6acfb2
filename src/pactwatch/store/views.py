"""What people read in a dossier, and what keeps its evidence as it is: views, search indexes,
triggers.

Comes in: nothing. Goes out: SQL statements that `database` runs once, when it makes a file. Views
have plain columns and need no other tool than SQLite: one for each kind of record, and `contested`,
`claims`, `evidence`, `timeline`, `actors`, `documents`. `broken_quote` lists every stored quotation
that is not in its document to the letter; it is empty in a sound dossier.
"""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["FIELDS", "TRIGGERS", "statements"]

FIELDS = {
    "agreement": ("name", "party", "signatory", "signed", "place", "area", "binding"),
    "measure": (
        "actor", "recipient", "object", "amount", "place", "date", "purpose", "agreement",
    ),
    "meeting": ("participant", "place", "date", "topic"),
    "incident": ("actor", "target", "what", "place", "date"),
    "statement": ("speaker", "cue", "content", "addressee", "form"),
    "figure": ("quantity", "of", "place", "period"),
    "office": ("person", "title", "body"),
}  # fmt: skip
"""Fields of each kind of record in the order of the codebook; views and data frames show them
so."""

PLURALS = {kind: f"{kind}s" for kind in FIELDS}

QUOTES = (
    ("finding_evidence", "finding_id || '/' || q.position", "text", "f.document_id"),
    ("finding_role", "finding_id || '/' || q.position", "text", "f.document_id"),
    ("rejected", "document_id || '/' || q.position", "text", "q.document_id"),
    ("claim_support", "claim_id || '/' || q.position", "words_text", "q.document_id"),
    ("claim_support", "claim_id || '/' || q.position", "evidence_text", "q.document_id"),
)

FINAL = {
    "document": ("id", "name", "text", "sha256"),
    "original": ("sha256", "size", "compressed"),
    "decision": (
        "number", "id", "action", "field", "who", "made", "reason", "undoes", "content",
    ),
    "finding_evidence": ("finding_id", "start", "end", "text"),
    "finding_role": ("finding_id", "start", "end", "text"),
    "rejected": ("document_id", "start", "end", "text"),
    "claim_support": (
        "claim_id", "finding_id", "document_id", "words_start", "words_end", "words_text",
        "evidence_start", "evidence_end", "evidence_text",
    ),
}  # fmt: skip
"""Columns that nobody may change once they are written."""

TRIGGERS = (
    *(f"{table}_is_final" for table in FINAL),
    "document_stays",
    "document_is_not_replaced",
    "decision_stays",
    "decision_is_not_replaced",
)

SEARCHED = {"document": ("title", "text"), "finding_evidence": ("text",)}
"""Tables with a full-text index over these columns, kept by triggers."""


def statements() -> Iterator[str]:
    """Yield all statements, in the order in which they must run."""
    for table, columns in SEARCHED.items():
        yield from _index(table, columns)
    for table, columns in FINAL.items():
        listed = ", ".join(f'"{column}"' for column in columns)
        yield (
            f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OF {listed} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'evidence is final: {table} can not be changed'); END"
        )
    for table in ("document", "decision"):
        yield (
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'evidence is final: {table}s can not be deleted'); END"
        )
        yield (
            f"CREATE TRIGGER {table}_is_not_replaced BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR number = NEW.number) "
            f"BEGIN SELECT RAISE(ABORT, 'evidence is final: {table}s can not be replaced'); END"
        )
    yield f"CREATE VIEW quote AS {' UNION ALL '.join(map(_quotes, QUOTES))}"
    yield (
        'CREATE VIEW broken_quote AS SELECT q.place, q.key, q.document_id, q.start, q."end", '
        "q.text FROM quote q LEFT JOIN document d ON d.id = q.document_id "
        'WHERE substr(d.text, q.start + 1, q."end" - q.start) IS NOT q.text '
        # SQLite's substr ends at a null character: texts that hold one are left to `audit`.
        "AND instr(coalesce(d.text, ''), char(0)) = 0"
    )
    for kind in FIELDS:
        yield f"CREATE VIEW {PLURALS[kind]} AS {_records(kind)}"
    yield from VIEWS


def _index(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    listed = ", ".join(columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    old = ", ".join(f"OLD.{column}" for column in columns)
    index = f"{table}_fts"
    add = f"INSERT INTO {index} (rowid, {listed}) VALUES (NEW.number, {new});"
    drop = f"INSERT INTO {index} ({index}, rowid, {listed}) VALUES ('delete', OLD.number, {old});"
    yield (
        f"CREATE VIRTUAL TABLE {index} USING fts5({listed}, content='{table}', "
        "content_rowid='number', tokenize='porter unicode61 remove_diacritics 2')"
    )
    yield f"CREATE TRIGGER {index}_add AFTER INSERT ON {table} BEGIN {add} END"
    yield f"CREATE TRIGGER {index}_drop AFTER DELETE ON {table} BEGIN {drop} END"
    yield (
        f"CREATE TRIGGER {index}_change AFTER UPDATE OF {listed} ON {table} BEGIN {drop} {add} END"
    )


def _quotes(quote: tuple[str, str, str, str]) -> str:
    table, key, text, document = quote
    prefix = text.removesuffix("text")
    join = " JOIN finding f ON f.id = q.finding_id" if document.startswith("f.") else ""
    return (
        f"SELECT '{table}.{text}' AS place, q.{key} AS key, {document} AS document_id, "
        f'q.{prefix}start AS start, q."{prefix}end" AS "end", q.{text} AS text '
        f"FROM {table} q{join}"
    )


def _records(kind: str) -> str:
    """One row a record, one column a field; several values of a field are joined by "; "."""
    fields = ", ".join(
        "(SELECT group_concat(text, '; ') FROM (SELECT text FROM claim WHERE record_id = r.id "
        f"AND field = '{field}' ORDER BY position)) AS \"{field}\""
        for field in FIELDS[kind]
    )
    return (
        f"SELECT r.number, r.label, r.type, r.stage, r.date AS dated, {fields}, r.accounts, "
        "(SELECT count(*) FROM record_document WHERE record_id = r.id) AS documents, "
        "(SELECT count(*) FROM contest WHERE record_id = r.id) AS contests "
        f"FROM record r WHERE r.kind = '{kind}' ORDER BY r.position"
    )


VIEWS = (
    """
    CREATE VIEW decisions AS
    SELECT d.made, d.who, d.action, d.field, d.reason, coalesce(r.state, 'pending') AS state,
        (SELECT group_concat(number, ' ') FROM (
            SELECT record.number FROM record_decision x JOIN record ON record.id = x.record_id
            WHERE x.decision_id = d.id ORDER BY record.position)) AS records,
        d.undoes, d.id
    FROM decision d LEFT JOIN ruling r ON r.decision_id = d.id ORDER BY d.made, d.id
    """,
    """
    CREATE VIEW contested AS
    SELECT r.number, r.label, c.field, c.kind, c.severity, c.explanation,
        (SELECT group_concat(text, ' | ') FROM (
            SELECT claim.text FROM contest_claim cc JOIN claim ON claim.id = cc.claim_id
            WHERE cc.record_id = c.record_id AND cc.contest_position = c.position
            ORDER BY cc.position)) AS "values"
    FROM contest c JOIN record r ON r.id = c.record_id
    ORDER BY r.position, c.position
    """,
    """
    CREATE VIEW claims AS
    SELECT r.number, r.kind, r.label, c.field, c.text, c.value,
        json_extract(c.quantity, '$.number') AS amount,
        json_extract(c.quantity, '$.currency') AS currency,
        json_extract(c.quantity, '$.unit') AS unit,
        a.name AS actor, c.accounts,
        (SELECT count(DISTINCT document_id) FROM claim_support WHERE claim_id = c.id) AS documents
    FROM claim c JOIN record r ON r.id = c.record_id LEFT JOIN actor a ON a.id = c.actor_id
    ORDER BY r.position, c.position
    """,
    """
    CREATE VIEW evidence AS
    SELECT r.number, r.label, c.field, c.text AS claim, s.words_text AS words,
        s.evidence_text AS sentence, s.attributed_to, d.name AS document, d.publisher, d.published,
        a.label AS account, s.evidence_start AS start, s.evidence_end AS "end"
    FROM claim_support s
    JOIN claim c ON c.id = s.claim_id JOIN record r ON r.id = c.record_id
    JOIN document d ON d.id = s.document_id JOIN account a ON a.id = s.account_id
    ORDER BY r.position, c.position, s.position
    """,
    """
    CREATE VIEW timeline AS
    SELECT s.date, r.number, r.kind, r.label, s.stage, s.date_from
    FROM stage_step s JOIN record r ON r.id = s.record_id WHERE s.date IS NOT NULL
    UNION ALL
    SELECT r.date, r.number, r.kind, r.label, NULL, 'event' FROM record r
    WHERE r.date IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM stage_step s WHERE s.record_id = r.id AND s.date = r.date)
    ORDER BY 1, 2
    """,
    """
    CREATE VIEW actors AS
    SELECT a.number, a.name, a.kind, a.country,
        (SELECT group_concat(name, '; ') FROM (
            SELECT name FROM actor_name WHERE actor_id = a.id ORDER BY position)) AS names,
        (SELECT group_concat(label, '; ') FROM (
            SELECT r.label FROM actor_office o JOIN record r ON r.id = o.record_id
            WHERE o.actor_id = a.id ORDER BY o.position)) AS offices,
        (SELECT count(*) FROM actor_document WHERE actor_id = a.id) AS documents
    FROM actor a ORDER BY a.position
    """,
    """
    CREATE VIEW documents AS
    SELECT d.name, d.title, d.publisher, d.published, d.language, d.address,
        length(d.text) AS characters, r.findings, r.rejected, d.id
    FROM document d LEFT JOIN reading r ON r.document_id = d.id
    WHERE d.superseded_by IS NULL ORDER BY d.name, d.id
    """,
)
