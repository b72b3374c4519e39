"""Who may do what with groups. What is said in them is for `conversation.permissions`."""

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.conversation.models import Contribution, Membership
from network.conversation.permissions import (
    can_contribute,
    can_facilitate,
    can_read_space,
    can_see_contribution,
    can_see_space,
    can_write_in_space,
    membership_of,
    speaks_for_any,
)
from network.core.answers import HIDDEN, YES, no
from network.core.thresholds import threshold

from .models import Group, Topic

_ARCHIVED = no(_("This group is archived: it can be read, but nobody joins it any more."))


def _takes_part(member):
    return bool(member and member.is_authenticated and member.is_verified)


def _administers(member):
    return bool(member and member.is_authenticated and member.is_administrator)


def can_create_group(member):
    """Found a group: whoever may say something."""
    return can_contribute(member)


def _can_come_in(member, group):
    """What holds for joining at once and for asking to."""
    if not (answer := can_see_space(member, group)):
        return answer
    if not member or not member.is_authenticated:
        return no(_("Log in to join groups."))
    if not member.is_verified:
        return no(
            _("Your account isn't verified yet: once we know which institution you work for, you can join.")
        )
    membership = membership_of(member, group)
    if membership and membership.state == Membership.State.BANNED:
        return no(_("A facilitator has closed this group to you."))
    if membership and membership.is_active:
        return no(_("You belong to this group already."))
    return _ARCHIVED if group.archived_at else YES


def can_join_group(member, group):
    """Become a member at once: an open group, or one that has invited the member."""
    if not (answer := _can_come_in(member, group)):
        return answer
    membership = membership_of(member, group)
    if membership and membership.state == Membership.State.INVITED:
        return YES
    if group.admission == Group.JoinPolicy.OPEN:
        return YES
    if group.admission == Group.JoinPolicy.REQUEST:
        return no(_("Ask to join: a facilitator answers."))
    return no(_("One joins this group by invitation only."))


def can_request_group(member, group):
    """Ask to become a member of a group that is joined on request."""
    if not (answer := _can_come_in(member, group)):
        return answer
    if group.admission != Group.JoinPolicy.REQUEST:
        return can_join_group(member, group)
    membership = membership_of(member, group)
    if membership and membership.state == Membership.State.REQUESTED:
        return no(_("You have asked already: a facilitator will answer."))
    return YES


def can_leave_group(member, group):
    """Leave, withdraw a request or decline an invitation: always, but for a group's only owner.

    Who is suspended may leave too, so neither verification nor the group's visibility is asked.
    """
    membership = membership_of(member, group)
    if membership is None:
        return no(_("You don't belong to this group.")) if can_see_space(member, group) else HIDDEN
    if membership.state == Membership.State.BANNED:
        return no(_("A facilitator has closed this group to you."))
    if membership.is_active and membership.role == Membership.Role.OWNER:
        return _has_successor(membership)
    return YES


def needs_successor(member, group):
    """Is the member the group's only owner, who leaves no group without another?"""
    membership = membership_of(member, group)
    owns = membership is not None and membership.is_active and membership.role == Membership.Role.OWNER
    return owns and not _has_successor(membership)


def can_hand_over_group(member, membership):
    """Make another member its owner in one's place: owners do."""
    group = membership.space
    if not (answer := can_see_space(member, group)):
        return answer
    mine = membership_of(member, group) if _takes_part(member) else None
    if not mine or not mine.is_active or mine.role != Membership.Role.OWNER:
        return no(_("Only its owners hand over a group."))
    if membership.member_id == member.pk or not membership.is_active or not membership.member.is_verified:
        return no(_("Choose another member of the group, who takes part at present."))
    return YES


def can_claim_group(member, group):
    """Become the owner of a group that has none any more: its facilitators."""
    if not (answer := can_facilitate(member, group)):
        return answer
    if Membership.objects.owning().filter(space=group.pk).exists():
        return no(_("This group has an owner."))
    return YES


def can_use_secret_feeds(member):
    """Read the groups that one reads in a feed reader, by secret links: verified members."""
    return YES if _takes_part(member) else no(_("Verified members follow groups in a feed reader."))


