"""What several pages of external feedback share: the row, the way here, the items of a questionnaire."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from qms.frameworks.domain.framework import text
from qms.improvements.components.feedback import (
    ItemBlock,
    LevelPick,
    StepBlock,
    Voice,
    level_title,
)
from qms.improvements.domain.feedback import Item, Pillar, Scheme
from qms.improvements.forms.feedback import PillarForm
from qms.improvements.models import Feedback, FeedbackAnswer
from qms.ui.components import Crumbs, Field, Link, Part, Tabs

Voices = Callable[[Item], tuple[Part, ...]]


def rows() -> QuerySet[Feedback]:
    """Feedbacks with what every page of theirs names."""
    return Feedback.objects.select_related("office", "scheme", "assessment__edition", "plan", "decided_by")


def language() -> str:
    """The reader's language."""
    return (get_language() or "en")[:2]


def crumbs_to(feedback: Feedback, here: str = "") -> Crumbs:
    """The way from the list to the page."""
    first = Link(_("External feedback"), reverse("improvements:feedback-list"))
    if not here:
        return Crumbs((first, Link(feedback.office.short_name, "")))
    page = reverse("improvements:feedback-detail", args=[feedback.pk])
    return Crumbs((first, Link(feedback.office.short_name, page), Link(here, "")))


def pillar_or_404(scheme: Scheme, number: int) -> Pillar:
    """The questionnaire of that number."""
    pillar = scheme.pillar(str(number))
    if pillar is None:
        raise Http404
    return pillar


def pillar_tabs(feedback: Feedback, scheme: Scheme, route: str, current: Pillar, counts: dict[str, str]) -> Tabs:
    """The questionnaires side by side, each with how far it is."""
    return Tabs(
        _("Questionnaires"),
        tuple(
            Link(
                _("Questionnaire %(number)s") % {"number": pillar.identifier},
                reverse(route, args=[feedback.pk, int(pillar.identifier)]),
                current=pillar == current,
                count=counts.get(pillar.identifier, ""),
                title=text(pillar.titles, language()),
            )
            for pillar in scheme.pillars
        ),
    )


def counted(scheme: Scheme, missing: tuple[str, ...]) -> dict[str, str]:
    """By pillar: how many items are done, of how many."""
    open_items = set(missing)
    counts = {}
    for pillar in scheme.pillars:
        done = sum(item.identifier not in open_items for item in pillar.items)
        counts[pillar.identifier] = f"{done}/{len(pillar.items)}"
    return counts


def next_pillar(scheme: Scheme, pillar: Pillar) -> Pillar | None:
    """The questionnaire after this one."""
    at = scheme.pillars.index(pillar) + 1
    return scheme.pillars[at] if at < len(scheme.pillars) else None


def step_blocks(
    pillar: Pillar, form: PillarForm | None, voices: Voices, missing: tuple[str, ...] = ()
) -> list[StepBlock]:
    """The steps of a questionnaire, each item with what was said on it and the fields to fill."""
    open_items = frozenset(missing)
    return [
        StepBlock(
            step.identifier,
            text(step.titles, language()),
            tuple(
                item_block(pillar, item, form, voices(item), is_open=item.identifier in open_items)
                for item in step.items
            ),
            single=step.is_single,
        )
        for step in pillar.steps
    ]


def item_block(
    pillar: Pillar, item: Item, form: PillarForm | None, voices: tuple[Part, ...], *, is_open: bool
) -> ItemBlock:
    """One item; without a form it is only read."""
    words = {
        "identifier": item.identifier,
        "title": text(item.titles, language()),
        "guidance": text(item.guidance, language()),
        "voices": voices,
    }
    if form is None:
        return ItemBlock(**words)  # type: ignore[arg-type]
    pick = LevelPick(form[form.name("level", item)], pillar.described(item), language(), described=bool(item.levels))
    fields = tuple(Field(form[form.name(each[0], item)]) for each in form.words)
    state = pgettext("item of a questionnaire", "open") if is_open else ""
    return ItemBlock(**words, pick=pick, fields=fields, open_state=state)  # type: ignore[arg-type]


def own_voice(pillar: Pillar, answer: FeedbackAnswer | None) -> tuple[Part, ...]:
    """What the applicant said on an item."""
    level = answer.level if answer else None
    return (
        Voice(
            _("The office:"),
            level,
            level_title(pillar, level, language()),
            answer.text if answer else "",
            answer.evidence if answer else "",
            "own",
        ),
    )
