"""What an organiser writes on the form of a category: sections and questions, by hand or from a framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from qms.frameworks.domain.framework import Framework, Node

Texts = Mapping[str, str]
TEXT, RESULTS, CHOICE, CHOICES, NUMBER = "text", "results", "choice", "choices", "number"
RESULTS_GROUP = "results"
CHARACTERS_OF_AN_ANSWER = 3600  # two standard pages
MEASURED = {"en": "Measured results", "pl": "Zmierzone wyniki", "ru": "Измеренные результаты"}
HOW_MEASURED = {
    "en": "One row for each indicator: three years, the target, a comparison with others, the evidence.",
    "pl": "Jeden wiersz na każdy wskaźnik: trzy lata, cel, porównanie z innymi, dowód.",
    "ru": "Одна строка на каждый показатель: три года, цель, сравнение с другими, подтверждение.",
}


@dataclass(frozen=True)
class Option:
    """One answer that can be chosen."""

    code: str
    titles: Texts


@dataclass(frozen=True)
class QuestionDraft:
    """A question as it stands on its form; without a code it gets a number."""

    titles: Texts
    kind: str = TEXT
    leads: Texts = field(default_factory=dict)
    code: str = ""
    is_required: bool = True
    max_characters: int | None = None
    unit: str = ""
    options: tuple[Option, ...] = ()
    node: str = ""


@dataclass(frozen=True)
class SectionDraft:
    """A section as it stands on its form; without a code it gets a number."""

    titles: Texts
    leads: Texts = field(default_factory=dict)
    code: str = ""
    node: str = ""
    weight: Decimal = Decimal(1)
    max_pages: Decimal | None = None
    is_scored: bool = True
    questions: tuple[QuestionDraft, ...] = ()


def sections_of(
    framework: Framework, *, max_characters: int | None = CHARACTERS_OF_AN_ANSWER, max_pages: Decimal | None = None
) -> tuple[SectionDraft, ...]:
    """A section for each criterion, a text for each subcriterion, and a table where results are told."""
    return tuple(
        SectionDraft(
            titles=criterion.titles,
            leads=criterion.about,
            code=code_of(criterion.identifier),
            node=criterion.identifier,
            weight=weight_of(criterion),
            max_pages=max_pages,
            questions=tuple(_questions(criterion, max_characters)),
        )
        for criterion in framework.criteria
    )


def code_of(identifier: str) -> str:
    """The identifier of a criterion as a code: small letters, digits, points and hyphens."""
    small = (sign if sign.isascii() and (sign.isalnum() or sign in ".-") else "-" for sign in identifier.lower())
    return "".join(small).strip(".-")


def said_code(code: str) -> str:
    """The code where people read it: a number as it is; a mere word is for machines and left out."""
    return code if code[:1].isdigit() and not code.endswith("-results") else ""


def named(code: str, title: str) -> str:
    """A section as people call it: its number, where it has one, and its title."""
    return f"{said_code(code)} {title}".strip()


def weight_of(criterion: Node) -> Decimal:
    """The criterion's share in its framework, to two places."""
    return (Decimal(criterion.share.numerator) / criterion.share.denominator).quantize(Decimal("0.01"))


def coded(options: Sequence[Option], earlier: Sequence[Option] = ()) -> tuple[Option, ...]:
    """The options with codes: one that was there under one of these titles keeps its code, others get free numbers."""
    known = {(language, said): one.code for one in earlier for language, said in one.titles.items()}
    taken = frozenset(one.code for one in earlier)
    result: list[Option] = []
    for option in options:
        codes = (known.get(title, "") for title in option.titles.items())
        kept = next((code for code in codes if code and code not in {one.code for one in result}), "")
        code = kept or free_code("", taken | {one.code for one in result})
        result.append(replace(option, code=code))
    return tuple(result)


def free_code(wanted: str, taken: frozenset[str]) -> str:
    """The wanted code, or else the next free number."""
    if wanted and wanted not in taken:
        return wanted
    numbers = (str(number) for number in range(len(taken) + 1, 2 * len(taken) + 3))
    return next(number for number in numbers if number not in taken)


def _questions(criterion: Node, max_characters: int | None) -> Iterator[QuestionDraft]:
    for node in (one for one in criterion.walk() if one.is_scored):
        yield QuestionDraft(
            titles=node.titles,
            leads=node.guidance,
            code=code_of(node.identifier),
            max_characters=max_characters,
            node=node.identifier,
        )
    if criterion.group == RESULTS_GROUP:
        code = f"{code_of(criterion.identifier)}-results"
        yield QuestionDraft(MEASURED, RESULTS, HOW_MEASURED, code=code, node=criterion.identifier)
