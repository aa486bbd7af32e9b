"""The acts on self-assessments that the history knows."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_acts(actions: LogActionRegistry) -> None:
    """Name each act for the history pages."""
    actions.register_action("assessments.open", _("Open"), _("Self-assessment opened."))
    actions.register_action("assessments.change", _("Change"), _("Self-assessment changed."))
    actions.register_action("assessments.add_group", _("Add group"), _("Group added."))
    actions.register_action("assessments.add_member", _("Add member"), _("Member added to the group."))
    actions.register_action("assessments.remove_member", _("Remove member"), _("Member taken out of the group."))
    actions.register_action("assessments.replace_chair", _("Replace chair"), _("Chair of the group replaced."))
    actions.register_action("assessments.start", _("Start"), _("Individual scoring opened and invitations sent."))
    actions.register_action("assessments.invite", _("Invite again"), _("Invitation sent again."))
    actions.register_action("assessments.remind", _("Remind"), _("Reminders sent."))
    actions.register_action("assessments.import_sheet", _("Import sheet"), _("Individual sheet filled in from a file."))
    actions.register_action("assessments.hand_in", _("Hand in"), _("Individual sheet handed in."))
    actions.register_action("assessments.reopen_sheet", _("Reopen sheet"), _("Individual sheet opened again."))
    actions.register_action("assessments.add_evidence", _("Add evidence"), _("Evidence added."))
    actions.register_action("assessments.change_evidence", _("Change evidence"), _("Evidence changed."))
    actions.register_action("assessments.withdraw_evidence", _("Withdraw evidence"), _("Evidence withdrawn."))
    actions.register_action("assessments.start_consensus", _("Begin consensus"), _("Consensus begun."))
    actions.register_action("assessments.settle", _("Agree"), _("Score agreed."))
    actions.register_action("assessments.reopen_node", _("Talk again"), _("Agreed score opened again."))
    actions.register_action("assessments.send_to_approval", _("Send for approval"), _("Results sent for approval."))
    actions.register_action("assessments.return", _("Return"), _("Results returned to the group."))
    actions.register_action("assessments.approve", _("Approve"), _("Results approved and frozen."))
    actions.register_action("assessments.consent", _("Consent"), _("Decided anew what other offices may learn."))
