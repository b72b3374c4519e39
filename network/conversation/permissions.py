"""Who may do what with spaces and contributions. The querysets say the reading rules for lists."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.core.answers import HIDDEN, YES, no
from network.core.thresholds import threshold
from network.members.models import Spokesperson

from .models import Contribution, Membership, Space

_CLOSED = (Space.Visibility.PRIVATE, Space.Visibility.HIDDEN)


def _known_memberships(member):
    # Through attributes and not `__dict__`: a request's user is a lazy wrapper with one of its own.
    if not hasattr(member, "_memberships"):
        member._memberships = {}
    return member._memberships


def membership_of(member, space):
    """The member's tie to the space, or None; kept on the member for the time of a request."""
    if not member or not member.is_authenticated:
        return None
    known = _known_memberships(member)
    if space.pk not in known:
        known[space.pk] = Membership.objects.filter(member=member, space=space.pk).first()
    return known[space.pk]


def remember_membership(member, space, membership):
    """A page that has fetched the tie (or found none) spares the permissions asking for it."""
    if member and member.is_authenticated:
        _known_memberships(member)[space.pk] = membership


def forget_membership(member, space):
    """After a change: ask the database again."""
    _known_memberships(member).pop(space.pk, None)


def who_sees(members, contribution):
    """Those of many members who may read it, in one query more than for one of them."""
    spaces = [contribution.space_id]
    if contribution.audience_space_id:
        spaces.append(contribution.audience_space_id)
    _learn_memberships(members, spaces)
    return [member for member in members if can_see_contribution(member, contribution)]


def who_reads(members, space):
    """Those of many members who may read what is said in the space, with one query."""
    _learn_memberships(members, [space.pk])
    return [member for member in members if can_read_space(member, space)]


def _learn_memberships(members, spaces):
    ties = {
        (tie.member_id, tie.space_id): tie
        for tie in Membership.objects.filter(member__in=members, space__in=spaces)
    }
    for member in members:
        _known_memberships(member).update({space: ties.get((member.pk, space)) for space in spaces})


def _belongs(member, space):
    membership = membership_of(member, space)
    return bool(membership and membership.is_active and membership.role != Membership.Role.FOLLOWER)


def _takes_part(member):
    return bool(member and member.is_authenticated and member.is_verified)


def can_contribute(member):
    """Take part at all: verified, and not held back by a decision."""
    if not member or not member.is_authenticated:
        return no(_("Log in to take part."))
    if member.is_excluded:
        return no(_("You have been excluded from the network by a decision. You can appeal it."))
    if member.status == member.Status.SUSPENDED:
        return no(_("Your account is suspended by a decision. You can appeal it."))
    if not member.is_verified:
        return no(
            _(
                "Your account isn't verified yet: once we know which institution you work for, you can take part."
            )
        )
    if restriction_of(member) == "nothing":
        return no(_("By a decision of the moderators you can't post for the time being."))
    return YES


def restriction_of(member):
    """How a decision restricts the member's posting today: "" (not at all), "nothing", "rate" or "review"."""
    until = member.posting_restricted_until
    return (member.posting_restriction or "nothing") if until and until > timezone.now() else ""


def _has_texts_left(member, contribution):
    """Who is restricted to a few texts a day has posted fewer in the last twenty-four hours."""
    day = timezone.now() - timedelta(days=1)
    posted = Contribution.objects.filter(author=member, published_at__gt=day).exclude(pk=contribution.pk)
    return posted.count() < threshold("restricted_posts_a_day")


def can_see_space(member, space):
    """See its card: title, description, figures."""
    if space.kind == Space.Kind.BLOG:
        return can_read_space(member, space)
    if space.visibility != Space.Visibility.HIDDEN:
        return YES
    membership = membership_of(member, space) if _takes_part(member) else None
    known = membership and membership.state in (Membership.State.ACTIVE, Membership.State.INVITED)
    return YES if known else HIDDEN


def can_read_space(member, space):
    """Read what is said in it."""
    if space.visibility == Space.Visibility.PUBLIC:
        return YES
    if _takes_part(member):
        if space.visibility == Space.Visibility.NETWORK or _belongs(member, space):
            return YES
        if space.visibility == Space.Visibility.PRIVATE:
            return no(_("This group is private: its members alone read what is said there."))
        return HIDDEN
    if space.kind == Space.Kind.GROUP and space.visibility == Space.Visibility.PRIVATE:
        return no(_("This group is private: its members alone read what is said there."))
    if space.kind == Space.Kind.GROUP and space.visibility == Space.Visibility.NETWORK:
        return no(_("Verified members of the network read what is said there."))
    return HIDDEN


