"""What this app itself holds of a member, and the archive of everything."""

import json
import shutil
import zipfile

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext_lazy as _

from network.core.models import AuditEntry
from network.tags.models import TagFollow

from . import archives, holdings
from .actions.leaving import erase_account
from .holdings import Holding, rows
from .models import Expertise, FormerHandle, Member, Spokesperson

# Every column of the member but the password's digest.
ACCOUNT = [field.attname for field in Member._meta.concrete_fields if field.attname != "password"]


def collect(member):
    """Account, profile, ways of logging in, and what the record of administration says."""
    return {
        "account": Member.objects.filter(pk=member.pk).values(*ACCOUNT).get(),
        "roles": sorted(member.groups.values_list("name", flat=True)),
        "addresses": rows(EmailAddress.objects.filter(user=member), "email", "verified", "primary"),
        "former_handles": rows(FormerHandle.objects.filter(member=member), "handle"),
        "expertise": rows(Expertise.objects.filter(content_object=member), "tag__name"),
        "speaks_for": rows(Spokesperson.objects.filter(member=member), "institution__name_fr", "since"),
        "followed_tags": rows(TagFollow.objects.filter(member=member), "tag__name", "since"),
        "sessions": rows(
            UserSession.objects.filter(user=member), "created_at", "last_seen_at", "ip", "user_agent"
        ),
        "second_factors": rows(
            Authenticator.objects.filter(user=member), "type", "created_at", "last_used_at"
        ),
        "other_ways_to_log_in": rows(
            SocialAccount.objects.filter(user=member), "provider", "uid", "date_joined", "last_login"
        ),
        "done_by_you_in_administration": rows(
            AuditEntry.objects.filter(actor=member), "at", "verb", "target_model", "target_id"
        ),
        "done_to_your_account": rows(
            AuditEntry.objects.filter(target_model="members.member", target_id=member.pk),
            "at",
            "verb",
            "data",
        ),
    }


def files(member):
    """The portrait."""
    if member.photo:
        yield "portrait.webp", member.photo


def write_everything(member, file):
    """Write the zip of all that the site holds of a member: a JSON file for each part, and the files."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for holding in holdings.registered():
            words = json.dumps(holding.collect(member), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            archive.writestr(f"{holding.name}.json", words)
            for path, stored in holding.files(member):
                _copy(archive, f"files/{holding.name}/{path}", stored)


def _copy(archive, path, stored):
    try:
        source = stored.open("rb")
    except FileNotFoundError:
        # The row outlived its file: the archive of all the rest is still owed.
        return
    with source, archive.open(path, "w", force_zip64=True) as target:
        shutil.copyfileobj(source, target)


holdings.register(Holding("account", collect, files=files, erase=erase_account))
archives.register(
    archives.Kind(
        code="everything",
        label=_("Everything that the network holds of you"),
        explanation=_(
            "Your account, your profile, all you wrote, your files, reports, decisions and notifications: "
            "JSON files, for you or for another program."
        ),
        write=write_everything,
        name="boucle-everything.zip",
    )
)