def can_see_activity(member, group):
    """See how alive a group is: who keeps order in it, and administrators where they read it."""
    if not (answer := can_read_space(member, group)):
        return answer
    if _administers(member):
        return YES
    return can_facilitate(member, group)


def _has_successor(membership):
    others = Membership.objects.owning().filter(space=membership.space_id)
    if others.exclude(pk=membership.pk).exists():
        return YES
    return no(_("A group is never without an owner: make another member its owner first."))


def can_manage_group(member, group):
    """Change title, description, rules and who joins: facilitators and owners."""
    return can_facilitate(member, group)


def can_answer_request(member, group):
    """Let in or refuse who asked to join."""
    return can_facilitate(member, group)


def can_invite(member, group):
    """Invite somebody: facilitators and owners, while the group lives."""
    if not (answer := can_facilitate(member, group)):
        return answer
    return _ARCHIVED if group.archived_at else YES


def can_see_group_members(member, group):
    """See who belongs to it: verified members who may read the group."""
    if not (answer := can_read_space(member, group)):
        return answer
    return YES if _takes_part(member) else no(_("Verified members see who belongs to a group."))


def can_set_role(member, group):
    """Make somebody facilitator or owner: owners do; administrators where they see the group."""
    if not (answer := can_see_space(member, group)):
        return answer
    membership = membership_of(member, group) if _takes_part(member) else None
    if membership and membership.is_active and membership.role == Membership.Role.OWNER:
        return YES
    return YES if _administers(member) else no(_("Only its owners decide who keeps order in a group."))


def can_remove_member(member, membership):
    """Put somebody out: facilitators do with members, owners with facilitators, nobody with an owner."""
    if not (answer := can_facilitate(member, membership.space)):
        return answer
    if membership.member_id == member.pk:
        return no(_("This is you: leave the group instead."))
    if membership.role == Membership.Role.OWNER:
        return no(_("An owner can't be put out of the group."))
    if membership.role == Membership.Role.FACILITATOR:
        return can_set_role(member, membership.space)
    return YES


def can_announce(member, group):
    """Start an announcement: facilitators and owners who may write there, and spokespeople for their institution."""
    if not (answer := can_write_in_space(member, group)):
        return answer
    if can_facilitate(member, group) or speaks_for_any(member):
        return YES
    return no(_("Facilitators announce, and those who speak for an institution."))


def can_set_level(member, group):
    """Choose what one is told of the group: its members."""
    membership = membership_of(member, group)
    if membership is None:
        return no(_("You don't belong to this group.")) if can_see_space(member, group) else HIDDEN
    return YES if membership.is_active else no(_("You don't belong to this group."))


def can_archive_group(member, group):
    """Close a group to new words, or open it again: its owners, and administrators where they see it."""
    return can_set_role(member, group)


def can_declare_official(member, group):
    """Say that an institution stands behind a group: administrators, where they see it."""
    if not (answer := can_see_space(member, group)):
        return answer
    return YES if _administers(member) else no(_("Administrators say which groups are official."))


def can_administer_groups(member):
    """See the cards of groups in the administration, those that one would see on the site."""
    return YES if _administers(member) else HIDDEN


def can_accept_reply(member, topic):
    """Say which reply answers a question, or that none does: who asked, and who keeps order in the group."""
    if not (answer := can_see_contribution(member, topic)):
        return answer
    if topic.type != Topic.Type.QUESTION:
        return no(_("This topic isn't a question."))
    if not (answer := can_write_in_space(member, topic.space)):
        return answer
    if topic.author_id == member.pk or can_facilitate(member, topic.space):
        return YES
    return no(_("Who asked says what answers the question, or a facilitator."))


def can_order_topic(member, topic):
    """Pin, close, move, merge or split a topic: facilitators of its group; moderators where they read it."""
    if not (answer := can_see_contribution(member, topic)):
        return answer
    if not _takes_part(member) or topic.released_at is None:
        return no(_("Facilitators of the group do this."))
    if topic.moderation != Contribution.Moderation.CLEAR:
        return no(_("The moderators are looking at this text."))
    if topic.space.archived_at:
        return no(_("This place is archived: it can be read, but nothing can be added."))
    return YES if member.is_moderator else can_facilitate(member, topic.space)