def can_see_contribution(member, contribution):
    """Read it. What is not for you does not exist for you, so every refusal is hidden."""
    is_author = bool(member and member.is_authenticated and contribution.author_id == member.pk)
    if is_author and contribution.released_at is None:
        return HIDDEN if contribution.deleted_at else YES
    if not _is_meant_for(member, contribution):
        return HIDDEN
    if is_author:
        return YES
    return YES if _is_shown(contribution) and _is_shown(contribution.root) else HIDDEN


def _is_meant_for(member, contribution):
    """Does its place speak to the member, and its audience too? Whether it is shown is another matter."""
    if not can_read_space(member, contribution.space):
        return False
    if contribution.audience == Contribution.Audience.GROUP:
        return _takes_part(member) and _belongs(member, contribution.audience_space)
    return not contribution.audience or _takes_part(member)


def can_read_on(member, contribution):
    """Read what a text said, taken down meanwhile or not: for who knew it already, as long as it was for them."""
    return YES if _is_meant_for(member, contribution) else HIDDEN


def _is_shown(contribution):
    return contribution is None or (
        contribution.released_at is not None and contribution.moderation == Contribution.Moderation.CLEAR
    )


def can_write_in_space(member, space):
    """Start a topic in the group, or a post in one's own blog."""
    if not (answer := can_see_space(member, space)):
        return answer
    if not (answer := can_contribute(member)):
        return answer
    if space.archived_at:
        return no(_("This place is archived: it can be read, but nothing can be added."))
    membership = membership_of(member, space)
    if space.kind == Space.Kind.BLOG:
        owns = membership and membership.is_active and membership.role == Membership.Role.OWNER
        return YES if owns else no(_("Only its owner writes in a blog. You can comment."))
    if membership and membership.state == Membership.State.BANNED:
        return no(_("A facilitator has closed this group to you."))
    return YES if _belongs(member, space) else no(_("Join the group to take part in it."))


def can_reply(member, root):
    """Answer in the thread of a topic or a post."""
    if not (answer := can_see_contribution(member, root)):
        return answer
    if root.released_at is None:
        return no(_("This isn't published yet."))
    if not (answer := can_contribute(member)):
        return answer
    if root.space.archived_at:
        return no(_("This place is archived: it can be read, but nothing can be added."))
    if root.locked:
        return no(_("This discussion is closed: nothing can be added to it."))
    if not root.replies_open:
        return no(_("The author takes no more replies."))
    if root.space.kind == Space.Kind.BLOG or _belongs(member, root.space):
        return YES
    membership = membership_of(member, root.space)
    if membership and membership.state == Membership.State.BANNED:
        return no(_("A facilitator has closed this group to you."))
    return no(_("Join the group to take part in it."))


def can_post_contribution(member, contribution):
    """Post this draft: what holds when it is sent, and again at the moment of its release."""
    if contribution.author_id != member.pk:
        return HIDDEN
    if contribution.moderation != Contribution.Moderation.CLEAR:
        return no(_("The moderators are looking at this text."))
    if contribution.root_id:
        answer = can_reply(member, contribution.root)
    else:
        answer = can_write_in_space(member, contribution.space)
    if answer and contribution.capacity == Contribution.Capacity.INSTITUTION:
        return can_speak_for(member, contribution.institution)
    if answer and contribution.audience_space_id and not _belongs(member, contribution.audience_space):
        return no(_("You don't belong to the group that you chose as audience."))
    if answer and contribution.audience_space_id and contribution.audience_space.archived_at:
        return no(_("The group that you chose as audience is archived."))
    if answer and restriction_of(member) == "rate" and not _has_texts_left(member, contribution):
        return no(_("By a decision of the moderators you post a few texts a day only: go on tomorrow."))
    return answer


def _spoken_for(member):
    """Keys of the institutions that the member speaks for; kept like memberships, since a thread asks often."""
    if not hasattr(member, "_speaks_for"):
        spoken_for = Spokesperson.objects.filter(member=member)
        member._speaks_for = set(spoken_for.values_list("institution", flat=True))
    return member._speaks_for


def speaks_for_any(member):
    """Is there an institution on whose behalf the member may speak?"""
    return bool(_spoken_for(member))


def can_speak_for(member, institution):
    """Say something on behalf of an institution."""
    if institution.pk in _spoken_for(member):
        return YES
    return no(_("Only its spokespeople speak on behalf of an institution."))


