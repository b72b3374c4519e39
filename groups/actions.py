"""Every change of state of groups and of who belongs to them. The row of the space is locked first."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.conversation.actions import (
    enter_space,
    leave_space,
    post_contribution,
    recount_tags,
    tag_space,
)
from network.conversation.models import Contribution, Membership, Space
from network.conversation.permissions import forget_membership, membership_of
from network.core.answers import require
from network.core.audit import record
from network.core.editor import clean_html
from network.core.refusals import Refused
from network.members.models import Member
from network.notifications.actions import notify, queue_mail
from network.tags.models import normalise

from .models import Group, Topic
from .permissions import (
    can_announce,
    can_answer_request,
    can_archive_group,
    can_create_group,
    can_declare_official,
    can_invite,
    can_join_group,
    can_leave_group,
    can_manage_group,
    can_remove_member,
    can_request_group,
    can_set_level,
    can_set_role,
)
from .querysets import KEEPING_ORDER

Role, State = Membership.Role, Membership.State

# Addresses under /groups/ that lead elsewhere.
TAKEN_SLUGS = {"new"}
# From the widest to the narrowest.
BREADTH = list(Group.Visibility)


@transaction.atomic
def create_group(*, actor, title, tag_names=(), **fields):
    """Found a group, of which the actor is the owner, and return it.

    `fields` are columns of Group that members choose (description, visibility, join_policy, languages,
    rules). The form sent twice is one group: the actor's own of that title and for the same readers, while
    nobody else is in it and nothing was said, is returned instead.
    """
    require(can_create_group(actor))
    Member.objects.select_for_update().get(pk=actor.pk)
    twin = Group.objects.filter(
        title=title,
        memberships__member=actor,
        memberships__role=Role.OWNER,
        visibility=fields.get("visibility", Group.Visibility.NETWORK),
        member_count=1,
        root_count=0,
        archived_at=None,
    ).first()
    if twin:
        return twin
    group = Group(kind=Space.Kind.GROUP, title=title, last_activity_at=timezone.now(), **fields)
    group.join_policy = group.admission
    group.rules = clean_html(group.rules)
    _save_at_free_address(group)
    enter_space(group, actor, role=Role.OWNER, level=Membership.Level.EVERYTHING)
    tag_space(group, tag_names, language=_language_of(group, actor))
    return group


def _language_of(group, actor):
    """In which language the group's own words most probably are."""
    return group.languages[0] if group.languages else actor.language


