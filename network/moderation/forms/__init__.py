from .deciding import (
    AppealJudgmentForm,
    AssignmentForm,
    DecisionForm,
    NoteForm,
    QuestionForm,
    VoidForm,
    WithdrawalForm,
)
from .reporting import AnswerForm, AppealForm, ReportForm
from .spam import SpamForm, SpamSearchForm

__all__ = [
    "AnswerForm",
    "AppealForm",
    "AppealJudgmentForm",
    "AssignmentForm",
    "DecisionForm",
    "NoteForm",
    "QuestionForm",
    "ReportForm",
    "SpamForm",
    "SpamSearchForm",
    "VoidForm",
    "WithdrawalForm",
]
