"""What is asked of the library: words, choices, order, page; read from an address and written into one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from qms.goodpractices.domain.facets import ABOVE, COST, COSTS, FACETS, HOURS, WORK

PROVEN, NEWEST, WORDS, ADOPTED = SORTS = ("proven", "newest", "words", "adopted")
LONGEST_WORDS = 200
MOST_CHOICES = 60
BANDS = {facet: (*(name for name, _most in bands), ABOVE) for facet, bands in ((COST, COSTS), (HOURS, WORK))}

Known = Mapping[str, Collection[str]]


@dataclass(frozen=True, slots=True)
class PracticeQuery:
    """One question to the library of one language; what it does not know was left out and is named."""

    language: str
    words: str = ""
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = PROVEN
    page: int = 1
    ignored: tuple[str, ...] = ()

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than everything."""
        return bool(self.words or any(self.choices.values()))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Its parameters in a fixed order, without the page: the same question has the same address."""
        asked = [("q", self.words)] if self.words else []
        asked += [(facet, value) for facet in FACETS for value in sorted(self.choices.get(facet, ()))]
        return tuple(asked if self.sort == PROVEN else [*asked, ("sort", self.sort)])

    @property
    def address(self) -> str:
        """Its parameters as they stand in an address, without the question mark."""
        return urlencode(self.pairs)

    def without(self, facet: str = "", value: str = "") -> PracticeQuery:
        """The same question without this choice; without its words where no facet is named."""
        if not facet:
            return PracticeQuery(self.language, "", self.choices, self.sort)
        kept = {**self.choices, facet: self.choices.get(facet, frozenset()) - {value}}
        return PracticeQuery(self.language, self.words, kept, self.sort)


def query_of(asked: Mapping[str, Sequence[str]], *, language: str, known: Known) -> PracticeQuery:
    """The question that an address holds; values that the library does not know are left out and named."""
    words = " ".join(_last(asked, "q").replace("\x00", " ").split())[:LONGEST_WORDS].strip()
    choices, ignored = {}, []
    for facet in FACETS:
        given = list(dict.fromkeys(value for value in asked.get(facet, ()) if value))[:MOST_CHOICES]
        choices[facet] = frozenset(value for value in given if value in known.get(facet, ()))
        ignored += [value for value in given if value not in choices[facet]]
    sort, page = _last(asked, "sort"), _last(asked, "page")
    if sort and sort not in SORTS:
        ignored.append(sort)
    if page and _number(page) is None:
        ignored.append(page)
    return PracticeQuery(
        language, words, choices, sort if sort in SORTS else PROVEN, _number(page) or 1, tuple(_shortened(ignored))
    )


def _last(asked: Mapping[str, Sequence[str]], name: str) -> str:
    values = asked.get(name) or [""]
    return values[-1]


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 6 and int(text) > 0 else None


def _shortened(values: Iterable[str]) -> Iterable[str]:
    return (value[:40] for value in list(values)[:5])
