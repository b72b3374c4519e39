from .batches import Batch, BatchItem
from .cases import Case, CaseEvent, Report, ReportArticle
from .decisions import Appeal, Decision, DecisionArticle, Sanction
from .figures import PeriodFigures
from .pending import PendingReport

__all__ = [
    "Appeal",
    "Batch",
    "BatchItem",
    "Case",
    "CaseEvent",
    "Decision",
    "DecisionArticle",
    "PendingReport",
    "PeriodFigures",
    "Report",
    "ReportArticle",
    "Sanction",
]
