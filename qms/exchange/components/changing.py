"""What a change of consent does: what is different at once, what with the next build, what stays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qms.assessments.models import Assessment
from qms.exchange.queries.consent import Sharing
from qms.ui.components import Link, Part

Consent = Assessment.Consent
ORDER = (Consent.NOTHING, Consent.ANONYMOUS, Consent.NAMED)


@dataclass(frozen=True, slots=True)
class Effects:
    """The three lists of what a change does."""

    at_once: tuple[Part | str, ...]
    next_build: tuple[Part | str, ...]
    stays: tuple[Part | str, ...]


def takes_away(was: str, now: str) -> bool:
    """Whether others see less afterwards."""
    return ORDER.index(Consent(now)) < ORDER.index(Consent(was))


def effects_of(sharing: Sharing, consent: str, *, under_way: bool) -> Effects:
    """What sharing this instead of what is shared now does."""
    if takes_away(sharing.consent, consent):
        return Effects(
            tuple(_gone_at_once(sharing, consent)),
            tuple(_gone_with_next(sharing, consent, under_way=under_way)),
            tuple(_stays(consent)),
        )
    return Effects(
        tuple(_back_at_once(sharing)), tuple(_comes_with_next(consent, under_way=under_way)), tuple(_stays(consent))
    )


def _gone_at_once(sharing: Sharing, consent: str) -> Iterator[Part | str]:
    if sharing.consent == Consent.NAMED:
        yield from _names_gone(sharing)
    if consent != Consent.NOTHING:
        return
    if sharing.distributions:
        yield _(
            "The distributions of the scores of %(nodes)s disappear for everybody: your scores count in them, so they "
            "cannot stay as they are."
        ) % {"nodes": ", ".join(sharing.distributions)}
    if sharing.counts_in_median:
        yield _("The medians beside other offices' own results are reckoned without you.")
    for practice in sharing.in_library:
        words = _("The practice “%(practice)s” leaves the library: it was drafted from a strength of it.")
        yield Link(words % {"practice": practice.title}, practice.get_url() or "")


def _names_gone(sharing: Sharing) -> Iterator[Part | str]:
    for place in sharing.named.themes:
        yield Link(_("Your name and your score leave the page “%(theme)s”.") % {"theme": place.title}, place.url)
    if sharing.named.offices:
        yield ngettext(
            "Your name and your score leave the page for %(count)s office to which a practice of yours is proposed.",
            "Your name and your score leave the pages for %(count)s offices to which a practice of yours is proposed.",
            sharing.named.offices,
        ) % {"count": sharing.named.offices}
    if not sharing.named.pages:
        yield _("Your name stands on no page at the moment; from now on it cannot appear on one.")


def _gone_with_next(sharing: Sharing, consent: str, *, under_way: bool) -> Iterator[Part | str]:
    if not under_way:
        return
    if consent == Consent.NOTHING and sharing.distributions:
        yield _(
            "Distributions without you appear only once so many offices differ from before that nobody can reckon out "
            "your score."
        )
    yield _("What was proposed to others with your score as a reason is chosen anew.")


def _back_at_once(sharing: Sharing) -> Iterator[Part | str]:
    if sharing.consent == Consent.NOTHING and sharing.withheld:
        yield ngettext(
            "%(count)s practice drafted from its strengths comes back into the library.",
            "%(count)s practices drafted from its strengths come back into the library.",
            len(sharing.withheld),
        ) % {"count": len(sharing.withheld)}
    if sharing.consent == Consent.NOTHING and not sharing.assessment.unit:
        yield _("Your scores count in the medians beside other offices' own results, once five offices share theirs.")


def _comes_with_next(consent: str, *, under_way: bool) -> Iterator[Part | str]:
    if not under_way:
        yield _("No edition of experience sharing is under way; your figures appear when one opens.")
        return
    yield _("Your scores count in the distributions, without your name.")
    if consent == Consent.NAMED:
        yield _("Where your score is in the upper quarter, your name and the score stand on the theme's page.")
        yield _("When a practice of yours is proposed to an office, your score may stand there as a reason.")


def _stays(consent: str) -> Iterator[Part | str]:
    yield _("Your own results, your report and your plan, and what your coordinators see of them.")
    yield _("What you told others yourselves: practices you wrote, visits you offer, answers you gave.")
    if consent == Consent.NOTHING:
        yield _("Copies that others printed or saved before today; nobody can call those back.")
