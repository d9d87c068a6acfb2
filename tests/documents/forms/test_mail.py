"""E-mails, mailboxes and saved pages."""

from __future__ import annotations

import gzip
import mailbox
from email.message import EmailMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path

import pytest
from hypothesis import given as generated
from hypothesis import strategies as st

from pactwatch.documents import read_documents
from pactwatch.documents.forms import mbox
from pactwatch.documents.forms.quoted import quoted_spans
from pactwatch.documents.given import Given, Item, Part, Told
from pactwatch.documents.recognising import recognise
from pactwatch.errors import DocumentError
from pactwatch.model import Document, Problem

BODY = "The ministers signed the accord on Monday.\n\nIt enters into force in May.\n"


def items(name: str, data: bytes) -> list[Item]:
    given = Given(name=name, data=data)
    found: list[Item] = []
    try:
        found.extend(recognise(given).reader()(given))
    except DocumentError as error:
        found.append(Problem(name=error.place, fault=error.fault, next_step=error.next_step))
    return found


def message(body: str = BODY, **headers: str) -> EmailMessage:
    made = EmailMessage()
    made["From"] = "Jane Doe <jane.doe@courier.example>"
    made["To"] = "desk@courier.example"
    made["Subject"] = "Fwd: Accord signed"
    made["Date"] = "Fri, 31 May 2019 23:50:00 -0600"
    made["Message-ID"] = "<1@courier.example>"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


def told(made: EmailMessage) -> Told:
    (only,) = items("a.eml", made.as_bytes())
    assert isinstance(only, Told), only
    return only


def marked(text: str) -> str:
    return "\n".join(text[span.start : span.end] for span in quoted_spans(text))


def test_a_mail_tells_title_author_day_and_publisher() -> None:
    read = told(message())
    assert read.text == BODY
    assert read.title == "Accord signed"
    assert read.authors == ("Jane Doe",)
    assert read.published == "2019-05-31"  # by its sender's clock; the first of June in UTC
    assert read.publisher == "courier.example"
    assert (read.place, read.media_type) == ("mail header", "message/rfc822")
    assert "jane.doe@" not in repr(read)


def test_a_list_is_the_publisher_and_its_archive_the_address(tmp_path: Path) -> None:
    made = message(
        List_Id="Border news <border.lists.example>",
        Archived_At="<https://lists.example/border/1>",
        From="desk@gmail.com",
    )
    (tmp_path / "a.eml").write_bytes(made.as_bytes())
    (read,) = read_documents(tmp_path / "a.eml")
    assert isinstance(read, Document)
    assert (read.publisher, read.address) == ("Border news", "https://lists.example/border/1")
    assert read.authors == ()
    assert read.metadata_from["publisher"] == "mail header"


def test_a_free_mail_address_is_no_publisher() -> None:
    assert told(message(From="Jane Doe <jane@gmail.com>")).publisher is None


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "cp1252"])
@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_encodings_are_undone(charset: str, transfer: str) -> None:
    body = "El ministro firmó el memorándum en Ciudad de Guatemala.\n"
    made = EmailMessage()
    made["From"] = "José Núñez <jose@correo.example>"
    made["Subject"] = "Firmó el memorándum"
    made["Date"] = "31 May 2019 10:00:00 +0000"
    made.set_content(body, charset=charset, cte=transfer)
    read = told(made)
    assert read.text == body
    assert (read.title, read.authors) == ("Firmó el memorándum", ("José Núñez",))


def test_raw_bytes_in_headers_are_read() -> None:
    raw = message().as_bytes().replace(b"Fwd: Accord signed", "Memorándum".encode("cp1252"))
    (read,) = items("a.eml", raw)
    assert isinstance(read, Told)
    assert read.title == "Memorándum"


def test_the_plain_text_is_preferred_and_html_is_read_as_its_words() -> None:
    made = message()
    made.add_alternative("<p>As a page</p>", subtype="html")
    assert told(made).text == BODY
    page = message()
    page.set_content(
        "<html><head><style>p {}</style></head><body><p>The ministers <b>signed</b> it.</p>"
        "<script>evil()</script><p>They left.</p></body></html>",
        subtype="html",
    )
    assert told(page).text == "The ministers signed it.\n\nThey left."


