"""Every action of the printed plan with all that it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from qms.improvements.components.money import money, spent_of
from qms.improvements.models import Action, Finding
from qms.pdf.components import Column, Row, Table, Text
from qms.pdf.document import Section
from qms.ui import numbers
from qms.ui.components import Part

from .plan_material import Material, PrintedAction

MOST_IN_CONTENTS = 8
PLACES = 2


def actions_chapter(material: Material) -> Section:
    """The actions by number."""
    listed = len(material.actions) <= MOST_IN_CONTENTS
    return Section(
        _("Actions"),
        tuple(_action(material, action, listed=listed) for action in material.actions),
        label=_("Chapter %(number)s") % {"number": 3},
        number="3",
        ident="actions",
    )


def _action(material: Material, action: PrintedAction, *, listed: bool) -> Section:
    parts: list[Part] = [_facts(material, action)]
    for title, name in ((_("Problem"), "problem"), (_("Expected result"), "expected")):
        if text := action.text(name):
            parts.append(Section(title, (Text((text,)),), in_contents=False))
    parts += filter(None, (_findings(action), _indicators(action), _tasks(action)))
    return Section(f"{action.code}  {action.title}", tuple(parts), in_contents=listed)


def _facts(material: Material, action: PrintedAction) -> Table:
    rows = [Row((name, value)) for name, value in _told(material, action) if value]
    return Table((Column(_("What"), width="middle"), Column(_("Said of the action"))), tuple(rows))


def _told(material: Material, action: PrintedAction) -> Iterable[tuple[str, Any]]:
    weighing, row = action.weighing, action.standing
    yield _("Owner"), _joined(action.owner or _("nobody yet"), action.text("unit"))
    yield _("Helpers"), _joined(*(action.content.get("helpers") or ()))
    yield _("From – to"), f"{numbers.day(action.day('start_on'))} – {numbers.day(action.day('due_on'))}"
    yield _("Budget"), _budget(material, action)
    yield (
        _("Kind, for whom"),
        _joined(
            _choice(Action.Kind.choices, action.text("kind")), _choice(Action.Client.choices, action.text("client"))
        ),
    )
    yield (
        _("Importance, feasibility"),
        "; ".join(
            (
                _judged(weighing.importance, (weighing.stakeholders, weighing.results, weighing.visibility)),
                _judged(weighing.feasibility, (weighing.difficulty, weighing.resources, weighing.speed)),
            )
        ),
    )
    yield _("Priority"), _priority(action)
    yield _("Filed under"), _joined(*dict.fromkeys(node for _framework, node in action.content.get("nodes") or ()))
    if row is not None:
        verdict = row.effect.get_verdict_display() if row.effect else ""
        yield _("Status"), _joined(row.action.get_status_display(), numbers.share(row.action.progress), verdict)


def _joined(*words: str) -> str:
    return ", ".join(str(word) for word in words if word)


def _budget(material: Material, action: PrintedAction) -> str:
    """What it may cost, and where it stands what it has cost."""
    row = action.standing
    if row is not None:
        return spent_of(row.action.spent, action.budget, material.currency)
    return "" if action.budget is None else money(action.budget, material.currency)


def _choice(choices: Iterable[tuple[str, Any]], value: str) -> str:
    return str(dict(choices).get(value, value))


def _judged(mean: Decimal | None, judgements: tuple[int | None, ...]) -> str:
    if mean is None:
        return _("not judged in full yet")
    return _("%(mean)s (mean of %(judgements)s)") % {
        "mean": numbers.figure(mean, 1),
        "judgements": ", ".join(str(one) for one in judgements),
    }


def _priority(action: PrintedAction) -> str:
    priority = action.weighing.priority
    if priority is None:
        return ""
    said = _("%(priority)s of 25") % {"priority": numbers.figure(priority, 1)}
    return f"{said}, {_('quick win')}" if action.quick else said


def _findings(action: PrintedAction) -> Part | None:
    if not action.findings:
        return Text((_("The action answers no finding."),))
    columns = (Column(_("Finding, and where it comes from")), Column(_("Score"), is_number=True))
    rows = tuple(Row((_finding(finding), _figure(finding.get("score")))) for finding in action.findings)
    return Table(columns, rows, _("Findings that it answers"))


def _finding(finding: Mapping[str, Any]) -> str:
    """Its subcriterion and words, then the instrument that told it."""
    told = " ".join(filter(None, (str(finding.get("node") or ""), str(finding["title"]))))
    source = _joined(_choice(Finding.Source.choices, str(finding["source"])), str(finding.get("instrument") or ""))
    return _("%(finding)s (%(source)s)") % {"finding": told, "source": source}


def _indicators(action: PrintedAction) -> Part | None:
    indicators = action.content.get("indicators") or ()
    if not indicators:
        return None
    columns = (
        Column(_("Indicator")),
        Column(_("Unit of measure"), width="middle"),
        Column(_("Baseline"), is_number=True),
        Column(_("Target"), is_number=True),
    )
    rows = tuple(
        Row((str(one["title"]), str(one.get("unit") or ""), _figure(one.get("baseline")), _figure(one.get("target"))))
        for one in indicators
    )
    return Table(columns, rows, _("Measured by"))


def _tasks(action: PrintedAction) -> Part | None:
    tasks = action.content.get("tasks") or ()
    if not tasks:
        return None
    columns = (Column(_("Task")), Column(_("Who"), width="large"), Column(_("Due"), width="small"))
    rows = tuple(
        Row((str(task["title"]), str(task.get("person") or ""), numbers.day(_day(task.get("due_on")))))
        for task in tasks
    )
    return Table(columns, rows, _("Tasks"))


def _day(value: Any) -> Any:
    return PrintedAction({"day": value}).day("day")


def _figure(value: Any) -> str:
    """A number with the decimal places that it has, two at most."""
    if value is None:
        return numbers.figure(None)
    exact = Decimal(str(value))
    exponent = exact.normalize().as_tuple().exponent
    return numbers.figure(exact, min(max(-exponent, 0), PLACES) if isinstance(exponent, int) else 0)
