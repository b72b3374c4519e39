from .deciding import AppealJudgmentForm, DecisionForm, VoidForm
from .reporting import AppealForm, ReportForm

__all__ = ["AppealForm", "AppealJudgmentForm", "DecisionForm", "ReportForm", "VoidForm"]
