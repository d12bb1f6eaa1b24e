"""The names one corpus knows: people and their pinyin, roles, authors, sections, tables, years."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

import rjieba
from rapidfuzz.distance import Levenshtein

from rag.bridge import is_common, surnames
from rag.dates import YEAR
from rag.names import Names, romanise, spellings
from rag.passages import is_plain, spelled
from rag.text import HAN, has_han
from rag.types import Unit
from rag.whole import Whole

ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("副市长", ("vice mayor", "deputy mayor")),
    ("市长", ("mayor",)),
    ("市委书记", ("party secretary", "party chief", "municipal party secretary")),
    ("副主任", ("deputy director", "vice chairman", "vice director")),
    ("主任", ("director", "chairman", "head")),
    ("会长", ("president",)),
)
"""Offices that a question may name instead of their holder; longer ones before those they contain."""

_TITLES = (
    "董事总经理|总经理|首席执行官|行政总裁|总裁|董事长|执行主席|主席|行长|社长|秘书长|议长|部长|大使|公使|参赞|总理|总统|夫人|"
    "市委书记|书记|副市长|市长|区长|省长|州长|省督|知事|校长|院长|所长|教授|研究员|副主任|主任|会长|理事长|创始人|演奏家|女士|先生|特首|行政长官"
)
_DOTTED = re.compile(rf"[{HAN}]+(?:·[{HAN}]+)+")
_TITLED = re.compile(
    rf"(?:{_TITLES})([{HAN}]{{2,4}}?)(?=[、，。；）和向等致出会在与并分主]|一行|线上|视频|教授|女士|先生|院士|$)"
)
_NAMED = re.compile(rf"(?<![{HAN}])([{HAN}]{{2,3}})(?:教授|女士|先生|研究员|院士)")
_ACTING = re.compile(
    rf"(?:(?<![{HAN}])|(?<=为)|(?<=由)|(?<=的)|(?<=长)|(?<=任)|(?<=师)|(?<=员))([{HAN}]{{2,3}})"
    r"(?=任|担任|当选|带领|率|获|主刀|主讲|主持|，\d+岁|[。；])"
)
"""A name that opens a clause, or ends one after its office, and does what people do: 校长为温如玉。冉秀兰，111岁."""
_TITLE_END = re.compile(f"^.*(?:{_TITLES})")
FAR_OFTENER = 3
"""How much oftener one of several holders of an office has to be named to be meant by it alone."""
LEAST_NEAR = 8
"""Letters, and the space, from which a name a letter off is taken for a known one: Li Wen is no Li Wei."""
_NAME_TAGS = ("nr", "nz", "x")


def _foreign(dotted: str) -> str | None:
    """The name in a run of characters with dots, without the title before and the verb after it; None for 太极·北京."""
    first, *middle, last = dotted.split("·")
    first = _TITLE_END.sub("", first)
    if len(first) > 4:
        first = rjieba.cut(first)[-1]
    kept = ""
    for word, tag in rjieba.tag(last):
        if kept and not tag.startswith(_NAME_TAGS) and len(word) > 1:
            break
        if not kept and not tag.startswith((*_NAME_TAGS, "n")):
            return None
        kept += word
    if any(is_common(word) for word in (*rjieba.cut(first), kept) if len(word) > 1):
        return None
    tags = [tag for _, tag in rjieba.tag(first)] + [rjieba.tag(last)[0][1]]
    if not first or len(kept) > 6 or all(not tag.startswith("nr") for tag in tags) or tags[-1] == "ns":
        return None
    return "·".join([first, *middle, kept])


def names_in(text: str) -> Iterator[str]:
    """People named in a text: foreign names with a dot, and names that stand beside a title."""
    for match in _DOTTED.finditer(text):
        name = _foreign(match.group())
        if name:
            yield name
    for match in (*_TITLED.finditer(text), *_NAMED.finditer(text)):
        if rjieba.tag(match.group(1))[0][1].startswith("nr"):
            yield match.group(1)
    for match in _ACTING.finditer(text):
        name = match.group(1)
        if name[0] in surnames() and not is_common(name) and rjieba.tag(name)[0] == (name, "nr"):
            yield name


class Lexicon:
    """What names stand where. Numbers are positions in the list of units it was made from."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.people: dict[str, set[int]] = defaultdict(set)
        self.authors: dict[str, set[int]] = defaultdict(set)
        self.told: dict[str, None] = {}
        """Every name that running text gives, in order, those of people nobody else names among them."""
        self.years: Counter[int] = Counter()
        self.sections = tuple(dict.fromkeys(unit.section for unit in units if unit.section))
        self.tables = tuple(dict.fromkeys(unit.table for unit in units if unit.table))
        self.captions = {unit.title: unit.table or unit.title for unit in units if unit.kind == "row"}
        """Caption of a table → what it is called by: its number, or the caption where it bears none."""
        self.columns = frozenset(name for unit in units for name in unit.fields)
        self.full_text = Whole([searchable(unit).lower() for unit in units])
        self._roles: dict[str, Counter[str]] = defaultdict(Counter)
        for number, unit in enumerate(units):
            self._learn(number, unit)
        self._drop_overlong()
        self.names = Names(self.people)
        """The people, to be looked for in a text."""
        self.everyone = Names([*self.people, *self.authors])
        """The same and whoever signs."""
        self._find_all(units)
        self.locals = Names(
            {name for unit in units for name in (*unit.people, *unit.authors)}
            | {name for held in self._roles.values() for name in held}
        )
        """Whose names pinyin spells: those of bylines, of the tables' own column of people and of local office."""
        self._by_pinyin: dict[str, set[str]] = defaultdict(set)
        for name in self.everyone:
            for letters in romanise(name):
                self._by_pinyin[letters].add(name)

    def _learn(self, number: int, unit: Unit) -> None:
        told = dict.fromkeys(names_in(unit.text))
        self.told.update(told)
        for name in (*unit.people, *told):
            self.people[name].add(number)
        for name in unit.authors:
            self.authors[name].add(number)
        self.years.update(int(year) for year in YEAR.findall(f"{unit.title} {unit.text}"))

    def _drop_overlong(self) -> None:
        """陈吉宁以视频方式…: a name with the word after it is no second name."""
        for name in [name for name in self.people if any(name[:size] in self.people for size in range(len(name)))]:
            del self.people[name]

    def _find_all(self, units: Sequence[Unit]) -> None:
        """Tagging finds a name in one sentence and misses it in the next: look for each known name everywhere."""
        role = re.compile("(" + "|".join(zh for zh, _ in ROLES) + ")$")
        for number, unit in enumerate(units):
            for place, name in self.names.apart(unit.text):
                self.people[name].add(number)
                held = role.search(unit.text[max(0, place - 4) : place])
                # "市长陈吉宁" opens a clause; in "首尔市市长吴世勋" the office is another city's.
                if held and not has_han(unit.text[place - len(held.group()) - 1 : place - len(held.group())]):
                    self._roles[held.group()][name] += 1

    def holders(self, role: str) -> list[str]:
        """Whom the corpus names with this office and no place before it, the most often named first."""
        return [name for name, _ in self._roles.get(role, Counter()).most_common()]

    def holder(self, role: str) -> str | None:
        """Who alone the corpus names with this office and no place before it, or far oftener than anybody else."""
        held = self._roles.get(role, Counter()).most_common(2)
        return held[0][0] if held and (len(held) == 1 or held[0][1] >= FAR_OFTENER * held[1][1]) else None

    def by_pinyin(self, letters: str) -> list[str]:
        """Known names that these letters spell, the most often named first."""
        return sorted(self._by_pinyin.get(letters, ()), key=lambda name: (-len(self.people.get(name, ())), name))

    @cached_property
    def _by_blanked(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.everyone:
            for form in _blanked(name):
                found[form].append(name)
        return found

    def near(self, name: str) -> str | None:
        """The one known name that differs from this in a single character: by sound for two characters, else any; None
        where several do that the text tells of."""
        alike = {known for form in _blanked(name) for known in self._by_blanked.get(form, ())} - {name}
        close = [
            known for known in alike if romanise(known) & romanise(name) or (len(name) > 2 and known[0] == name[0])
        ]
        by_sound = [known for known in close if romanise(known) & romanise(name)]
        return self._only_one(by_sound or close)

    def _only_one(self, names: Sequence[str]) -> str | None:
        """The one that the text tells of, or the only one at all."""
        told = [name for name in names if name in self.people] or list(names)
        return told[0] if len(told) == 1 else None

    @cached_property
    def _spelled(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.locals:
            for form in spellings(name):
                found[form.lower()].append(name)
        return found

    def near_pinyin(self, written: str) -> str | None:
        """The one known name whose pinyin, in two words, differs from what is written in a single letter."""
        written = written.lower()
        near = [form for form in self._spelled if form[0] == written[0] and Levenshtein.distance(form, written) == 1]
        long = len(written) >= LEAST_NEAR and written not in self._spelled
        return self._only_one([name for form in near for name in self._spelled[form]]) if long else None


def _blanked(name: str) -> list[str]:
    """A name of two characters or more with each of them left out once: two names share one of these forms where they
    are the same or differ in that character."""
    return [f"{name[:place]}\0{name[place + 1 :]}" for place in range(len(name))] if len(name) > 1 else []


def searchable(unit: Unit) -> str:
    """All of a unit's words in one string: caption, header, section, cells and text; of a plain table's row its
    columns' names too, which are all that says what its figures are."""
    cells = spelled(unit, unit.text) if is_plain(unit) else " ".join(unit.fields.values())
    return " ".join(part for part in (unit.table, unit.title, unit.section, cells, unit.text) if part)