def test_flowed_lines_are_joined() -> None:
    raw = (
        b"From: Jane Doe <j@c.example>\r\nDate: 31 May 2019 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: text/plain; charset="utf-8"; format=flowed\r\n\r\n'
        b"The ministers signed \r\nthe accord.\r\n\r\n> quoted \r\n> words\r\n"
    )
    (read,) = items("a.eml", raw)
    assert isinstance(read, Told)
    assert "The ministers signed the accord.\n" in read.text


def test_quoted_messages_and_signatures_are_marked() -> None:
    text = (
        "We have the text now.\n\nOn Fri, 31 May 2019 at 10:00, John Roe <j@c.example>\nwrote:\n"
        "> The ministers signed it.\n>> Really?\n\nThe second article is new.\n\n"
        "-- \nJane Doe\nThe Courier\n"
    )
    gone = marked(text)
    for words in ("John Roe", "wrote:", "> The ministers", "Really?", "Jane Doe", "The Courier"):
        assert words in gone
    for words in ("We have the text now", "second article"):
        assert words not in gone
    read = told(message(text))
    kept = read.text
    for span in reversed(read.furniture):
        kept = kept[: span.start] + kept[span.end :]
    assert "ministers" not in kept
    assert "second article" in kept


def test_what_stands_below_an_original_message_is_marked_and_a_lone_forward_is_not() -> None:
    head = "From: John Roe\nSent: Friday\nTo: Jane Doe\nSubject: Accord\n\nThe ministers signed.\n"
    for rule in ("-----Original Message-----\n", "_" * 32 + "\n"):
        gone = marked(f"I agree with this.\n\n{rule}{head}")
        assert "The ministers signed." in gone
        assert "I agree" not in gone
    assert not marked(f"-----Original Message-----\n{head}")
    assert not marked("---------- Forwarded message ---------\n" + head)


def test_prose_with_dashes_and_announcements_stays() -> None:
    text = "On Monday the minister wrote:\nThe accord holds.\n— a spokesman\nIt was signed.\n"
    assert not marked(text)


def test_attachments_are_documents_of_their_own(tmp_path: Path) -> None:
    made = message()
    made.add_attachment(b"A memorandum of words.\n", maintype="text", subtype="plain",
                        filename="../../memo é.txt")  # fmt: skip
    made.add_attachment(message("The inner mail.\n", Subject="Inner"))
    made.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", disposition="inline")
    (tmp_path / "a.eml").write_bytes(made.as_bytes())
    read = list(read_documents(tmp_path / "a.eml"))
    assert [one.name for one in read][:2] == ["a.eml", "a.eml/memo é.txt"]
    first, memo, inner = read
    assert isinstance(memo, Document)
    assert isinstance(inner, Document)
    assert (memo.text, memo.published) == ("A memorandum of words.\n", "2019-05-31")
    assert memo.metadata_from["published"] == "mail header"
    assert (inner.text.strip(), inner.title) == ("The inner mail.", "Inner")
    assert isinstance(first, Document)


def test_hostile_mails_are_bounded() -> None:
    deep: MIMEMultipart | MIMEText = MIMEText("deep")
    for _ in range(60):
        outer = MIMEMultipart()
        outer.attach(deep)
        deep = outer
    deep["From"], deep["Date"] = "a@b.example", "31 May 2019 10:00:00 +0000"
    assert "nested" in items("a.eml", deep.as_bytes())[-1].fault  # type: ignore[union-attr]
    many = MIMEMultipart()
    many["From"], many["Date"] = "a@b.example", "31 May 2019 10:00:00 +0000"
    for _ in range(3000):
        many.attach(MIMEText("x"))
    assert "parts" in items("a.eml", many.as_bytes())[-1].fault  # type: ignore[union-attr]
    endless = b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    for depth in range(2000):
        endless += b"--x\nContent-Type: multipart/mixed; boundary=x%d\n\n" % depth
    assert all(isinstance(item, Problem) for item in items("a.eml", endless))


def box(tmp_path: Path, *bodies: str) -> bytes:
    place = tmp_path / "made.mbox"
    made = mailbox.mbox(place)
    for number, body in enumerate(bodies):
        kept = mailbox.mboxMessage(message(body, Subject=f"Message {number}"))
        kept.set_from("jane@courier.example", (2019, 5, 31, 10, 0, number, 4, 151, 0))
        made.add(kept)
    made.close()
    return place.read_bytes()


