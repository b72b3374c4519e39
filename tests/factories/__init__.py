"""Everything that tests build: rows for people and places, the real actions for what people say."""

from .charter import CharterFactory
from .conversation import (
    BlogFactory,
    GroupFactory,
    InvitationFactory,
    MembershipFactory,
    PostFactory,
    ReplyFactory,
    TopicFactory,
)
from .members import InstitutionFactory, MemberFactory
from .tags import TagFactory

__all__ = [
    "BlogFactory",
    "CharterFactory",
    "GroupFactory",
    "InstitutionFactory",
    "InvitationFactory",
    "MemberFactory",
    "MembershipFactory",
    "PostFactory",
    "ReplyFactory",
    "TagFactory",
    "TopicFactory",
]
