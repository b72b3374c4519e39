"""Every change of state in moderation.

Rows are locked in the order space, root, contribution, case, member.
"""

from .appeals import appeal_decision, close_cases, judge_appeal
from .cases import give_back_case, log_reading, take_case, void_case
from .decisions import (
    confirm_decision,
    decide_case,
    decline_proposal,
    end_expired_measures,
    preview_decision,
    propose_decision,
)
from .reports import open_case, report_contribution, report_member, report_space
from .sanctions import expire_sanctions, lift_sanction

__all__ = [
    "appeal_decision",
    "close_cases",
    "confirm_decision",
    "decide_case",
    "decline_proposal",
    "end_expired_measures",
    "expire_sanctions",
    "give_back_case",
    "judge_appeal",
    "lift_sanction",
    "log_reading",
    "open_case",
    "preview_decision",
    "propose_decision",
    "report_contribution",
    "report_member",
    "report_space",
    "take_case",
    "void_case",
]
