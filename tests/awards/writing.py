"""What tests of writing share: an application with a form, and a page as a browser sends it."""

from django.urls import reverse

from qms.awards.domain.writing import ROW_FIGURES, ROW_TEXTS, Read
from qms.awards.models import Answer, Paragraph, Question, ResultRow
from qms.awards.queries.content import cells_of


def address(application, section, name="section"):
    return reverse(f"awards:{name}", args=[application.pk, section.pk])


def page_of(application, section, **more):
    """What a browser sends back when nothing was typed."""
    sent = {"piece": []}
    mine = {"application": application, "question__section": section}
    written = Paragraph.objects.filter(**mine).order_by("position")
    measured = ResultRow.objects.filter(**mine).order_by("position")
    for row in [*written, *measured]:
        sent["piece"].append(f"{row.question_id}:{row.key}")
        content = row.text if isinstance(row, Paragraph) else cells_of(row)
        sent[f"{row.key}-read"] = str(Read.of(row.version, content))
        if isinstance(row, Paragraph):
            sent[f"{row.key}-text"] = row.text
        else:
            sent |= {f"{row.key}-{name}": content[name] or "" for name in (*ROW_TEXTS, "year", *ROW_FIGURES)}
    stored = {one.question_id: one for one in Answer.objects.filter(application=application)}
    for question in Question.objects.filter(section=section, kind__in=("number", "choice", "choices", "consent")):
        row = stored.get(question.pk)
        value = row.value if row else {}
        sent[f"answer-{question.pk}-read"] = str(Read.of(row.version if row else 0, value))
        given = value.get("number") or value.get("chosen") or value.get("agreed")
        if given:
            sent[f"answer-{question.pk}-value"] = given
    return sent | more


def with_new(page, question, key, **fields):
    """The same page with something typed into the room for a new piece."""
    typed = {f"{key}-{name}": value for name, value in fields.items()}
    return page | {"piece": [*page["piece"], f"{question.pk}:{key}"], f"{key}-read": "0:"} | typed
