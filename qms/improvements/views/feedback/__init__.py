"""Pages of external feedback."""

from .answers import answers, submit, withdraw
from .applying import edit, feedback_list, start
from .detail import detail
from .outcome import decide, report_file, report_order, return_to_team
from .schemes import scheme_file, scheme_use, schemes
from .scoring import agree, hand_in, report_edit, score
from .team import begin, declare, leader, remove, team

__all__ = [
    "agree",
    "answers",
    "begin",
    "decide",
    "declare",
    "detail",
    "edit",
    "feedback_list",
    "hand_in",
    "leader",
    "remove",
    "report_edit",
    "report_file",
    "report_order",
    "return_to_team",
    "scheme_file",
    "scheme_use",
    "schemes",
    "score",
    "start",
    "submit",
    "team",
    "withdraw",
]
