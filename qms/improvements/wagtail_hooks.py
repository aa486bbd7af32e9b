"""The acts on plans, findings, actions, the cycle and external feedback that the history knows."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:  # noqa: PLR0915 -- there are as many acts
    """Name each act for the history pages."""
    # Plans and findings.
    actions.register_action("improvements.open_plan", _("Open plan"), _("Improvement plan opened."))
    actions.register_action("improvements.change_plan", _("Change plan"), _("Improvement plan changed."))
    actions.register_action("improvements.send_plan", _("Send plan"), _("Improvement plan sent for approval."))
    actions.register_action("improvements.return_plan", _("Return plan"), _("Improvement plan returned."))
    actions.register_action("improvements.approve_plan", _("Approve plan"), _("Improvement plan approved and frozen."))
    actions.register_action("improvements.begin_plan", _("Begin plan"), _("Improvement plan under way."))
    actions.register_action("improvements.close_plan", _("Close plan"), _("Improvement plan closed."))
    actions.register_action("improvements.take_up_finding", _("Take up finding"), _("Finding taken up."))
    actions.register_action("improvements.add_finding", _("Add finding"), _("Finding added."))
    actions.register_action("improvements.dismiss_finding", _("Set finding aside"), _("Finding set aside."))
    actions.register_action("improvements.restore_finding", _("Restore finding"), _("Finding brought back."))
    actions.register_action("improvements.delete_finding", _("Delete finding"), _("Finding deleted."))
    # Actions.
    actions.register_action("improvements.add_action", _("Add action"), _("Action added."))
    actions.register_action("improvements.change_action", _("Change action"), _("Action changed."))
    actions.register_action("improvements.delete_action", _("Delete action"), _("Action deleted."))
    actions.register_action("improvements.approve_action", _("Approve action"), _("Action approved."))
    actions.register_action("improvements.weigh_action", _("Judge action"), _("Importance or feasibility judged."))
    # What happens on one action.
    actions.register_action("improvements.move_action", _("Move action"), _("Status of the action changed."))
    actions.register_action("improvements.report", _("Report progress"), _("Progress reported."))
    actions.register_action("improvements.save_tasks", _("Keep tasks"), _("Tasks of the action changed."))
    actions.register_action("improvements.tick_tasks", _("Tick tasks"), _("Tasks of the action ticked."))
    actions.register_action("improvements.save_communication", _("Tell people"), _("What people were told written."))
    actions.register_action("improvements.delete_communication", _("Take back"), _("What people were told taken off."))
    actions.register_action("improvements.save_lessons", _("Write lessons"), _("Lessons of the action written."))
    # Effects.
    actions.register_action("improvements.save_indicator", _("Keep indicator"), _("Indicator of the action changed."))
    actions.register_action("improvements.delete_indicator", _("Delete indicator"), _("Indicator deleted."))
    actions.register_action("improvements.add_reading", _("Add value"), _("Measured value added."))
    actions.register_action("improvements.delete_reading", _("Delete value"), _("Measured value deleted."))
    actions.register_action("improvements.state_effect", _("State effect"), _("Effect of the action stated."))
    actions.register_action("improvements.adopt_practice", _("Adopt practice"), _("Practice taken over into a plan."))
    # Calendar.
    actions.register_action("improvements.renew_calendar", _("New address"), _("Private calendar address renewed."))
    # External feedback.
    actions.register_action("improvements.load_scheme", _("Load questionnaires"), _("Questionnaires taken over."))
    actions.register_action("improvements.use_scheme", _("Use questionnaires"), _("Questionnaires put to use."))
    actions.register_action("improvements.open_feedback", _("Open feedback"), _("External feedback opened."))
    actions.register_action("improvements.change_feedback", _("Change feedback"), _("External feedback changed."))
    actions.register_action("improvements.submit_feedback", _("Apply"), _("Applied for external feedback."))
    actions.register_action("improvements.withdraw_feedback", _("Withdraw"), _("Application taken back."))
    actions.register_action("improvements.add_actor", _("Add to team"), _("Person added to the feedback team."))
    actions.register_action("improvements.remove_actor", _("Take off team"), _("Person taken off the feedback team."))
    actions.register_action("improvements.lead_actor", _("Lead team"), _("Leader of the feedback team named."))
    actions.register_action("improvements.declare_clear", _("Declare"), _("No conflict of interest declared."))
    actions.register_action("improvements.declare_conflict", _("Conflict"), _("Conflict of interest declared."))
    actions.register_action("improvements.begin_feedback", _("Begin feedback"), _("Feedback of the team begun."))
    actions.register_action("improvements.hand_in_levels", _("Hand in levels"), _("Levels of one actor handed in."))
    actions.register_action("improvements.agree_levels", _("Agree levels"), _("Levels agreed by the team."))
    actions.register_action("improvements.write_feedback", _("Write report"), _("Visit and report written."))
    actions.register_action("improvements.report_feedback", _("Hand in report"), _("Report of the team handed in."))
    actions.register_action("improvements.return_feedback", _("Return report"), _("Report returned to the team."))
    actions.register_action("improvements.decide_feedback", _("Decide"), _("Label decided on."))
    # Reminders, hand-over and the cycle.
    actions.register_action("improvements.remind", _("Remind"), _("Reminder sent."))
    actions.register_action("improvements.escalate", _("Escalate"), _("Lead or director told of a late action."))
    actions.register_action("improvements.remind_clock", _("Remind"), _("Reminder of the external feedback sent."))
    actions.register_action("improvements.release", _("Release"), _("Action without an owner: who owned it left."))
    actions.register_action("improvements.release_helper", _("Release"), _("Helper left the office."))
    actions.register_action("improvements.hand_over", _("Hand over"), _("Action given to a new owner."))
    actions.register_action("improvements.mark_cycle", _("Note step"), _("Step of the cycle noted."))