def _save_at_free_address(group):
    wanted = slugify(normalise(group.title))[:70].strip("-") or "group"
    taken = set(Space.objects.groups().filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 1
    while True:
        group.slug = wanted if number == 1 else f"{wanted}-{number}"
        number += 1
        if group.slug in taken | TAKEN_SLUGS:
            continue
        try:
            with transaction.atomic():
                group.save(force_insert=True)
        except IntegrityError:
            # Founded at the same moment by somebody else, or something else is wrong.
            if not Space.objects.groups().filter(slug=group.slug).exists():
                raise
        else:
            return


def _locked(group, *members):
    """The group as it is now, under lock; what the members' permissions remembered of it is forgotten."""
    Space.objects.select_for_update().get(pk=group.pk)
    for member in members:
        forget_membership(member, group)
    return Group.objects.get(pk=group.pk)


@transaction.atomic
def change_group(group, *, actor, tag_names=None, **fields):
    """Change what members read of a group (title, description, rules …) and who joins and reads it.

    Says whether anything changed. Refused when it would be read by more people than those to whom its
    members spoke. The address stays.
    """
    fresh = _locked(group, actor)
    require(can_manage_group(actor, fresh))
    _refuse_widening(fresh, fields.get("visibility", fresh.visibility))
    if "rules" in fields:
        fields["rules"] = clean_html(fields["rules"])
    before = {name: getattr(fresh, name) for name in fields}
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.join_policy = fresh.admission
    changed = [name for name, value in before.items() if getattr(fresh, name) != value]
    if changed:
        fresh.save(update_fields={*changed, "join_policy"})
        if "visibility" in changed:
            recount_tags(fresh)
    language = _language_of(fresh, actor)
    retagged = tag_names is not None and tag_space(fresh, tag_names, language=language)
    return bool(changed or retagged)


def _refuse_widening(group, visibility):
    before, after = BREADTH.index(group.visibility), BREADTH.index(visibility)
    # A hidden group that becomes a private one shows its card, and none of its words.
    opens_words = after < before and visibility != Group.Visibility.PRIVATE
    if opens_words and Contribution.objects.filter(space=group.pk, published_at__isnull=False).exists():
        raise Refused(
            _(
                "What was said here was meant for fewer people: it can't be opened to more. Create a new group instead."
            )
        )


@transaction.atomic
def join_group(group, *, actor, note=""):
    """Become a member, or ask to where a facilitator answers; an invitation is accepted by it.

    Returns the membership: its state says which it was. Doing it again changes nothing.
    """
    fresh = _locked(group, actor)
    membership = membership_of(actor, fresh)
    if membership and membership.is_active:
        return membership
    if can_join_group(actor, fresh):
        return enter_space(fresh, actor, role=Role.MEMBER, state=State.ACTIVE)[0]
    if membership and membership.state == State.REQUESTED:
        return membership
    require(can_request_group(actor, fresh))
    membership = enter_space(fresh, actor, role=Role.MEMBER, state=State.REQUESTED, note=note)[0]
    keeping = Member.objects.filter(
        memberships__space=fresh.pk, memberships__role__in=KEEPING_ORDER, memberships__state=State.ACTIVE
    )
    notify(list(keeping), "request_to_join", actor=actor, space=_space(fresh))
    return membership


def _space(group):
    """The base row, which is what notifications point at."""
    return group.space_ptr


@transaction.atomic
def leave_group(group, *, actor):
    """Leave, withdraw a request or decline an invitation; says whether there was anything to leave."""
    fresh = _locked(group, actor)
    if membership_of(actor, fresh) is None:
        return False
    require(can_leave_group(actor, fresh))
    return leave_space(fresh, actor)


@transaction.atomic
def answer_request(membership, *, actor, accept):
    """Let in or refuse who asked to join, and tell them; says whether there was still a request."""
    group = _locked(membership.space, actor)
    require(can_answer_request(actor, group))
    waiting = _tie(group, membership.member)
    if waiting is None or waiting.state != State.REQUESTED:
        return False
    if accept:
        enter_space(group, waiting.member, role=Role.MEMBER)
    else:
        leave_space(group, waiting.member)
    notify([waiting.member], "request_accepted" if accept else "request_refused", space=_space(group))
    return True


def _tie(group, member):
    return Membership.objects.filter(space=group.pk, member=member.pk).select_related("member").first()


@transaction.atomic
def invite_member(group, member, *, actor):
    """Invite somebody, or let them in at once where they have asked; returns their membership.

    Refused for who doesn't take part in the network, or was put out of the group.
    """
    fresh = _locked(group, actor)
    require(can_invite(actor, fresh))
    if not member.is_verified:
        raise Refused(_("This member doesn't take part at present."))
    membership = _tie(fresh, member)
    if membership and membership.state == State.BANNED:
        raise Refused(_("This group is closed to that member."))
    if membership and membership.state == State.REQUESTED:
        answer_request(membership, actor=actor, accept=True)
        return _tie(fresh, member)
    if membership is None:
        membership = enter_space(fresh, member, role=Role.MEMBER, state=State.INVITED)[0]
        notify([member], "invitation", actor=actor, space=_space(fresh))
    return membership


@transaction.atomic
def set_role(membership, *, actor, role):
    """Make an active member of the group its member, facilitator or owner; says whether that changed anything.

    Refused when the group would be left without an owner.
    """
    group = _locked(membership.space, actor, membership.member)
    require(can_set_role(actor, group))
    current = _tie(group, membership.member)
    if current is None or not current.is_active or role not in (Role.MEMBER, Role.FACILITATOR, Role.OWNER):
        raise Refused(_("Only members of the group have a role in it."))
    if (
        current.role == Role.OWNER
        and role != Role.OWNER
        and not (answer := can_leave_group(current.member, group))
    ):
        raise Refused(answer.reason)
    changed = enter_space(group, current.member, role=role)[1]
    if changed:
        forget_membership(actor, group)
        record(actor, "set_role", current.member, group=group.pk, role=role)
        notify([current.member], "role_changed", actor=actor, space=_space(group))
    return changed


@transaction.atomic
def remove_member(membership, *, actor, reason, ban=False):
    """Put somebody out of the group, and tell them why; with `ban` they can't come back.

    Says whether they were in it, or the group was still open to them. What they said stays.
    """
    group = _locked(membership.space, actor)
    current = _tie(group, membership.member)
    if current is None or current.state == State.BANNED:
        require(can_manage_group(actor, group))
        return False
    current.space = group
    require(can_remove_member(actor, current))
    if not reason.strip():
        raise Refused(_("Say why: the member will read it."))
    if ban:
        enter_space(group, current.member, role=Role.MEMBER, state=State.BANNED, note=reason)
    else:
        leave_space(group, current.member)
    record(actor, "remove_member", current.member, group=group.pk, ban=ban)
    queue_mail(
        to=current.member.email,
        recipient=current.member,
        language=current.member.language,
        template="removed_from_group",
        context={"group": group, "reason": reason, "ban": ban},
    )
    return True


@transaction.atomic
def lift_ban(membership, *, actor):
    """Let who was put out for good join again like anybody; says whether the group was closed to them."""
    group = _locked(membership.space, actor)
    require(can_manage_group(actor, group))
    current = _tie(group, membership.member)
    if current is None or current.state != State.BANNED:
        return False
    record(actor, "lift_ban", current.member, group=group.pk)
    return leave_space(group, current.member)


@transaction.atomic
def set_level(group, *, actor, level):
    """Choose what one is told of a group that one belongs to; says whether that changed anything."""
    fresh = _locked(group, actor)
    require(can_set_level(actor, fresh))
    changed = Membership.objects.filter(space=fresh.pk, member=actor).exclude(level=level).update(level=level)
    forget_membership(actor, fresh)
    return bool(changed)


@transaction.atomic
def archive_group(group, *, actor, archived=True):
    """Close a group to new words, or open it again; says whether that changed anything."""
    fresh = _locked(group, actor)
    require(can_archive_group(actor, fresh))
    if bool(fresh.archived_at) == archived:
        return False
    fresh.archived_at = timezone.now() if archived else None
    fresh.save(update_fields=["archived_at"])
    _record_administration(actor, fresh, "archive_group", archived=archived)
    return True


@transaction.atomic
def declare_official(group, *, actor, official=True):
    """Say that an institution stands behind a group, or no longer; says whether that changed anything."""
    fresh = _locked(group, actor)
    require(can_declare_official(actor, fresh))
    if fresh.official == official:
        return False
    fresh.official = official
    fresh.save(update_fields=["official"])
    _record_administration(actor, fresh, "declare_official", official=official)
    return True


def _record_administration(actor, group, verb, **data):
    """What administrators do is on record, where nobody reads the name of a hidden group."""
    if actor.is_administrator:
        target = actor if group.visibility == Group.Visibility.HIDDEN else group
        record(actor, verb, target, group=group.pk, **data)


def start_topic(topic, *, actor, tag_names=(), at=None):
    """Post a new or drafted topic: released after the seconds for thinking, or at the moment `at`.

    The same form sent twice is one topic. The instance carries space, title, type, body and the other
    choices. Returns the contribution. Refuses like `post_contribution`; announcements are for those who keep
    order in the group.
    """
    if topic.type == Topic.Type.ANNOUNCEMENT:
        require(can_announce(actor, topic.space))
    topic.kind = Contribution.Kind.TOPIC
    return post_contribution(topic, actor=actor, tag_names=tag_names, at=at)
