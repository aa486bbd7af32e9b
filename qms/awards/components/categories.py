"""What the page of a round shows of its categories, their conditions and their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Self

from django.urls import reverse
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from qms.awards.models import Category, Round, Rule
from qms.awards.queries.rounds import CategoryCount, CategoryRow
from qms.offices.models import Office
from qms.ui.components import Button, DataTable, Facts, Link, Row, Seal, State, Tabs
from qms.ui.components.part import Part

from .building import Moving, moving_of
from .hours import moment_of
from .judging import JudgingText, text_of
from .rounds import Own, own_of


@dataclass(frozen=True)
class RuleItem:
    """One condition: what is asked, what the platform compares, where it is changed."""

    title: str
    lead: str
    compares: str
    edit: str = ""


@dataclass(frozen=True)
class CategoryItem(Part):
    """One category: for whom, its limits, its conditions, what one can do."""

    pk: int
    title: str
    lead: str
    facts: Facts
    rules: tuple[RuleItem, ...]
    form: Button
    judging: JudgingText | None = None
    judge: Button | None = None
    warning: State | None = None
    begin: Button | None = None
    own: Own | None = None
    moving: Moving | None = None
    add_rule: str = ""
    is_folded: bool = False
    template_name: ClassVar[str] = "awards/_category_item.html"

    @classmethod
    def samples(cls) -> tuple[Self, ...]:
        rule = RuleItem("Urząd ma siedzibę w województwie", "", "region: warmińsko-mazurskie")
        facts = Facts((("Ramy", "CAF 2020"), ("Strony", "do 60")))
        shown = cls(1, "Organizacje publiczne", "Dla urzędów.", facts, (rule,), Button("Zobacz formularz", url="#"))
        return (shown, replace(shown, is_folded=True))


def category_items(
    rows: Sequence[CategoryRow], regions: Mapping[str, str], *, changes: bool, is_closed: bool
) -> list[CategoryItem]:
    """The categories in their order; when nobody can apply any more, their conditions are folded away."""
    items = []
    for place, row in enumerate(rows, 1):
        category = row.category
        shown = _("Build the form") if changes else _("See the form")
        begin = Button(_("Begin an application"), url=reverse("awards:begin", args=[category.pk]))
        items.append(
            CategoryItem(
                category.pk,
                category.title,
                category.lead,
                facts_of(row),
                tuple(_rule_item(rule, regions, changes=changes) for rule in row.rules),
                Button(shown, url=reverse("awards:form", args=[category.pk]), kind="secondary", hidden=category.title),
                judging=text_of(category, row.prizes, level=4),
                judge=_judge(category) if changes else None,
                warning=State(_("No question yet"), "late") if changes and not row.questions else None,
                begin=begin if row.can_begin else None,
                own=own_of(row.own) if row.own else None,
                moving=moving_of("category", category.pk, place, len(rows)) if changes else None,
                add_rule=reverse("awards:rule-add", args=[category.pk]) if changes else "",
                is_folded=is_closed and not changes,
            )
        )
    return items


def _judge(category: Category) -> Button:
    address = reverse("awards:judging", args=[category.pk])
    return Button(_("Judging and prizes"), url=address, kind="secondary", hidden=category.title)


def facts_of(row: CategoryRow) -> Facts:
    """Framework and limits of a category."""
    category = row.category
    framework = category.framework.short_in(get_language() or "pl") if category.framework else _("none")
    pages = _("at most %(count)s") % {"count": category.max_pages} if category.max_pages else _("no limit")
    annexes = _("at most %(count)s") % {"count": category.max_annexes}
    return Facts(
        (
            (_("Framework"), framework),
            (pgettext("form", "Questions"), str(row.questions)),
            (_("Pages"), pages),
            (_("Annexes"), annexes),
        )
    )


def compares(rule: Rule, regions: Mapping[str, str]) -> str:
    """What the platform compares for this condition."""
    value = rule.value
    match rule.kind:
        case Rule.Kind.OFFICE_KIND:
            names = dict(Office.Kind.choices)
            kinds = ", ".join(str(names.get(kind, kind)) for kind in value.get("kinds", ()))
            return _("Checked by the platform. Kind of office: %(kinds)s.") % {"kinds": kinds}
        case Rule.Kind.REGION:
            named = ", ".join(regions.get(code, code) for code in value.get("regions", ()))
            return _("Checked by the platform. Region: %(regions)s.") % {"regions": named}
        case Rule.Kind.ASSESSMENT:
            return _assessment_words(value.get("months"))
        case Rule.Kind.STAFF:
            return _staff_words(value.get("least"), value.get("most"))
    return _("The office confirms it.")


def _assessment_words(months: int | None) -> str:
    if not months:
        return _("Checked by the platform. An approved self-assessment.")
    words = ngettext(
        "Checked by the platform. An approved self-assessment, not older than %(count)s month.",
        "Checked by the platform. An approved self-assessment, not older than %(count)s months.",
        months,
    )
    return words % {"count": months}


def _staff_words(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return _("Checked by the platform. Staff: %(least)s to %(most)s.") % {"least": least, "most": most}
    if least is not None:
        return _("Checked by the platform. Staff: at least %(least)s.") % {"least": least}
    return _("Checked by the platform. Staff: at most %(most)s.") % {"most": most}


def _rule_item(rule: Rule, regions: Mapping[str, str], *, changes: bool) -> RuleItem:
    edit = reverse("awards:rule-edit", args=[rule.pk]) if changes else ""
    return RuleItem(rule.title, rule.lead, compares(rule, regions), edit)


def counts_table(counts: Sequence[CategoryCount]) -> DataTable:
    """How many applications there are; no names, no contents."""
    headers = (
        _("Category"),
        pgettext("applications", "Being written"),
        pgettext("applications", "Submitted"),
        pgettext("applications", "Open for correction"),
        pgettext("applications", "Withdrawn"),
    )
    rows = [Row((one.category.title, *map(str, _numbers(one)))) for one in counts]
    if len(counts) > 1:
        sums = [sum(column) for column in zip(*map(_numbers, counts), strict=True)]
        rows.append(Row((pgettext("table", "Together"), *map(str, sums)), own=True))
    return DataTable(_("Applications by category"), headers, tuple(rows), numeric=(1, 2, 3, 4), stack=True)


def _numbers(one: CategoryCount) -> tuple[int, int, int, int]:
    return one.drafts, one.submitted, one.reopened, one.withdrawn


def publish_seal(found: Round) -> Seal:
    """Before a round is announced: what becomes fixed, and who will see it."""
    return Seal(
        _("Announce the round"),
        (
            _("categories, conditions, forms, judging and prizes"),
            _("year, numbers, time zone and opening"),
            _("closing: %(moment)s; it can only be moved to a later time")
            % {"moment": moment_of(found, found.closes_at)},
        ),
        (
            _("everybody who holds a role here"),
            _("the public: calendar, categories and conditions"),
            _("applications: nobody outside their offices before the closing"),
        ),
        reverse("awards:round-publish", args=[found.pk]),
        _("I have checked the calendar, the conditions and the forms"),
        Button(_("Announce the round")),
        ident="announce",
    )


def kind_tabs(chosen: str) -> Tabs:
    """The kinds of conditions."""
    links = (Link(str(label), f"?kind={kind}", current=kind == chosen) for kind, label in Rule.Kind.choices)
    return Tabs(_("Kind of condition"), tuple(links))


def is_changed(found: Round, *, runs: bool) -> bool:
    """Whether the person may change categories now."""
    return runs and found.state == Round.State.DRAFT
