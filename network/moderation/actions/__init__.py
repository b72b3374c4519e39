"""Every change of state in moderation.

Rows are locked in the order space, root, contribution, case, member.
"""

from .appeals import appeal_decision, close_cases, judge_appeal
from .asking import answer_case, ask_author, return_cases
from .batches import MOST_AT_ONCE, decide_batch, remove_spam, resume_batches
from .cases import (
    assign_case,
    escalate_case,
    free_cases,
    give_back_case,
    log_reading,
    note_case,
    take_case,
    void_case,
)
from .decisions import (
    confirm_decision,
    decide_case,
    decline_proposal,
    end_expired_measures,
    preview_decision,
    propose_decision,
    withdraw_decision,
)
from .exporting import export_case
from .pending import confirm_report, forget_pending_reports, request_report
from .purging import purge_cases, purge_removed, purge_statements
from .reports import open_case, report_contribution, report_member, report_space
from .reviewing import approve_held, hold_restricted, refuse_held
from .sanctions import expire_sanctions, lift_sanction

__all__ = [
    "MOST_AT_ONCE",
    "answer_case",
    "appeal_decision",
    "approve_held",
    "ask_author",
    "assign_case",
    "close_cases",
    "confirm_decision",
    "confirm_report",
    "decide_batch",
    "decide_case",
    "decline_proposal",
    "end_expired_measures",
    "escalate_case",
    "expire_sanctions",
    "export_case",
    "forget_pending_reports",
    "free_cases",
    "give_back_case",
    "hold_restricted",
    "judge_appeal",
    "lift_sanction",
    "log_reading",
    "note_case",
    "open_case",
    "preview_decision",
    "propose_decision",
    "purge_cases",
    "purge_removed",
    "purge_statements",
    "refuse_held",
    "remove_spam",
    "report_contribution",
    "report_member",
    "report_space",
    "request_report",
    "resume_batches",
    "return_cases",
    "take_case",
    "void_case",
    "withdraw_decision",
]
