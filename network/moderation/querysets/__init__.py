"""What moderation reads, and who may read it."""

from .cases import BatchItemQuerySet, CaseQuerySet
from .decisions import AppealQuerySet, DecisionQuerySet, SanctionQuerySet, with_version
from .reports import ReportQuerySet
from .rules import (
    CLOSED,
    OPEN_STATES,
    TAKING_PART,
    articles_in_force,
    charter_of,
    colleagues_for,
    facilitators_for,
    held_contributions,
    inspectable_contributions,
    knows_of,
    owner_of,
    proposal_among,
    proposal_of,
    question_of,
    words_around,
)

__all__ = [
    "CLOSED",
    "OPEN_STATES",
    "TAKING_PART",
    "AppealQuerySet",
    "BatchItemQuerySet",
    "CaseQuerySet",
    "DecisionQuerySet",
    "ReportQuerySet",
    "SanctionQuerySet",
    "articles_in_force",
    "charter_of",
    "colleagues_for",
    "facilitators_for",
    "held_contributions",
    "inspectable_contributions",
    "knows_of",
    "owner_of",
    "proposal_among",
    "proposal_of",
    "question_of",
    "with_version",
    "words_around",
]
