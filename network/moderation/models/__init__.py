from .batches import Batch, BatchItem
from .cases import Case, CaseEvent, Report, ReportArticle
from .decisions import Appeal, Decision, DecisionArticle, Sanction

__all__ = [
    "Appeal",
    "Batch",
    "BatchItem",
    "Case",
    "CaseEvent",
    "Decision",
    "DecisionArticle",
    "Report",
    "ReportArticle",
    "Sanction",
]
