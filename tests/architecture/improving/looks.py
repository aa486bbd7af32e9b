"""The area "looks" of improvement plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile

from qms.improvements.models import Plan
from qms.improvements.queries.calendar import calendar_token
from qms.pdf.models import Rendering
from tests.architecture.cases import of, plain, thing

if TYPE_CHECKING:
    from tests.architecture.cases import Case

# Plans and actions are those of the area "plans".
PLANS = {
    "plan_in_draft": thing("plan in draft"),
    "plan_at_the_desk": thing("plan at the desk"),
    "plan_under_way": thing("plan under way"),
}
ACTIONS = {"action_of_a_draft": thing("proposed action"), "running_action": thing("running action")}

FILE = {"pk": thing("plan under way"), "rendering": thing("printed plan")}

CASES: dict[str, list[Case]] = {
    "improvements:plan-detail": of("GET", **PLANS),
    "improvements:plan-csv": of("GET", **PLANS),
    "improvements:plan-xlsx": of("GET", plan_under_way=thing("plan under way")),
    "improvements:action-weigh": of("GET POST", **ACTIONS),
    "improvements:action-place": of("POST", **ACTIONS),
    "improvements:plan-board": of("GET", **PLANS),
    "improvements:plan-print": of("GET POST", **PLANS),
    "improvements:plan-file": of("GET", printed_plan=FILE),
    "improvements:my-actions": plain("GET"),
    "improvements:calendar": plain("GET"),
    "improvements:calendar-renew": plain("POST"),
    "improvements:calendar-feed": of(
        "GET",
        belongs=False,
        private_address={"token": thing("calendar")},
        void_address={"token": lambda _w, _s: "made-up"},
    ),
    "improvements:network": plain("GET"),
    "improvements:network-csv": plain("GET"),
}


def things_of(side: Any) -> dict[str, Any]:
    """Primary keys by the names that CASES uses."""
    plan, lead = Plan.objects.get(pk=side.things["plan under way"]), side.people["lead"]
    printed = Rendering(
        name="Plan", language="pl", content_hash="p", sha256="p", size=8, pages=1, seconds=1, peak_kilobytes=1
    )
    printed.office_id, printed.created_by = plan.office_id, lead
    printed.subject_type, printed.subject_id = "improvements.plan", plan.pk
    printed.file.save("plan.pdf", ContentFile(b"%PDF-1.7"), save=False)
    printed.page.save("plan.html", ContentFile(b"<p>Plan</p>"), save=False)
    printed.save()
    return {"printed plan": printed.pk, "calendar": calendar_token(lead)}
