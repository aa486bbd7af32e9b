"""What a reader may do with the cards of a board: asked once, not card by card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qms.improvements.models import Action, Plan
from qms.offices.domain import roles
from qms.offices.models import roles_of

if TYPE_CHECKING:
    from qms.accounts.models import User

    from .plans import ActionRow, PlanView

RUNNING_STAGES = (Plan.Stage.APPROVED, Plan.Stage.UNDER_WAY)


@dataclass(frozen=True, slots=True)
class BoardRights:
    """The same rules as `may_report_progress` and `may_approve_action`, for all actions of one plan."""

    user_id: int
    is_running: bool
    works: bool
    leads: bool
    directs: bool
    on: date

    def moves(self, row: ActionRow) -> bool:
        """Whether the reader may move this action."""
        return self.is_running and self.works and (self.leads or row.concerns(self.user_id))

    def approves(self, row: ActionRow) -> bool:
        """Whether the reader may approve this action."""
        return self.is_running and self.directs and row.action.status == Action.Status.PROPOSED


def board_rights(user: User, view: PlanView) -> BoardRights:
    """What this reader may do with the cards of this plan."""
    held, office = roles_of(user), view.plan.office_id
    return BoardRights(
        user_id=user.pk,
        is_running=view.plan.stage in RUNNING_STAGES,
        works=held.has_at(office),
        leads=held.has_at(office, roles.QUALITY_LEAD),
        directs=held.has_at(office, roles.DIRECTOR),
        on=view.on,
    )
