"""Files that nobody should have made: bombs, loops, locks, wrong names, and text that is hard to read."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable

import docx
from fpdf import FPDF

TEXT = "【会见】3月1日，市长会见外宾。\n（李　娜）\n"
SHOW = b"BT /F 12 Tf 50 700 Td (hello world this is text) Tj ET\n"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of these objects, the first its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + head + table + tail


def page(stream: bytes, *others: bytes, keys: bytes = b"", resources: bytes = b"/Font<</F 5 0 R>>") -> bytes:
    """A PDF with one page that draws this stream; `others` are objects 6, 7 and so on."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<%s>>>>" % resources,
            b"<</Length %d%s>>stream\n%s\nendstream" % (len(stream), keys, stream),
            FONT,
            *others,
        ]
    )


def form(inner: int, stream: bytes) -> bytes:
    """A drawing that draws object `inner` as often as the stream says."""
    keys = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>/Font<</F 5 0 R>>>>" % inner
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (keys, len(stream), stream)


def packed(piece: bytes, times: int) -> bytes:
    """The piece, so many times, deflated."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(piece) for _ in range(times)) + packer.flush()


def flate_bomb() -> bytes:
    return page(packed(SHOW * 20_000, 200), keys=b"/Filter/FlateDecode")


def nested_drawings() -> bytes:
    levels = [form(7 + number, b"/X Do " * 10) for number in range(8)]
    return page(b"/X Do", *levels, form(0, SHOW), resources=b"/XObject<</X 6 0 R>>")


def looping_pages() -> bytes:
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100>>"])


def many_pages() -> bytes:
    kids, count = b"3 0 R " * 20_001, 20_001
    pages = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return pdf([b"<</Type/Catalog/Pages 2 0 R>>", pages, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 6 8]>>"])


def locked_pdf() -> bytes:
    book = FPDF()
    book.add_page()
    book.set_font("helvetica")
    book.cell(text="locked")
    book.set_encryption(owner_password="a", user_password="b")
    return bytes(book.output())


def word(body: str = "", chunk: str = "", times: int = 0, extra: dict[str, bytes] | None = None) -> bytes:
    """A Word file with this in its body, and `chunk` so many times."""
    plain, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
                continue
            before, mark, after = old.read(name).decode().partition("<w:body>")
            with new.open(name, "w") as part:
                part.write((before + mark + body).encode())
                for _ in range(times):
                    part.write(chunk.encode())
                part.write(after.encode())
        for name, data in (extra or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def entity_bomb() -> bytes:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "a" * 99}">' for n in range(9))
    body = f'<?xml version="1.0"?><!DOCTYPE a [{levels}]><a>&a8;</a>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, body if name == "word/document.xml" else old.read(name))
    return out.getvalue()


def noise(size: int) -> bytes:
    return random.Random(size).randbytes(size)


CELL, CELL_END = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
PARAGRAPH = "<w:p><w:r><w:t>会</w:t></w:r></w:p>"
WIDE = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
MERGED = "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"

TIME, MEMORY, BREAKS = "not read after 1 s", "needs more memory", "breaks the program"
Animals = dict[str, tuple[Callable[[], bytes], str]]
REFUSED: Animals = {
    "flate-bomb.pdf": (flate_bomb, f"{TIME}|{MEMORY}|{BREAKS}"),
    "nested-drawings.pdf": (nested_drawings, f"{TIME}|{MEMORY}|{BREAKS}"),
    "looping-pages.pdf": (looping_pages, "can't be opened"),
    "many-pages.pdf": (many_pages, "20,001 pages, over the limit of 20,000"),
    "locked.pdf": (locked_pdf, "password"),
    "cut.pdf": (lambda: page(SHOW)[:300], "can't be opened"),
    "noise.pdf": (lambda: b"%PDF-1.4\n" + noise(100_000), "can't be opened"),
    "blank.pdf": (lambda: page(b""), "has no text"),
    "word-by-name.pdf": (word, "can't be opened"),
    "paragraphs.docx": (lambda: word(chunk=PARAGRAPH * 1000, times=1000), f"{TIME}|{MEMORY}|no Word file"),
    "blanks.docx": (lambda: word(chunk=" " * 1_000_000, times=400), f"{TIME}|{MEMORY}|no Word file"),
    "entities.docx": (entity_bomb, "no Word file"),
    "wide.docx": (lambda: word(WIDE), f"{TIME}|{MEMORY}"),
    "merged.docx": (lambda: word(MERGED), "damaged"),
    "deep.docx": (lambda: word(CELL * 5000 + "<w:p/>" + CELL_END * 5000), "no Word file"),
    "cut.docx": (lambda: word(TEXT)[:5000], "no Word file"),
    "no-zip.docx": (lambda: page(SHOW), "no Word file"),
    "empty-zip.docx": (lambda: b"PK\x05\x06" + bytes(18), "no Word file"),
    "deep.html": (lambda: b"<div>" * 100_000 + "会见".encode(), "too deep"),
    "spans.html": (
        lambda: b"<table>" + (b"<tr>" + b"<td colspan=100 rowspan=1000>x" * 100) * 1000,
        f"{TIME}|{MEMORY}",
    ),
    "quotes.md": (lambda: b">" * 10_000 + b" a\n", "no text|too deep"),
    "word-by-name.txt": (word, "binary file"),
    "picture.md": (lambda: b"\x89PNG\r\n\x1a\n" + noise(100_000), "binary file"),
    "noise.txt": (lambda: noise(2_000_000), "binary file|no text"),
    "locked.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + noise(10_000), "no Word file"),
    "nul.txt": (lambda: f"{TEXT}\0".encode(), "binary file"),
    "escape.txt": (lambda: f"{TEXT}\x1b[31m\n".encode(), "binary file"),
    "half-pair.txt": (lambda: f"\ufeff{TEXT}\ud800\n".encode("utf-16-le", "surrogatepass"), "save the file as UTF-8"),
    "surrogate.txt": (lambda: TEXT.encode() + b"\xed\xa0\x80\n", "save it as UTF-8"),
    "blank.txt": (lambda: b"\n" * 5_000_000, "empty"),
    "none.txt": (lambda: b"", "empty"),
    "spaced.txt": (lambda: "会 ".encode() * 12_500_000, f"{TIME}|{MEMORY}"),
    "large.txt": (lambda: b"a" * 60_000_000, "60 MB are over the limit of 55"),
}
"""What is refused, and what is said of it."""
READ: Animals = {
    "one-line.txt": (lambda: "会".encode() * 16_666_666, "会会会"),
    "tiny.txt": (lambda: "【条】见\n".encode() * 10_000, "见"),
    "unclosed.txt": (lambda: ("【" * 10_000 + "\n" + TEXT).encode(), "市长会见外宾"),
    "nested.txt": (lambda: ("【" * 10_000 + "】" * 10_000 + "\n" + TEXT).encode(), "市长会见外宾"),
    "unclosed-lines.txt": (lambda: ("【\n" * 10_000 + TEXT).encode(), "市长会见外宾"),
    "brackets.txt": (lambda: ("（\n" * 30_000 + TEXT).encode(), "市长会见外宾"),
    "captions.txt": (lambda: ("表1 道路一览表\n" * 5_000 + TEXT).encode(), "市长会见外宾"),
    "tables.txt": (lambda: (TEXT + "表1 一览表\n时间 名称\n1月 a\n" * 150).encode(), "市长会见外宾"),
    "columns.txt": (lambda: ("表1 一览表\n" + "\t".join(["名称"] * 30_000) + "\n会\t见\n").encode(), "会 见"),
    "feeds.txt": (lambda: ("\f\n" * 30_000 + TEXT).encode(), "市长会见外宾"),
    "controls.txt": (lambda: f"{TEXT}\x7f\x80\x85\x9f\ufffe\uffff\n".encode(), "市长会见外宾"),
    "marks.txt": (
        lambda: "【\u202e会见\u202c】\u200b3月\u20661日\u2069，市长\ufeff会\u200d见外宾。\n".encode(),
        "外宾",
    ),
    "brackets.md": (lambda: b"![[" * 10_000 + b"](a\n", "[["),
    "lists.md": (lambda: "".join(" " * 2 * n + "- a\n" for n in range(1000)).encode(), "a"),
    "entities.html": (lambda: '<!DOCTYPE a [<!ENTITY b "会会">]><p>&b;会见外宾。'.encode(), "会见外宾"),
    "other.docx": (lambda: word(PARAGRAPH, extra={"word/media/x.bin": bytes(200_000_000)}), "会"),
}
"""What is read, however odd, and a piece of what is found in it."""
