"""Lines told apart: headers, bylines, headings, captions, column headers, notes; what is left is text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median

from rag.reading.headings import is_title, letter_spaced, stands_over_heading, stands_over_opening
from rag.reading.layout import PAIRS, Item, Line, Span, cells, close_up, closes, join, squeeze
from rag.reading.names import byline_names, is_name, is_signature
from rag.reading.running import running_heads
from rag.reading.titles import NUMBER, is_overview

_HEADER_LINES, _HEADER_CHARS = 5, 100
_BYLINE_LINES = 3
_USUAL = 0.6
_PUNCTUATION = re.compile(r"[，。；、！？]")
_TELLING = frozenset("（(【〔［注註说說备備资資数數附表续續本责責特计单單撰供作执執")
"""How headers, bylines, captions and notes begin; a line that begins otherwise and has a comma is none of them."""

_TABLE_NUMBER = r"附?表\s*(?P<number>[0-9０-９一二三四五六七八九十]+(?:[-—–.]\d+)*)"
CAPTION = re.compile(rf"^{_TABLE_NUMBER}(?![-—–.]?\d)[\s:：.]*(?P<title>\S.*)$")
_BARE_CAPTION = re.compile(rf"^{_TABLE_NUMBER}$")
_CAPTION_END = re.compile(r"(?:一览表|统计表|情况表|名录|名单|(?<![代发外仪手])表)$")  # not 代表
CONTINUED = re.compile(r"^[（(【〔]?\s*(?:续\s*表?|表?\s*续)\s*[0-9一二三四五六七八九十]*\s*[）)】〕]?$")
_NAMING = re.compile(r"\D|(?:19|20)\d\d年")
_UNIT = re.compile(r"^[（(]?\s*(?:计量|計量)?(?:单位|單位)\s*[:：]")
NOTE = re.compile(r"^[（(]?(?:注|说明|备注|资料来源|数据来源|註|說明|備註|資料來源)\s*[0-9]*\s*[:：]")
EDITOR = re.compile(
    r"^[（(]?\s*(?:本?(?:类目|分目|栏目|篇|部类|章|類目|欄目)\S{0,3}|责任|責任|特约)(?:编辑|编审|撰稿|供稿|編輯)\s*[:：].*$"
)
_COLUMN = re.compile(
    r"^(?:序号|时间|日期|年份|年度|月份|姓名|名称|单位|项目|地区|区县|类别|编号|届次|国别|國別|國家|国家|时\s?段|時間|單位|項目|名稱)$"
    r"|^[\u3400-\u9fff]{0,6}(?:时间|日期|名称|姓名|单位|项目|类别|编号|時間|名稱|單位|項目|類別)$"
)
_UNPUNCTUATED = re.compile(r"^[^，。；：！？,;:!?、……]+$")


class Blocks:
    """One source's items in the order in which its lines stand."""

    def __init__(self, lines: Sequence[Line]) -> None:
        black = [line for line in lines if line.raw.strip()]
        heads = running_heads(black)
        self.running = [Item("running head", (_whole(line),), squeeze(line.raw)) for line in black if line in heads]
        self.lines = [line for line in black if line not in heads] if heads else black
        self.brackets = brackets(self.lines)
        self.widths = _widths(self.lines)
        self.items: list[Item] = []
        self.opens: list[bool] = []
        """For each item, whether a page starts with it."""
        self.in_table = False
        self.tabbed = False
        """Whether tabs part the cells of the table read last."""
        self.signed = False
        self.entry_level = _entry_level(self.lines)
        at = 0
        while at < len(self.lines):
            at = self._read(at)
        self.signed = usually_signed(self.items)

    def _read(self, at: int) -> int:
        line = self.lines[at]
        text = line.raw.strip()
        self.in_table = self._goes_on(line)
        if line.heading and text[0] not in self.brackets:
            return self._add("header" if line.heading == self.entry_level else "heading", at, at)
        if "\t" in line.raw:
            self.tabbed = True
            return self._add("row" if self.in_table else "columns", at, at)
        if text[0] not in _TELLING and _PUNCTUATION.search(text) and not NUMBER.match(text):
            return self._plain(at)
        if CONTINUED.match(text):
            return self._add("continued", at, at)
        if EDITOR.match(text):
            return self._add("editor", at, at)
        if NOTE.match(text):
            return self._note(at)
        if _UNIT.match(text) and self.items and self.items[-1].kind in ("caption", "continued"):
            return self._add("note", at, at)
        if self._is_caption(at):
            return self._add("caption", at, at)
        if self._is_caption_over_title(at):
            return self._add("caption", at, at + 1, f"{squeeze(text)} {squeeze(self.lines[at + 1].raw)}")
        if columns(text) and self._is_columns(at):
            self.tabbed = False
            return self._add("columns", at, at)
        last = self._byline(at)
        if last is not None:
            return self._add("byline", at, last)
        if text[0] in self.brackets:
            return self._header(at)
        if self._is_heading(at):
            return self._add("heading", at, at)
        return self._plain(at)

    def _goes_on(self, line: Line) -> bool:
        """Whether a table may go on with a line: one whose cells tabs part ends with the tabs."""
        if not self.items or self.items[-1].kind not in ("columns", "row"):
            return False
        return "\t" in line.raw or not self.tabbed

    def _plain(self, at: int) -> int:
        """A line of a table's rows or of running text."""
        line = self.lines[at]
        if self.in_table and not (line.opens_page and closes(line.raw)):
            return self._add("row", at, at)
        return self._text(at)

    def _add(self, kind: str, first: int, last: int, text: str | None = None) -> int:
        chosen = self.lines[first : last + 1]
        spans = tuple(_whole(line) for line in chosen)
        closer = close_up if kind == "heading" else squeeze
        self._keep(Item(kind, spans, text or join(closer(line.raw) for line in chosen)), chosen[0].opens_page)
        return last + 1

    def _keep(self, item: Item, opens: bool) -> None:
        self.items.append(item)
        self.opens.append(opens)

    def _note(self, at: int) -> int:
        last = at
        while not closes(self.lines[last].raw) and last + 1 < len(self.lines) and last - at < _HEADER_LINES:
            if cells(self.lines[last].raw) < self.widths[last] * 0.8:
                break  # a line that leaves room ends a paragraph, whatever mark it lacks
            following = self.lines[last + 1].raw.strip()
            if following[0] in "（(【〔［表" or self.lines[last + 1].opens_page or self._ends(last):
                break
            last += 1
        return self._add("note", at, last)

    def _is_caption(self, at: int) -> bool:
        text = self.lines[at].raw.strip()
        if CAPTION.match(text):
            return not closes(text)
        if not _CAPTION_END.search(text) or not _UNPUNCTUATED.match(text) or len(text) > 40:
            return False
        return any(columns(line.raw) for line in self.lines[at + 1 : at + 3])

    def _is_caption_over_title(self, at: int) -> bool:
        """Whether a line is a table's number alone, its title on the next line and its columns on the one after."""
        titled = at + 2 < len(self.lines) and _UNPUNCTUATED.match(self.lines[at + 1].raw.strip())
        return bool(titled and _BARE_CAPTION.match(self.lines[at].raw.strip()) and columns(self.lines[at + 2].raw))

    def _is_columns(self, at: int) -> bool:
        """A line of column names is one when its first names a column, or a caption stands right above it."""
        if _COLUMN.match(columns(self.lines[at].raw)[0]):
            return True
        if self.lines[at].raw.strip()[0] in "（(":
            return False
        above = [item.kind for item in self.items[-2:]]
        return above[-1:] in (["caption"], ["continued"]) or above == ["caption", "note"]

    def _byline(self, at: int) -> int | None:
        text = self.lines[at].raw.strip()
        if text[0] not in "（(":
            return at if is_signature(text) else None
        for last in range(at, min(at + _BYLINE_LINES, len(self.lines))):
            raw = self.lines[last].raw.strip()
            if raw[-1] in "）)":
                inner = [line.raw.strip().strip("（()） ") for line in self.lines[at : last + 1]]
                return last if byline_names(inner) else None
            if any(char in "，。；）)" for char in raw[1:]):
                return None
        return None

    def _header(self, at: int) -> int:
        opener = self.lines[at].raw.strip()[0]
        close = PAIRS[opener]
        length = 0
        for last in range(at, min(at + _HEADER_LINES, len(self.lines))):
            raw = self.lines[last].raw
            if last > at and (raw.strip()[0] == opener or self._interrupts(last)):
                break
            place = raw.find(close)
            length += place if place >= 0 else len(raw)
            if length > _HEADER_CHARS:
                break
            if place >= 0:
                head = [*map(_whole, self.lines[at:last]), Span(self.lines[last].number, *_trim(raw[: place + 1]))]
                texts = [line.raw for line in self.lines[at:last]] + [raw[: place + 1]]
                title = close_up(join(squeeze(text) for text in texts)[1:-1])
                self._keep(Item("header", tuple(head), title), self.lines[at].opens_page)
                return self._text(last, place + 1) if raw[place + 1 :].strip() else last + 1
        return self._add("header", at, at, squeeze(self.lines[at].raw))

    def _interrupts(self, at: int) -> bool:
        """Whether a line can't belong to a header that began above it."""
        return self._byline(at) is not None or (letter_spaced(self.lines[at].raw) and at + 1 < len(self.lines))

    def _text(self, at: int, start: int = 0) -> int:
        """A line of text, cut where another header starts within it, a byline at its end set apart."""
        line = self.lines[at]
        begin, end = _trim(line.raw, start)
        tail = _trailing_byline(line.raw[begin:end], self._ends(at)) if self._may_end(at) else 0
        if begin < end - tail:
            body = Span(line.number, *_trim(line.raw[: end - tail], begin))
            self._keep(Item("text", (body,), squeeze(line.raw[body.start : body.end])), line.opens_page and not start)
        if tail:
            names = Span(line.number, end - tail, end)
            self._keep(Item("byline", (names,), squeeze(line.raw[names.start : names.end])), False)
        return at + 1

    def _may_end(self, at: int) -> bool:
        """Whether an entry may end with a line: what follows is a header, a short line without commas, or nothing."""
        after = self.lines[at + 1].raw.strip() if at + 1 < len(self.lines) else ""
        return not after or after[0] in self.brackets or not (after[0] in "（(" or _PUNCTUATION.search(after))

    def _ends(self, at: int) -> bool:
        """Whether an entry ends with a line for sure: nothing follows it, or a header, perhaps below a title."""
        after = self.lines[at + 1 : at + 3]
        if not after or after[0].raw.strip()[0] in self.brackets:
            return True
        return len(after) > 1 and is_title(after[0].raw) and after[1].raw.strip()[0] in self.brackets

    def _is_signed(self, at: int) -> bool:
        """Whether a byline stands below a line, which is then the end of a text."""
        return at + 1 < len(self.lines) and self._byline(at + 1) is not None

    def _is_heading(self, at: int) -> bool:
        line = self.lines[at]
        if not is_title(line.raw):
            return False
        text = close_up(line.raw)
        if letter_spaced(line.raw) and not (self.in_table and len(text) <= 3):
            return True
        before = self.items[-1] if self.items else None
        after = self.lines[at + 1].raw.strip() if at + 1 < len(self.lines) else ""
        shut = before is None or before.kind not in ("text", "header") or closes(before.text)
        short = cells(text) < self.widths[at] * 0.8
        worded = not any(map(str.isdigit, text))  # a number at a line's end is rather the end of a sentence
        if after and after[0] in self.brackets and (shut or line.opens_page or (short and worded)):
            return True
        if self.in_table or not (shut or line.opens_page):
            return self.in_table and stands_over_opening(self.lines, at)
        if NUMBER.match(text) or is_overview(text) or stands_over_opening(self.lines, at):
            return True
        below_text = shut and before is not None and before.kind == "text" and not self._is_signed(at)
        return short and (below_text or stands_over_heading(self.lines, at, self.brackets))


