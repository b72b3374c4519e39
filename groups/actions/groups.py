"""Founding groups, changing what they say of themselves, closing them."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.conversation.actions import enter_space, recount_tags, tag_space
from network.conversation.models import Contribution, Membership, Space
from network.core.answers import require
from network.core.audit import record
from network.core.editor import clean_html
from network.core.refusals import Refused
from network.members.models import Member
from network.tags.models import normalise

from ..models import Group
from ..permissions import can_archive_group, can_create_group, can_declare_official, can_manage_group
from .locking import locked

# Addresses under /groups/ that lead elsewhere.
TAKEN_SLUGS = {"invitations", "new", "proposals", "questions", "read"}
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
        memberships__role=Membership.Role.OWNER,
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
    enter_space(group, actor, role=Membership.Role.OWNER, level=Membership.Level.EVERYTHING)
    tag_space(group, tag_names, language=language_of(group, actor))
    return group


def language_of(group, actor):
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


@transaction.atomic
def change_group(group, *, actor, tag_names=None, **fields):
    """Change what members read of a group (title, description, rules …) and who joins and reads it.

    Says whether anything changed. Refused when it would be read by more people than those to whom its
    members spoke. The address stays.
    """
    fresh = locked(group, actor)
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
    language = language_of(fresh, actor)
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
def archive_group(group, *, actor, archived=True):
    """Close a group to new words, or open it again; says whether that changed anything."""
    fresh = locked(group, actor)
    require(can_archive_group(actor, fresh))
    if bool(fresh.archived_at) == archived:
        return False
    fresh.archived_at = timezone.now() if archived else None
    fresh.save(update_fields=["archived_at"])
    _record_administration(actor, fresh, "archive_group", archived=archived)
    return True


@transaction.atomic
def declare_official(group, *, actor, official=True, institution=None):
    """Say that an institution stands behind a group, or no longer; says whether that changed anything."""
    fresh = locked(group, actor)
    require(can_declare_official(actor, fresh))
    institution = institution if official else None
    if (fresh.official, fresh.institution) == (official, institution):
        return False
    fresh.official, fresh.institution = official, institution
    fresh.save(update_fields=["official", "institution"])
    _record_administration(
        actor, fresh, "declare_official", official=official, institution=institution and institution.pk
    )
    return True


def _record_administration(actor, group, verb, **data):
    """What administrators do is on record, where nobody reads the name of a hidden group."""
    if actor.is_administrator:
        target = actor if group.visibility == Group.Visibility.HIDDEN else group
        record(actor, verb, target, group=group.pk, **data)
