"""From a file to its lines: suffixes, encodings, and what makes a file unreadable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from rag.errors import CorpusError
from rag.reading import marked
from rag.reading.encodings import decode
from rag.reading.layout import Line
from rag.reading.pdf import pdf_lines

_RARE = 20


class Loaded(NamedTuple):
    """A file's lines and the encoding they were read with; `shown` are the file's own lines where `lines` are without
    their markup."""

    encoding: str
    lines: tuple[Line, ...]
    shown: tuple[str, ...] = ()


def gather(paths: Sequence[Path]) -> list[Path]:
    """The files that are corpus: each path that is a file, and every supported file below each folder, sorted.

    README files, hidden ones and links that lead out of their folder are left out. Raises CorpusError for a path that
    is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(file for file in path.rglob("*") if _is_corpus(file, path))))
        elif path.is_file():
            found[path] = None
        elif path.exists():
            raise CorpusError(f"{path}: is no regular file; give --corpus a file or a folder")
        else:
            raise CorpusError(f"{path}: no such file or folder; give --corpus a path that exists")
    return list(found)


def _is_corpus(file: Path, folder: Path) -> bool:
    names = file.relative_to(folder).parts
    return (
        file.is_file()
        and file.resolve().is_relative_to(folder.resolve())
        and file.suffix.lower() in READERS
        and not any(name.startswith(".") for name in names)
        and file.stem.lower() != "readme"
    )


def load(path: Path) -> Loaded:
    """A file's lines. Raises CorpusError when it can't be read, is empty or is of no kind that this reads."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(f"{path}: {path.suffix or 'no suffix'} is no kind of text; give {', '.join(READERS)} files")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror or error}; check the path and its permissions") from None
    if not data.strip(b"\x00 \t\r\n"):
        raise CorpusError(f"{path}: the file is empty; give a file with text")
    loaded = reader(path, data)
    if not any(line.raw.strip() for line in loaded.lines):
        raise CorpusError(f"{path}: the file has no text; give a file with text")
    return loaded


def text_lines(text: str) -> tuple[Line, ...]:
    """Lines of a plain text. A form feed starts a page; where indented lines are rare, one leading blank does too:
    extractors that turn form feeds into blanks leave it there."""
    raws = _split(text)
    fed = "\f" in text
    indented = sum(raw.startswith(" ") for raw in raws)
    blanks_mark_pages = not fed and indented * _RARE < len(raws)
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(raws, 1):
        opens = blanks_mark_pages and raw[:1] == " " != raw[1:2]
        if fed and "\f" in raw:
            page += raw.count("\f")
            raw, opens = raw.replace("\f", " "), True
        lines.append(Line(number, raw, page if fed else None, opens))
    return tuple(lines)


def _split(text: str) -> list[str]:
    """Lines as editors count them: only \\n, \\r\\n and \\r end one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def _read_text(path: Path, data: bytes) -> Loaded:
    encoding, text = decode(path, data)
    return Loaded(encoding, text_lines(text))


def _read_markdown(path: Path, data: bytes) -> Loaded:
    encoding, text = decode(path, data)
    lines, shown = marked.markdown(text)
    return Loaded(encoding, tuple(lines), shown)


def _read_html(path: Path, data: bytes) -> Loaded:
    encoding, lines = marked.html(path, data)
    return Loaded(encoding, tuple(lines))


def _read_docx(path: Path, data: bytes) -> Loaded:
    return Loaded("docx", tuple(marked.docx(path, data)))


def _read_pdf(path: Path, data: bytes) -> Loaded:
    return Loaded("pdf", tuple(pdf_lines(path, data)))


READERS: dict[str, Callable[[Path, bytes], Loaded]] = {
    ".txt": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".docx": _read_docx,
    ".pdf": _read_pdf,
}