def unclosed(header: Item) -> bool:
    """Whether a header was cut before its closing bracket: its text still has the opening one."""
    return header.kind == "header" and header.text[:1] in PAIRS


def closing(text: str) -> int:
    """Where a text that goes on with a cut header closes it: the place after the bracket, 0 where it doesn't."""
    for opener, closer in PAIRS.items():
        place = text.find(closer)
        if 0 <= place < _HEADER_CHARS and opener not in text[:place]:
            return place + 1
    return 0


def usually_signed(items: Sequence[Item]) -> bool:
    """Whether this source's entries close with a byline."""
    headers = sum(item.kind == "header" for item in items)
    return sum(item.kind == "byline" for item in items) >= _USUAL * max(headers, 1)


def columns(raw: str) -> tuple[str, ...]:
    """The column names of a table's header line, gaps inside names closed (时 间 → 时间); () when it is none. A name
    may be long (农村居民人均可支配收入（元）): what stands around the line tells whether it heads a table."""
    if "\t" in raw:
        return tuple(close_up(cell) for cell in raw.strip("\n").split("\t"))
    names: list[str] = []
    for token in raw.split():
        if names and len(names[-1]) == 1 and len(token) == 1:
            names[-1] += token
        else:
            names.append(token)
    plain = all(len(name) > 1 and _UNPUNCTUATED.match(name) and _NAMING.match(name) for name in names)
    return tuple(names) if len(names) >= 2 and plain else ()


