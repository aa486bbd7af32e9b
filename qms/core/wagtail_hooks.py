from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def register_core_actions(actions: LogActionRegistry) -> None:
    actions.register_action("core.retry_job", _("Job tried again"), _("Tried a failed job again."))
    actions.register_action("core.resend_letter", _("Letter sent again"), _("Put a letter back into the outbox."))
    actions.register_action(
        "core.change_letter_text", _("Text of a letter changed"), _("Changed the text of a kind of letter.")
    )
    actions.register_action(
        "core.restore_letter_text", _("Text of a letter put back"), _("Went back to the original text of a letter.")
    )
