"""Which kind of document some bytes are, and its reading inside the worker process."""

import io
import re
import zipfile
import zlib
from typing import Literal

from matcher.specification.blocks import Block
from matcher.specification.criteria import read_blocks
from matcher.specification.errors import DocumentError
from matcher.specification.limits import Limits
from matcher.specification.magic import OLE_MAGIC
from matcher.types import Specification

Kind = Literal["pdf", "docx", "html", "text"]

_PDF_WITHIN = 1024  # readers accept a PDF that starts within its first kilobyte
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM", b"RIFF")
_HTML = re.compile(
    r"<!doctype html|<(?:html|head|body|p|div|ul|ol|li|table|span|br|h[1-6]|strong)\b"
    r"|&lt;(?:p|ul|li|div)&gt;",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.IGNORECASE)
_CHUNK = 1 << 16


def kind_of(data: bytes, name: str, limits: Limits) -> Kind:
    """Return what the bytes are, by their content; the name only serves the message.

    Raises:
        DocumentError: They are of no kind that can be read, or larger than the limit.
    """
    if len(data) > limits.file_bytes:
        raise DocumentError(
            f"{name} is larger than {limits.file_bytes // 1_048_576} MB; give the person "
            "specification alone."
        )
    if not data.strip(b"\x00 \t\r\n"):
        raise DocumentError(f"{name} is empty.")
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_package(data, name, limits)
        return "docx"
    return _kind_of_text(data, name)


def _kind_of_text(data: bytes, name: str) -> Kind:
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError(f"{name} is protected by a password; save it without one.")
        raise DocumentError(f"{name} is an old Word file (.doc); save it as .docx or PDF.")
    if data.startswith(b"{\\rtf"):
        raise DocumentError(f"{name} is an RTF file; save it as .docx or PDF.")
    if data.startswith(_PICTURES):
        raise DocumentError(f"{name} is a picture; a document with text is needed.")
    suffix = name.lower().rpartition(".")[2]
    text = decode(data[:100_000])
    if suffix in ("pdf", "docx", "docm", "doc") or _is_binary(text):
        shown = f"is named .{suffix} but" if suffix in ("pdf", "docx", "docm", "doc") else "looks"
        fault = (
            "is not one" if shown.startswith("is named") else "like no document that can be read"
        )
        raise DocumentError(f"{name} {shown} {fault}; give a PDF, DOCX, HTML or text file.")
    return "html" if _HTML.search(text) else "text"


def _is_binary(text: str) -> bool:
    odd = sum(
        1 for c in text[:5000] if (c < " " and c not in "\t\r\n\x0b\x0c\x00") or c == "\ufffd"
    )
    return odd > max(3, len(text[:5000]) // 20)


def _check_package(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a zip file that is no Word document, holds macros, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {entry.filename for entry in package.infolist()}
            _check_parts(names, name, limits)
            _check_inflated(package, name, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,  # what zipfile raises for a compression it does not know
        ValueError,
        OSError,
    ) as error:
        raise DocumentError(f"{name} is a damaged file: {error}.") from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise DocumentError(f"{name} is protected by a password; save it without one.") from error


def _check_parts(names: set[str], name: str, limits: Limits) -> None:
    if len(names) > limits.parts:
        raise DocumentError(f"{name} has more than {limits.parts} parts; it is no usual document.")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise DocumentError(f"{name} holds macros; save it as .docx without them.")
    if "[Content_Types].xml" not in names or not any(part.startswith("word/") for part in names):
        raise DocumentError(f"{name} is no Word document; give a PDF, DOCX, HTML or text file.")


def _check_inflated(package: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Count while unpacking: the sizes a package declares may lie."""
    total = 0
    for entry in package.infolist():
        with package.open(entry) as part:
            while chunk := part.read(_CHUNK):
                total += len(chunk)
                if total > limits.inflated_bytes:
                    raise DocumentError(
                        f"{name} unpacks to more than {limits.inflated_bytes // 1_048_576} MB; "
                        "give the person specification alone."
                    )


def decode(data: bytes) -> str:
    """Return the text of some bytes: by byte-order mark, declaration, UTF-8, else Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    declared = _CHARSET.search(data[:2048])
    tried = [declared.group(1).decode("ascii")] if declared else []
    for encoding in ("utf-8-sig", *tried):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue  # the next encoding is tried
    return data.decode("cp1252", errors="replace")


def read(data: bytes, name: str, limits: Limits) -> Specification:
    """Read any document in this process. Called by the worker; others call ``read_document``.

    Raises:
        DocumentError: The document cannot be read or exceeds a limit.
    """
    kind = kind_of(data, name, limits)
    if kind == "pdf":
        from matcher.specification.pdf import to_specification

        return to_specification(data, name, limits)
    if kind == "docx":
        from matcher.specification.docx import to_blocks as docx_blocks

        return read_blocks(docx_blocks(data, name))
    return read_blocks(_text_blocks(decode(data), kind, name, limits))


def _text_blocks(text: str, kind: Kind, name: str, limits: Limits) -> list[Block]:
    if len(text) > limits.characters:
        raise DocumentError(
            f"{name} holds more than {limits.characters:,} characters; give the person "
            "specification alone."
        )
    if kind == "html":
        from matcher.specification.html import to_blocks as html_blocks

        return html_blocks(text)
    from matcher.specification.plain import to_blocks as plain_blocks

    return plain_blocks(text)