def brackets(lines: Sequence[Line]) -> str:
    """The opening brackets that headers of this source use: 【 always, and the pair that opens most lines."""
    counts = Counter(line.raw.strip()[0] for line in lines if line.raw.strip()[:1] in PAIRS)
    best = max(counts, key=lambda char: counts[char], default="【")
    return "【" if counts["【"] or best == "【" else best


def _whole(line: Line) -> Span:
    """A line without the blanks around it; with them where tabs part its cells, of which the first may be empty."""
    return Span(line.number, *((0, len(line.raw)) if "\t" in line.raw else _trim(line.raw)))


def _trim(raw: str, start: int = 0) -> tuple[int, int]:
    """Where the text of raw[start:] starts and ends without the blanks around it."""
    end = max(len(raw.rstrip()), start)
    while start < end and raw[start].isspace():
        start += 1
    return start, end


def _trailing_byline(text: str, ends: bool) -> int:
    """How many characters at the end of a text are a byline that follows its last sentence; where the text `ends` there
    the sentence may lack its mark."""
    if not text or text[-1] not in "）)":
        return 0
    place = max(text.rfind("（"), text.rfind("("))
    before = text[:place].rstrip() if place > 0 else ""
    if not before or not (ends or closes(before)):
        return 0
    names = byline_names([text[place + 1 : -1]])
    return len(text) - place if names and (closes(before) or all(map(is_name, names))) else 0


def _entry_level(lines: Sequence[Line]) -> int:
    """The level of heading that entries have in a source without brackets: the deepest of several, 0 where none is."""
    if any(line.raw.strip()[0] in PAIRS for line in lines):
        return 0
    levels = {line.heading for line in lines if line.heading}
    return max(levels) if len(levels) > 1 else 0


def _widths(lines: Sequence[Line]) -> list[float]:
    """For each line, the width of the column it stands in: the median of the longer lines around it."""
    sizes = [cells(line.raw) for line in lines]
    return [median(sorted(sizes[max(0, at - 6) : at + 7])[-7:]) for at in range(len(sizes))]