def can_edit_contribution(member, contribution):
    """Correct one's own words. Nobody corrects another's, whatever their role."""
    if not (answer := can_see_contribution(member, contribution)):
        return answer
    if contribution.author_id != member.pk:
        return no(_("Only its author corrects a text."))
    if contribution.moderation == Contribution.Moderation.REMOVED:
        return no(_("The moderators have removed this text."))
    if contribution.released_at is None:
        return YES
    if (
        contribution.space.archived_at
        or contribution.locked
        or (contribution.root and contribution.root.locked)
    ):
        return no(_("This discussion is closed: its texts stay as they are."))
    membership = membership_of(member, contribution.space)
    if membership and membership.state == Membership.State.BANNED:
        return no(_("A facilitator has closed this group to you."))
    answer = can_contribute(member)
    if answer and contribution.capacity == Contribution.Capacity.INSTITUTION:
        return can_speak_for(member, contribution.institution)
    return answer


def can_undo_contribution(member, contribution):
    """Take back what one has posted, before it is released."""
    if not member.is_authenticated or contribution.author_id != member.pk:
        return HIDDEN
    return (
        YES if contribution.is_waiting else no(_("This has been released already: others may have read it."))
    )


def can_delete_draft(member, contribution):
    """Throw away a draft of one's own."""
    if not member.is_authenticated or contribution.author_id != member.pk:
        return HIDDEN
    return YES if contribution.is_draft else no(_("This isn't a draft any more."))


def can_save_draft(member, contribution):
    """Write on in a draft of one's own, thrown away or not."""
    if not member.is_authenticated or contribution.author_id != member.pk:
        return HIDDEN
    return YES if contribution.published_at is None else no(_("This isn't a draft any more."))


def can_restore_draft(member, contribution):
    """Bring back a draft of one's own that was thrown away."""
    return can_save_draft(member, contribution)


def can_reschedule_contribution(member, contribution):
    """Choose another moment for what waits for one."""
    return can_undo_contribution(member, contribution)


def can_withdraw_contribution(member, contribution):
    """Take one's own published post out of sight: whatever else one may, unless the moderators hold it."""
    if not (answer := can_see_contribution(member, contribution)):
        return answer
    if contribution.author_id != getattr(member, "pk", None):
        return no(_("Only its author takes a post back."))
    if contribution.kind != Contribution.Kind.POST or contribution.released_at is None:
        return no(_("This isn't a published post."))
    if contribution.moderation != Contribution.Moderation.CLEAR:
        return no(_("The moderators are looking at this text."))
    return YES


def can_close_replies(member, contribution):
    """Take no more replies to one's own post, or take them again."""
    if not (answer := can_see_contribution(member, contribution)):
        return answer
    if contribution.author_id != getattr(member, "pk", None) or contribution.kind != Contribution.Kind.POST:
        return no(_("Only its author opens and closes the replies to a post."))
    return can_contribute(member)


def can_react(member, contribution):
    """Say that another's words served."""
    if not (answer := can_see_contribution(member, contribution)):
        return answer
    if contribution.author_id == getattr(member, "pk", None):
        return no(_("These are your own words."))
    return can_contribute(member)


def can_bookmark(member, contribution):
    """Keep it for oneself."""
    if not (answer := can_see_contribution(member, contribution)):
        return answer
    return YES if member and member.is_authenticated else no(_("Log in to keep bookmarks."))


def can_see_history(member, contribution):
    """Read what it said before its corrections: hidden with it."""
    return can_see_contribution(member, contribution)


def can_follow_space(member, space):
    """Follow a blog."""
    if not (answer := can_read_space(member, space)):
        return answer
    if not _takes_part(member):
        return no(_("Verified members follow blogs."))
    membership = membership_of(member, space)
    if membership and membership.role == Membership.Role.OWNER:
        return no(_("This is your own blog."))
    return YES if space.kind == Space.Kind.BLOG else no(_("One joins a group instead of following it."))


def can_follow_member(member, other):
    """Follow a person."""
    if not _takes_part(member):
        return no(_("Verified members follow people."))
    if member.pk == other.pk:
        return no(_("You can't follow yourself."))
    return YES if other.is_verified else no(_("This member doesn't take part at present."))


def can_facilitate(member, space):
    """Keep order in a space: its facilitators and owner, while they take part."""
    if not (answer := can_see_space(member, space)):
        return answer
    membership = membership_of(member, space)
    if _takes_part(member) and membership and membership.facilitates:
        return YES
    return no(_("Facilitators of the group do this."))


def can_see_attachment(member, attachment):
    """Fetch a file: with the text it belongs to, or one's own that belongs to none yet."""
    if attachment.contribution is None:
        mine = member and member.is_authenticated and attachment.owner_id == member.pk
        return YES if mine else HIDDEN
    return can_see_contribution(member, attachment.contribution)


def can_upload(member):
    """Add a file to a text that one is writing."""
    return can_contribute(member)
