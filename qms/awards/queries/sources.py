"""What the platform already knows about a node of the framework, offered to an application."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import override

from qms.awards.domain.offer import Offer
from qms.awards.models import Application
from qms.frameworks.domain.framework import Framework

from .offering.filed import Filed, places_of
from .offering.plans import plan_offers
from .offering.practices import practice_offers
from .offering.reports import report_offers

ORDER = ("strength", "score", "action", "effect", "practice")


@dataclass(frozen=True)
class Sources:
    """All that is offered to one application, by the nodes of its framework."""

    tree: Framework | None
    filed: tuple[Filed, ...]

    def under(self, node: str) -> tuple[Offer, ...]:
        """What belongs to this node and those below it; everything for no node, nothing for an unknown one."""
        if not node:
            return self.everything()
        if self.tree is None or not self.tree.has_node(node):
            return ()
        wanted = places_of(self.tree, self.tree.node(node))
        return tuple(one.offer for one in self.filed if wanted & one.places)

    def everything(self) -> tuple[Offer, ...]:
        """All offers, also those filed nowhere in this framework."""
        return tuple(one.offer for one in self.filed)


def sources_of(application: Application) -> Sources:
    """Everything that is offered to the application, in the office's language; a constant number of queries."""
    office, language = application.office, application.office.language
    report = application.assessment
    with override(language):
        reports = report_offers(office, [report.pk], language) if report is not None else ()
        filed = [*reports, *plan_offers(office), *practice_offers(office, language)]
    return Sources(tree_of(application), tuple(sorted(filed, key=lambda one: ORDER.index(one.offer.source))))


def tree_of(application: Application) -> Framework | None:
    """The framework that the form follows: the category's, else that of the chosen report."""
    if application.category.framework is not None:
        return application.category.framework.tree()
    return application.assessment.edition.tree() if application.assessment is not None else None
