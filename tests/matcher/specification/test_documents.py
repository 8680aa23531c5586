"""What is refused, and with which words."""

import io
import zipfile

import pytest
from docx import Document

from matcher.specification.documents import decode, kind_of, read
from matcher.specification.errors import DocumentError
from matcher.specification.limits import DEFAULT_LIMITS, Limits
from personspec.exceptions import UsageError
from tests.matcher.specification.corpus.content import POSTS
from tests.matcher.specification.corpus.word import filled_columns


def _zip(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return stream.getvalue()


def _package(**extra):
    return _zip(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<x/>", **extra})


REFUSED = {
    "empty": (b"", "a.pdf", "is empty"),
    "only null bytes": (b"\x00" * 500, "a.txt", "is empty"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc", "old Word file"),
    "encrypted Word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "a.docx",
        "password",
    ),
    "rich text": (b"{\\rtf1 hello}", "a.rtf", "RTF"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "a.png", "picture"),
    "web page under a document's name": (b"<html><p>Sorry</p>", "spec.pdf", "is named .pdf but"),
    "text under a document's name": (b"just words", "spec.docx", "is named .docx but"),
    "no document at all": (bytes(range(1, 32)) * 200, "a.bin", "no document that can be read"),
    "spreadsheet": (_zip(**{"[Content_Types].xml": "<x/>", "xl/a.xml": "x"}), "a.docx", "no Word"),
    "macros": (_package(**{"word/vbaProject.bin": b"x"}), "a.docx", "macros"),
    "damaged package": (b"PK\x03\x04nonsense", "a.docx", "damaged"),
    "package without a document": (_package(), "a.docx", "damaged or unusual"),
    "damaged PDF": (b"%PDF-1.7\nnonsense", "a.pdf", "damaged PDF"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_one_sentence_says_why_a_file_cannot_be_read(name):
    data, file_name, words = REFUSED[name]
    with pytest.raises(DocumentError, match=words) as caught:
        read(data, file_name, DEFAULT_LIMITS)
    message = str(caught.value)
    assert file_name in message
    assert "\n" not in message
    assert message.endswith(".")


def test_the_error_is_one_of_wrong_use():
    assert issubclass(DocumentError, UsageError)


def test_a_file_over_the_size_limit_is_refused():
    with pytest.raises(DocumentError, match="larger than 1 MB"):
        kind_of(b"x" * 1_500_000, "a.txt", Limits(file_bytes=1_048_576))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = _package(**{"word/media/a.bin": b"\x00" * 5_000_000})
    assert len(bomb) < 20_000
    with pytest.raises(DocumentError, match="unpacks to more than 2 MB"):
        read(bomb, "bomb.docx", Limits(inflated_bytes=2 * 1_048_576))


def test_too_many_parts_are_refused():
    with pytest.raises(DocumentError, match="more than 5 parts"):
        read(_package(**{f"word/{i}.xml": "x" for i in range(9)}), "a.docx", Limits(parts=5))


def test_entities_that_swell_are_not_expanded():
    document = Document()
    document.add_paragraph("You must have good typing skills.")
    stream = io.BytesIO()
    document.save(stream)
    swollen = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(swollen, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
                head, _, rest = content.partition(b"?>")
                doctype = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{entities}]>'.encode()
                content = head + b"?>" + doctype + rest.replace(b"typing", b"typing&e12;")
            new.writestr(entry, content)
    with pytest.raises(DocumentError, match="damaged"):
        read(swollen.getvalue(), "laughs.docx", DEFAULT_LIMITS)


def test_text_and_markup_are_told_apart_whatever_the_name():
    assert kind_of(b"<p>Essential</p>", "a.txt", DEFAULT_LIMITS) == "html"
    assert kind_of(b"Essential\n- Typing", "a.html", DEFAULT_LIMITS) == "text"
    assert kind_of(filled_columns(POSTS[0])[0], "a.pdf", DEFAULT_LIMITS) == "docx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_in_use_are_decoded(encoding):
    assert decode("Caf\u00e9 \u2013 skills".encode(encoding)) == "Caf\u00e9 \u2013 skills"


def test_a_declared_encoding_is_used_where_utf_8_fails():
    page = '<meta charset="iso-8859-15"><p>\u20ac'
    assert decode(page.encode("iso-8859-15")).endswith("\u20ac")


def test_null_bytes_within_text_are_dropped():
    data = b"<p>You must\x00 have good typing skills.</p>"
    assert [c.text for c in read(data, "a.html", DEFAULT_LIMITS).criteria] == [
        "You must have good typing skills."
    ]


def test_too_much_text_is_refused():
    with pytest.raises(DocumentError, match="more than 1,000 characters"):
        read(b"<li>x</li>" * 500, "a.html", Limits(characters=1000))
