from .cases import Case, CaseEvent, Report, ReportArticle
from .decisions import Appeal, Decision, DecisionArticle, Sanction

__all__ = [
    "Appeal",
    "Case",
    "CaseEvent",
    "Decision",
    "DecisionArticle",
    "Report",
    "ReportArticle",
    "Sanction",
]
