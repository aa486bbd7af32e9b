"""What may go into a question, and what an application took over already."""

from __future__ import annotations

from collections.abc import Iterable

from qms.awards.domain.offer import Offer
from qms.awards.models import Application, Paragraph, Question, ResultRow


def fitting(kind: str, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Rows of figures for a table of results, texts for a question of text, nothing for other kinds."""
    if kind == Question.Kind.RESULTS:
        return tuple(one for one in offers if one.figures is not None)
    return tuple(one for one in offers if one.figures is None) if kind == Question.Kind.TEXT else ()


def used_keys(application: Application, question: Question | None = None) -> frozenset[str]:
    """The keys of the sources that stand in the application, or in one of its questions."""
    about = {"application": application} | ({"question": question} if question is not None else {})
    return frozenset(
        key
        for model in (Paragraph, ResultRow)
        for key in model._default_manager.filter(**about).exclude(source_key="").values_list("source_key", flat=True)  # type: ignore[attr-defined]  # noqa: SLF001  Django's own name
    )
