"""What the group of an example assessment agreed on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from qms.assessments import services
from qms.assessments.models import Assessment, Entry, Member
from qms.demo.domain.scores import marks_of
from qms.demo.domain.stories import Story
from qms.demo.services.assessment_cases import Case
from qms.demo.services.assessment_sheets import codes_of


def settle_nodes(case: Case, assessment: Assessment, members: Sequence[Member]) -> None:
    """The group meets and agrees node by node, as far as its story goes."""
    talk = case.calendar.talk
    with case.as_of(talk):
        services.start_consensus(assessment, by=case.chair, at=talk)
    written = _written(assessment)
    moment = talk + dt.timedelta(hours=1)
    with case.as_of(moment):
        for step, (node, story) in enumerate(case.stories.items()):
            if story.agreed is not None:
                draft = _agreement(case, assessment, node, written, members)
                at = moment + dt.timedelta(minutes=7 * step)
                services.settle_node(assessment, node, draft=draft, version=0, by=case.chair, at=at)


def _written(assessment: Assessment) -> dict[tuple[str, str, str], int]:
    entries = Entry.objects.filter(sheet__member__assessment=assessment)
    return {(node, kind, text): pk for node, kind, text, pk in entries.values_list("node", "kind", "text", "pk")}


def _agreement(
    case: Case,
    assessment: Assessment,
    node: str,
    written: Mapping[tuple[str, str, str], int],
    members: Sequence[Member],
) -> services.AgreementDraft:
    story = case.stories[node]
    return services.AgreementDraft(
        marks=_agreed_marks(case, assessment, node),
        reason=story.reason,
        dissent=story.dissent,
        dissenters=tuple(members[place - 1].pk for place in story.dissenters),
        entries=tuple(
            services.AgreedEntryDraft(
                kind=kind,
                text=text,
                sources=tuple(pk for pk in (written.get((node, kind, text)),) if pk),
                evidence=tuple(case.evidence[at - 1].pk for at in shown),
            )
            for kind, (text, shown) in _lines(story)
        ),
    )


def _agreed_marks(case: Case, assessment: Assessment, node: str) -> dict[str, object]:
    agreed = case.stories[node].agreed
    if isinstance(agreed, tuple):
        return dict(zip(codes_of(assessment, node), agreed, strict=True))
    if agreed is None or case.plan["until"] == "consensus":
        return {"score": agreed}  # this group agrees one number for each subcriterion
    return dict(marks_of(agreed, codes_of(assessment, node), case.chance(node, "agreed")))


def _lines(story: Story) -> Iterator[tuple[str, tuple[str, tuple[int, ...]]]]:
    yield from (("strength", line) for line in story.strengths)
    yield from (("area", line) for line in story.areas)
    if story.suggestion:
        yield "suggestion", (story.suggestion, ())
