"""Why something is proposed, in words: made from the parts of the fit when the page is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext

from qms.goodpractices.domain.results import digits_of
from qms.goodpractices.models import PracticeClients, PracticePage
from qms.offices.models import Office
from qms.ui import numbers

if TYPE_CHECKING:
    from qms.goodpractices.models import PracticeResult

Effect = PracticePage.Effect
ALIKE = Decimal("0.67")  # of two sizes the smaller is at least that share of the larger
DIGITS = 2


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of the fit: what it stands for, and how much of 1 it is."""

    name: str
    value: str


def reasons_of(because: Mapping[str, Any], practice: PracticePage, *, shows_score: bool) -> str:
    """The sentences under “Why we propose it”; the host's score only where its office shows it by name now."""
    return " ".join(_reasons(because, practice, shows_score=shows_score))


def _reasons(because: Mapping[str, Any], practice: PracticePage, *, shows_score: bool) -> Iterator[str]:
    if beside := because.get("beside"):
        yield gettext("It belongs to the neighbouring subcriterion %(node)s.") % {"node": beside}
    if because.get("is_foreign"):
        yield gettext("Nobody has written it in your office's language yet.")
    yield _effect(because.get("effect", ""), practice)
    if shows_score and because.get("host_score") is not None:
        score = numbers.figure(because["host_score"])
        yield gettext("The office itself has a score of %(score)s here.") % {"score": score}
    yield from _adopted(because)
    yield from _alike(because)
    if words := because.get("words"):
        yield gettext("Like your report, it speaks of: %(words)s.") % {"words": ", ".join(words)}


def _effect(effect: str, practice: PracticePage) -> str:
    if effect not in (Effect.PROVEN, Effect.TOLD):
        return gettext("Its effect has not been measured yet.")
    told = figures_of(practice.results.all())
    if effect == Effect.PROVEN:
        said = gettext("Its effect is proven by measurement: %(figures)s.")
        return said % {"figures": told} if told else gettext("Its effect is proven by measurement.")
    said = gettext("The office gives its own figures: %(figures)s.")
    return said % {"figures": told} if told else gettext("The office gives its own figures of the effect.")


def figures_of(results: Iterable[PracticeResult]) -> str:
    """The first indicator that has a value before and after, in words; nothing where there is none."""
    ordered = sorted(results, key=lambda each: each.sort_order)
    first = next((each for each in ordered if each.before is not None and each.after is not None), None)
    if first is None:
        return ""
    digits = digits_of((first.before, first.after))
    facts = {
        "indicator": first.title,
        "before": numbers.figure(first.before, digits),
        "after": " ".join(filter(None, (numbers.figure(first.after, digits), first.unit))),
    }
    return gettext("%(indicator)s, from %(before)s to %(after)s") % facts


def adopted_words(facts: Mapping[str, Any]) -> str:
    """By how many offices it was taken over and how many of those that measured improved; nothing where by none."""
    adopted, measured = facts.get("adopted", 0), facts.get("measured", 0)
    if not adopted:
        return ""
    said = ngettext("%(count)s other office took it over", "%(count)s other offices took it over", adopted)
    said %= {"count": adopted}
    if not measured:
        return gettext("%(offices)s; its effect there has not been measured yet.") % {"offices": said}
    told = gettext("%(offices)s; it improved in %(improved)s of %(measured)s that measured.")
    return told % {"offices": said, "improved": facts.get("improved", 0), "measured": measured}


def _adopted(because: Mapping[str, Any]) -> Iterator[str]:
    if said := adopted_words(because):
        yield said


def _alike(because: Mapping[str, Any]) -> Iterator[str]:
    if because.get("same_kind"):
        kind = dict(Office.Kind.choices).get(because.get("kind", ""), "")
        yield (
            gettext("It is the same kind of office as yours: %(kind)s.") % {"kind": kind}
            if kind
            else gettext("It is the same kind of office as yours.")
        )
    own, host = because.get("staff") or (None, None)
    if own and host and min(own, host) >= ALIKE * max(own, host):
        facts = {"host": numbers.figure(host), "own": numbers.figure(own)}
        yield gettext("It is of similar size: %(host)s people work there, %(own)s in your office.") % facts
    if groups := because.get("clients"):
        names = dict(PracticeClients.Group.choices)
        named = ", ".join(str(names.get(group, group)) for group in groups)
        yield gettext("It is for the same people as your work: %(clients)s.") % {"clients": named}


def factors_of(fit: Mapping[str, Any]) -> tuple[Factor, ...]:
    """The five factors with their product, as anybody can reckon it again."""
    names = {
        "need": gettext("How much you still lack here"),
        "strength": gettext("How sure the effect is"),
        "similarity": gettext("How alike the offices are"),
        "willingness": gettext("Whether one can visit or ask"),
        "load": gettext("How many visits the host still has free"),
        "total": gettext("The fit: all of these multiplied"),
    }
    return tuple(Factor(name, numbers.figure(fit[key], DIGITS)) for key, name in names.items() if key in fit)
