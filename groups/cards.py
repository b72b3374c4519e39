"""A group as a list shows it to one reader: what its card says, and what one can do from there."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from .models import Group, Invitation


@dataclass
class GroupCard:
    """The card of a group; the component `group_card.html` shows it."""

    title: str
    description: str
    visibility: str
    is_official: bool
    is_archived: bool
    get_absolute_url: str
    member_count: int = 0
    # Empty for who can't read the group: when and how much is said there is for its members to know.
    topic_count: int | None = None
    last_activity_at: datetime | None = None
    # How many contributions came in the last seven days.
    this_week: int = 0
    # Who of the reader's institution belongs to it: how many, and the names of a few.
    colleague_count: int = 0
    colleague_names: str = ""
    tag_list_for_display: list = field(default_factory=list)
    # The reader's own tie to it, and what the button does.
    state: str = ""
    action_url: str = ""
    action_label: str = ""


def card_of(group, member, colleagues=None):
    """The card of a group that came from `for_cards(member)`; asks the database nothing.

    `colleagues` is what `colleagues_in` says of the group, where it says something.
    """
    takes_part = member.is_authenticated and member.is_verified
    mine = (group.my_state if takes_part else None) or ""
    reads = (
        mine == "active"
        or group.visibility == Group.Visibility.PUBLIC
        or (takes_part and group.visibility == Group.Visibility.NETWORK)
    )
    card = GroupCard(
        title=group.title,
        description=group.description,
        visibility=group.visibility,
        is_official=group.official,
        is_archived=group.archived_at is not None,
        get_absolute_url=group.get_absolute_url(),
        member_count=group.member_count,
        tag_list_for_display=tags_of(group),
        state="" if mine == "banned" else mine,
    )
    if reads:
        card.topic_count, card.last_activity_at = group.root_count, group.last_activity_at
        card.this_week = group.this_week
        if colleagues:
            card.colleague_count, names = colleagues
            card.colleague_names = ", ".join(names)
    if takes_part and mine in ("", "invited") and not card.is_archived:
        card.action_label = _label(group, mine)
        card.action_url = reverse("groups:join", args=[group.slug]) if card.action_label else ""
    return card


def _label(group, mine):
    if mine == "invited":
        return _("Accept the invitation")
    return {
        Group.JoinPolicy.OPEN: _("Join"),
        Group.JoinPolicy.REQUEST: _("Ask to join"),
    }.get(group.admission, "")


def tags_of(group):
    """The tags of a group as the component `tag_list.html` shows them."""
    return [{"name": tag.label, "url": tag.get_absolute_url()} for tag in group.tags.all()]


@dataclass
class Waiting:
    """A group that has invited the reader, or that they asked to join; and where that is answered."""

    title: str
    url: str
    invited: bool
    # Empty where a facilitator answers.
    accept_url: str
    withdraw_url: str


def waiting_on(groups):
    """What to show of groups that came from `waiting_for`; asks the database nothing."""
    return [_waiting(group) for group in groups]


def _waiting(group):
    join, leave = (reverse(f"groups:{name}", args=[group.slug]) for name in ("join", "leave"))
    if group.my_state is None:
        link = Invitation(pk=group.invitation).get_absolute_url()
        return Waiting(group.title, link, True, link, link)
    invited = group.my_state == "invited"
    return Waiting(group.title, group.get_absolute_url(), invited, join if invited else "", leave)