def test_a_mailbox_gives_its_messages_by_number(tmp_path: Path) -> None:
    bodies = [
        "The first.\n",
        "It said:\nFrom Monday 10:00 in May the border is open.\n",
        "Third.\n",
    ]
    data = box(tmp_path, *bodies)
    for name, raw in (("list.mbox", data), ("list", data), ("list.txt.gz", gzip.compress(data))):
        (tmp_path / name).write_bytes(raw)
        read = list(read_documents(tmp_path / name))
        assert [one.name for one in read] == [f"{name}/{n}" for n in (1, 2, 3)]
        for one, body in zip(read, bodies, strict=True):
            assert isinstance(one, Document)
            assert one.text.strip() == body.strip()
            assert one.published == "2019-05-31"


def test_an_archive_of_a_mailing_list_hides_addresses_behind_words(tmp_path: Path) -> None:
    raw = (
        "From jane at courier.example  Fri May 31 10:00:00 2019\n"
        "From: jane at courier.example (Jane Doe)\nDate: Fri, 31 May 2019 10:00:00 +0200\n"
        "Subject: [border] Accord signed\nMessage-ID: <1@courier.example>\n\n" + BODY
    )
    (tmp_path / "2019-May.txt").write_text(raw, encoding="utf-8")
    (read,) = read_documents(tmp_path / "2019-May.txt")
    assert isinstance(read, Document)
    assert read.authors == ("Jane Doe",)
    assert read.text == BODY


def test_a_message_too_large_costs_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbox, "MOST_BYTES", 2000)
    found = items("a.mbox", box(tmp_path, "Small.\n", "word\n" * 2000, "Last.\n"))
    assert [item.name for item in found if isinstance(item, Part)] == ["1", "3"]
    assert [item.name for item in found if isinstance(item, Problem)] == ["a.mbox/2"]


SAVED = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://courier.example/news/accord\r\n"
    "Subject: Accord signed\r\nDate: Sat, 1 Jun 2019 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="--b"\r\n\r\n'
    "----b\r\nContent-Type: text/css\r\nContent-Location: cid:css@x\r\n\r\np {color: red}\r\n"
    "----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    "Content-Location: https://courier.example/news/accord\r\n\r\n"
    "<html><head><title>Accord signed</title></head><body><article><h1>Accord signed</h1>"
    "<p>The ministers of both states signed the accord on Monday in the cap=\r\nital city.</p>"
    "<p>The Caf=C3=A9 accord enters into force in May, both governments said in a statement.</p>"
    "</article></body></html>\r\n----b--\r\n"
)


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page", "page.eml"])
def test_a_saved_page_is_the_page_with_its_address_and_time(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(SAVED.encode())
    (read,) = read_documents(tmp_path / name)
    assert isinstance(read, Document), read
    assert read.name == name
    assert "signed the accord on Monday in the capital city." in read.text
    assert "The Café accord" in read.text
    assert "color" not in read.text
    assert read.address == "https://courier.example/news/accord"
    assert read.retrieved == "2019-06-01T08:00:00+00:00"
    assert read.title == "Accord signed"


def test_a_saved_page_without_a_page_is_a_problem() -> None:
    raw = SAVED.replace("Content-Type: text/html\r\n", "Content-Type: image/png\r\n")
    (read,) = items("page.mhtml", raw.encode())
    assert isinstance(read, Problem)


WORDS = st.sampled_from(
    [b"From: a@b.example\n", b"Date: 31 May 2019\n", b"Subject: =?utf-8?b?ww==?=\n", b"\n",
     b"--x\n", b"Content-Type: multipart/mixed; boundary=x\n",
     b"Content-Type: text/html; charset=nope\n", b"Content-Transfer-Encoding: base64\n",
     b"Content-Type: message/rfc822\n", b"> quoted\n",
     b"Words of a mail.\n", b"\xff\xfe\n", b"=?x?q?=\n", b"From x Fri May 31 10:00:00 2019\n"]
)  # fmt: skip


@generated(st.lists(WORDS, max_size=30).map(b"".join))
def test_any_mail_is_read_or_a_problem(raw: bytes) -> None:
    for name in ("a.eml", "a.mbox", "a.mhtml"):
        for item in items(name, raw):
            if isinstance(item, Told):
                item.text.encode("utf-8")
                assert all(span.end <= len(item.text) for span in item.furniture)