def can_move_topic(member, topic, group):
    """Move a topic to another group: who keeps order where it stands and may write where it goes."""
    if not (answer := can_order_topic(member, topic)):
        return answer
    if group.pk == topic.space_id:
        return no(_("The topic stands in this group already."))
    if not (answer := can_write_in_space(member, group)):
        return answer
    if topic.audience:
        return no(_("This topic was meant for fewer people than its group: it stays where it is."))
    if not can_read_space(topic.author, group):
        return no(_("The author of the topic can't read that group."))
    return YES


def can_review_contribution(member, group):
    """Look at newcomers' first contributions before others do: who keeps order in the group."""
    return can_facilitate(member, group)


def can_acknowledge(member, topic):
    """Confirm that one has read an announcement that asks for it: members of the group."""
    if not (answer := can_see_contribution(member, topic)):
        return answer
    if not topic.asks_acknowledgement:
        return no(_("This topic asks for no confirmation."))
    membership = membership_of(member, topic.space) if _takes_part(member) else None
    return (
        YES
        if membership and membership.is_active
        else no(_("Members of the group confirm that they have read."))
    )


def can_see_acknowledgements(member, topic):
    """See who has confirmed: the author of the announcement, and who keeps order in the group."""
    if not (answer := can_see_contribution(member, topic)):
        return answer
    if not topic.asks_acknowledgement:
        return no(_("This topic asks for no confirmation."))
    return (
        YES if _takes_part(member) and topic.author_id == member.pk else can_facilitate(member, topic.space)
    )


def needs_approval(member):
    """Does an administrator look at a group that the member would found, before it exists?"""
    return threshold("group_approval") and not _administers(member)


def can_propose_group(member):
    """Ask an administrator for a group: whoever may say something."""
    return can_contribute(member)


def can_withdraw_proposal(member, proposal):
    """Take back a group that one has proposed, before it is answered."""
    if not member.is_authenticated or proposal.proposer_id != member.pk:
        return HIDDEN
    return YES if proposal.is_waiting else no(_("An administrator has answered already."))


def can_decide_proposal(member):
    """Approve or refuse proposed groups: administrators."""
    return can_administer_groups(member)


def can_withdraw_invitation(member, group):
    """Take back an invitation: who may keep order in the group, archived or not."""
    return can_facilitate(member, group)


def can_see_invitation(member, invitation):
    """Read to which group somebody is invited by e-mail.

    Whoever has the link does where the group is listed; else only the person at that address.
    """
    if invitation.group.visibility != Group.Visibility.HIDDEN:
        return YES
    return YES if _is_addressed(member, invitation) else no(_("Log in with the address that was invited."))


def can_accept_invitation(member, invitation):
    """Come into a group by an invitation sent to one's address, once."""
    if invitation.withdrawn_at:
        return no(_("This invitation was taken back."))
    if not member or not member.is_authenticated:
        return no(_("Log in with the address that was invited."))
    if not _is_addressed(member, invitation):
        return no(
            _(
                "This invitation was sent to another address than yours. Add that address to your account, or ask "
                "for an invitation to yours."
            )
        )
    if invitation.accepted_at:
        return no(_("This invitation has served already."))
    if invitation.expires_at <= timezone.now():
        return no(_("This invitation doesn't hold any more. Ask who invited you for another one."))
    if invitation.group.archived_at:
        return _ARCHIVED
    membership = membership_of(member, invitation.group)
    if membership and membership.state == Membership.State.BANNED:
        return no(_("A facilitator has closed this group to you."))
    if member.status not in (member.Status.ACTIVE, member.Status.PENDING):
        return can_contribute(member)
    return YES


def can_decline_invitation(member, invitation):
    """Say no to an invitation sent to one's address."""
    return YES if _is_addressed(member, invitation) else HIDDEN


def _is_addressed(member, invitation):
    """Was it sent to an address that is proved to be the member's?"""
    if not member or not member.is_authenticated:
        return False
    return EmailAddress.objects.filter(user=member, verified=True, email__iexact=invitation.email).exists()
