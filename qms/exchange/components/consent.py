"""The three choices of sharing, each with what others see, and one self-assessment with what holds for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar, Self

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from qms.assessments.models import Assessment
from qms.exchange.components.example import Example, example_for
from qms.exchange.models import Release
from qms.exchange.queries.consent import Decision, Sharing
from qms.ui.components import Link, Part, State
from qms.ui.components.part import StateKind
from qms.ui.numbers import day, moment

Consent = Assessment.Consent
KINDS: dict[str, StateKind] = {Consent.NOTHING: "", Consent.ANONYMOUS: "going", Consent.NAMED: "done"}


def word_of(consent: str) -> str:
    """The choice in one or two words."""
    return {
        Consent.NOTHING: pgettext("consent", "Nothing"),
        Consent.ANONYMOUS: pgettext("consent", "Without our name"),
        Consent.NAMED: pgettext("consent", "By name"),
    }[Consent(consent)]


def meaning_of(consent: str) -> str:
    """What the choice means, in two sentences."""
    return {
        Consent.NOTHING: _(
            "Other offices learn nothing of this self-assessment. Your scores count in no figure that others see."
        ),
        Consent.ANONYMOUS: _(
            "Your scores count in figures over at least five offices. Nobody can tell which of them is yours."
        ),
        Consent.NAMED: _(
            "Your scores count in the same figures. Besides, where you are among the strongest, others read your name "
            "with your score, so that they can ask you; and your score may stand beside a practice of yours that is "
            "proposed to them."
        ),
    }[Consent(consent)]


@dataclass(frozen=True)
class ChoiceMeant(Part):
    """One of the three choices: its word, what it means, and exactly what others see."""

    title: str
    text: str
    example: Example
    template_name: ClassVar[str] = "exchange/_choice.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        return tuple(cls("Bez nazwy", "Państwa oceny liczą się w wykresach.", one) for one in Example.samples())


def choices_meant(sharing: Sharing, release: Release | None) -> tuple[ChoiceMeant, ...]:
    """The three choices, shown with the office's own strongest subcriterion."""
    return tuple(ChoiceMeant(word_of(one), meaning_of(one), example_for(one, sharing, release)) for one in Consent)


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in the form."""

    value: str
    label: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class SharedAssessment(Part):
    """One self-assessment: what is shared, who decided, where it stands now, and the way to change it."""

    pk: int
    title: str
    url: str
    facts: str
    state: State
    decided: str
    shown: tuple[Part | str, ...]
    remark: str
    options: tuple[Option, ...]
    decisions: tuple[str, ...]
    template_name: ClassVar[str] = "exchange/_shared_assessment.html"

    @property
    def change_url(self) -> str:
        """Where the choice is read once more and confirmed."""
        return reverse("exchange:consent-change", args=[self.pk])

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        options = tuple(Option(one, str(one.label), "", one == Consent.ANONYMOUS) for one in Consent)
        return (
            cls(
                1,
                "Samoocena 2026",
                "#",
                "CAF 2020, zatwierdzona 12 maja 2026",
                State("Bez naszej nazwy", "going"),
                "Wybrano 12 maja 2026.",
                ("mediana na stronach innych urzędów",),
                "",
                options,
                ("12 maja 2026: Nic → Bez naszej nazwy",),
            ),
        )


def shared_assessment(sharing: Sharing) -> SharedAssessment:
    """The self-assessment as the page of consent shows it."""
    assessment = sharing.assessment
    return SharedAssessment(
        assessment.pk,
        assessment.title,
        reverse("assessments:results", args=[assessment.pk]),
        ", ".join(_facts(sharing)),
        State(word_of(sharing.consent), KINDS[sharing.consent]),
        decided_line(sharing.decisions),
        tuple(shown_now(sharing)),
        _remark(sharing),
        tuple(Option(one, word_of(one), _hint(one), one == sharing.consent) for one in Consent),
        tuple(decision_line(one) for one in sharing.decisions),
    )


def _facts(sharing: Sharing) -> Iterator[str]:
    yield sharing.framework
    if sharing.assessment.unit:
        yield sharing.assessment.unit
    yield _("approved on %(day)s") % {"day": day(sharing.assessment.approved_at)}


def _hint(consent: str) -> str:
    return {
        Consent.NOTHING: _("Others learn nothing of it."),
        Consent.ANONYMOUS: _("Your scores count in figures over at least five offices."),
        Consent.NAMED: _("Besides, where you are strong, others read your name and your score."),
    }[Consent(consent)]


def decided_line(decisions: Iterable[Decision]) -> str:
    """Who decided when what holds now."""
    for decision in decisions:
        return _("Decided on %(moment)s by %(who)s.") % {"moment": moment(decision.at), "who": decision.who or "–"}
    return _("Chosen when the self-assessment was prepared, and not changed since it was approved.")


def decision_line(decision: Decision) -> str:
    """One decision, for the list of all of them."""
    return _("%(moment)s, %(who)s: “%(now)s” instead of “%(was)s”") % {
        "moment": moment(decision.at),
        "who": decision.who or "–",
        "now": word_of(decision.now),
        "was": word_of(decision.was),
    }


def _remark(sharing: Sharing) -> str:
    if sharing.assessment.unit:
        return _(
            "It looked at one unit. Figures of units stand on no page of other offices, whatever you choose; "
            "the choice only holds for practices drafted from its strengths."
        )
    if sharing.counts_in_median or sharing.consent == Consent.NOTHING:
        return ""
    return _("There is a newer one of your whole office. This one serves only as the earlier figure beside it.")


def shown_now(sharing: Sharing) -> Iterator[Part | str]:
    """Where others see something of the self-assessment at this moment."""
    for place in sharing.named.themes:
        yield Link(_("by name on the page “%(theme)s”") % {"theme": place.title}, place.url)
    if sharing.named.offices:
        yield on_office_pages(sharing.named.offices)
    if sharing.distributions:
        yield in_distributions(sharing.distributions)
    if sharing.counts_in_median:
        yield _("without a name, in the median beside other offices' own results, once five offices share theirs")
    for practice in sharing.in_library:
        words = _("in the library, as the practice “%(practice)s”") % {"practice": practice.title}
        yield Link(words, practice.get_url() or "")


def on_office_pages(count: int) -> str:
    """On how many pages for other offices the score stands by name."""
    return ngettext(
        "by name on the page for %(count)s other office to which a practice of yours is proposed",
        "by name on the pages for %(count)s other offices to which a practice of yours is proposed",
        count,
    ) % {"count": count}


def in_distributions(nodes: tuple[str, ...]) -> str:
    """In the distributions of which subcriteria the scores count."""
    return ngettext(
        "without a name, in the distribution of the scores of %(nodes)s",
        "without a name, in the distributions of the scores of %(nodes)s",
        len(nodes),
    ) % {"nodes": ", ".join(nodes)}
