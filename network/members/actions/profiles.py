import hashlib
import re
import unicodedata

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from network.core.answers import require
from network.core.audit import record
from network.core.refusals import Refused
from network.tags.actions import tags_for_names

from ..handles import follow_all
from ..models import Expertise, FormerHandle, Member
from ..permissions import can_edit_profile

PROFILE = ("name", "job_title", "unit", "bio", "languages", "links", "language", "shortcuts")
_HANDLES = 0x48414E44
_LONGEST = 40


def lock_handles():
    """One handle is given at a time, until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_HANDLES])


def free_handle(name):
    """A handle made of the name, which nobody has or had: "Amina El-Idrissi" gives "amina-el-idrissi"."""
    letters = unicodedata.normalize("NFKD", name.replace("ß", "ss").replace("ø", "o").replace("œ", "oe"))
    stem = slugify(letters)[:_LONGEST].strip("-") or "member"
    pattern = rf"^{re.escape(stem[: _LONGEST - 5])}"
    taken = {
        *Member.objects.filter(handle__regex=pattern).values_list("handle", flat=True),
        *FormerHandle.objects.filter(handle__regex=pattern).values_list("handle", flat=True),
    }
    handle, number = stem, 2
    while handle in taken:
        ending = f"-{number}"
        handle, number = stem[: _LONGEST - len(ending)] + ending, number + 1
    return handle


@transaction.atomic
def save_profile(member, *, actor, handle, portrait=None, without_photo=False, **profile):
    """Everything that the profile's form holds, or nothing: see the actions it is made of."""
    update_profile(member, actor=actor, **profile)
    change_handle(member, actor=actor, handle=handle)
    if portrait:
        set_photo(member, actor=actor, portrait=portrait)
    elif without_photo:
        remove_photo(member, actor=actor)
    return member


@transaction.atomic
def update_profile(member, *, actor, expertise=None, institution=None, **values):
    """Change what a member says of themselves: any of the fields in `PROFILE`.

    `expertise` is a list of names of tags as typed; None leaves it. `institution` is the one that a member
    who isn't verified says they work for: a verification settles it afterwards.
    """
    require(can_edit_profile(actor, member))
    unknown = set(values) - set(PROFILE)
    if unknown:
        raise TypeError(f"Not part of a profile: {', '.join(sorted(unknown))}.")
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if institution is not None and not locked.is_verified:
        values["institution"] = institution
    for field, value in values.items():
        setattr(locked, field, value)
        setattr(member, field, value)
    locked.save(update_fields=list(values))
    if expertise is not None:
        _set_expertise(locked, expertise)
    return member


def _set_expertise(member, names):
    tags = tags_for_names(names, language=member.language)
    kept = [tag.pk for tag in tags]
    Expertise.objects.filter(content_object=member).exclude(tag__in=kept).delete()
    Expertise.objects.bulk_create(
        [Expertise(content_object=member, tag=tag) for tag in tags], ignore_conflicts=True
    )


@transaction.atomic
def change_handle(member, *, actor, handle):
    """Give the member another address; the old one leads to it from now on.

    Raises Refused where somebody else has, or had, that handle. Returns whether anything changed.
    """
    require(can_edit_profile(actor, member))
    lock_handles()
    locked = Member.objects.select_for_update().get(pk=member.pk)
    if handle == locked.handle:
        return False
    theirs = FormerHandle.objects.exclude(member=member).filter(handle=handle).exists()
    if theirs or Member.objects.exclude(pk=member.pk).filter(handle=handle).exists():
        raise Refused(_("This handle is taken. Please choose another one."))
    FormerHandle.objects.filter(member=member, handle=handle).delete()
    FormerHandle.objects.create(member=member, handle=locked.handle)
    record(actor, "change_handle", locked, before=locked.handle, after=handle)
    locked.handle = member.handle = handle
    locked.save(update_fields=["handle"])
    follow_all(locked)
    return True


@transaction.atomic
def set_photo(member, *, actor, portrait):
    """Show this portrait: the bytes of a picture as `portraits.portrait_from` makes them."""
    require(can_edit_profile(actor, member))
    locked = Member.objects.select_for_update().get(pk=member.pk)
    before = locked.photo.name
    name = f"{hashlib.sha256(portrait).hexdigest()[:20]}.webp"
    locked.photo.save(name, ContentFile(portrait), save=False)
    locked.save(update_fields=["photo"])
    _forget_file(locked.photo.storage, before, unless=locked.photo.name)
    member.photo = locked.photo.name
    return member


@transaction.atomic
def remove_photo(member, *, actor):
    """Show initials again instead of the portrait; says whether there was one."""
    require(can_edit_profile(actor, member))
    locked = Member.objects.select_for_update().get(pk=member.pk)
    before = locked.photo.name
    if not before:
        return False
    _forget_file(locked.photo.storage, before)
    locked.photo = member.photo = ""
    locked.save(update_fields=["photo"])
    return True


@transaction.atomic
def close_first_steps(member, *, actor):
    """Offer the first steps no more; says whether they were offered until now."""
    require(can_edit_profile(actor, member))
    open_until_now = Member.objects.filter(pk=member.pk, first_steps_closed_at=None)
    return bool(open_until_now.update(first_steps_closed_at=timezone.now()))


@transaction.atomic
def set_shortcuts(member, *, actor, wanted):
    """Let single keys do something on the member's pages, or not."""
    require(can_edit_profile(actor, member))
    Member.objects.filter(pk=member.pk).update(shortcuts=wanted)
    member.shortcuts = wanted
    return member


def _forget_file(storage, name, unless=""):
    if name and name != unless:
        transaction.on_commit(lambda: storage.delete(name))
