"""Documents that are one text, with the origin and the copies."""

from __future__ import annotations

from made_prose import prose

from pactwatch.lineage import trace


def told(*documents):
    names = {d.id: d.name for d in documents}
    return [
        [(names[m.document_id], m.relation, names.get(m.source_id), m.share) for m in f.members]
        for f in trace(documents, []).families
    ]


def test_copies_of_all_kinds_hang_on_their_origin(document):
    wire = prose(1, 120)
    made = [
        document("wire", wire, "2031-05-01"),
        document("same", wire.upper(), "2031-05-02"),
        document("edited", f"{wire} {prose(2, 40)}", "2031-05-03"),
        document("cut", " ".join(wire.split()[:50]), "2031-05-04"),
        document("other", prose(3, 120), "2031-05-01"),
    ]
    assert told(*made) == [
        [
            ("wire", "origin", None, 1.0),
            ("same", "same words", "wire", 1.0),
            ("edited", "edited copy", "wire", 0.75),
            ("cut", "excerpt", "wire", 1.0),
        ]
    ]


def test_of_undated_texts_the_longer_is_the_origin_of_an_excerpt(document):
    wire = prose(1, 120)
    made = [document("cut", " ".join(wire.split()[:50])), document("wire", wire)]
    (members,) = told(*made)
    assert [name for name, *_ in members] == ["wire", "cut"]


def test_a_paragraph_in_two_texts_makes_no_family(document):
    shared = prose(4, 40)
    assert told(*(document(n, f"{prose(i, 100)} {shared}") for i, n in enumerate("ab", 5))) == []


def test_two_that_hold_parts_of_a_third_are_not_one_text(document):
    parts = [prose(6, 60), prose(7, 60)]
    made = [
        document("a", f"{parts[0]} {prose(8, 300)}", "2031-05-01"),
        document("b", f"{parts[1]} {prose(9, 300)}", "2031-05-02"),
        document("digest", " ".join(parts), "2031-05-03"),
    ]
    (members,) = told(*made)
    assert {name for name, *_ in members} == {"digest", "a"}


def test_of_copies_of_one_day_none_is_the_origin(document):
    text = prose(10, 120)
    made = [
        document("same", text, "2031-05-01"),
        document("other", f"{text} {prose(11, 12)}", "2031-05-01"),
        document("late", f"{text} {prose(12, 40)}", "2031-05-02"),
    ]
    (members,) = told(*made)
    relations = {name: relation for name, relation, *_ in members}
    assert members[0][:2] in [("same", "undirected"), ("other", "undirected")]
    assert sorted(relations.values()) == ["edited copy", "undirected", "version"]
    assert relations["late"] == "edited copy"
