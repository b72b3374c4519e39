"""What the administrator prepares before anybody comes: institutions, tags, the charter."""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group as Role
from django.utils import timezone

from network.charter.actions import (
    accept_charter,
    draft_version,
    edit_version,
    publish_version,
    put_in_force,
)
from network.charter.digests import digest_in
from network.charter.models import CharterVersion
from network.members.actions import register_member, save_institution
from network.members.models import Member
from network.tags.actions import name_tag, tags_for_names

from .world import read

LANGUAGES = ("fr", "nl", "en")
# Between two things that the administrator does: a minute, in days.
MINUTE = 1 / 24 / 60


def plan(world, timeline):
    """The first administrator comes first and opens the house."""
    start = world.people["sofie"]["days_ago"]
    timeline.at(start, _found, world)
    timeline.at(start - MINUTE, _make_institutions, world)
    timeline.at(start - 2 * MINUTE, _make_tags, world)
    timeline.at(start - 3 * MINUTE, _make_charter, world)
    timeline.at(start - 4 * MINUTE, accept, world, "sofie")


def account(world, key):
    """Open the account of a person of the data, with a confirmed address; it waits for verification."""
    person = world.people[key]
    member = register_member(
        Member(
            email=person["email"],
            name=person["name"],
            language=person["language"],
            password=world.password,
            date_joined=timezone.now(),
        )
    )
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    world.members[key] = member
    return member


def _found(world):
    """The first administrator can only be made by who installs the site."""
    sofie = account(world, "sofie")
    sofie.groups.set(Role.objects.filter(name__in=world.people["sofie"]["roles"]))
    sofie.status = Member.Status.ACTIVE
    sofie.verified_at = timezone.now()
    sofie.verified_by = Member.VerifiedBy.ADMINISTRATOR
    sofie.save()


def _make_institutions(world):
    for row in read("institutions")["institution"]:
        values = {
            f"{field}_{language}": row[f"{field}_{language}"]
            for field in ("name", "acronym")
            for language in LANGUAGES
        }
        world.institutions[row["key"]] = save_institution(
            None,
            actor=world.administrator,
            values=values | {"level": row["level"]},
            domains=row["domains"],
            spokespeople=[],
        )
    institution = world.institutions[world.people["sofie"]["institution"]]
    Member.objects.filter(pk=world.administrator.pk).update(institution=institution)
    world.administrator.institution = institution


def _make_tags(world):
    for row in read("tags")["tag"]:
        [tag] = tags_for_names([row["fr"]], language="fr")
        for language in LANGUAGES:
            name_tag(tag, actor=world.administrator, language=language, name=row[language])
            for synonym in row.get(f"synonyms_{language}", ()):
                name_tag(tag, actor=world.administrator, language=language, name=synonym, preferred=False)


def _make_charter(world):
    data = read("charter")
    version = draft_version(actor=world.administrator)
    words = {
        "texts": {language: data["version"][language] for language in LANGUAGES},
        "articles": [
            {
                "code": article["code"],
                "gravity": article["gravity"],
                "texts": {language: article[language] for language in LANGUAGES},
            }
            for article in sorted(data["article"], key=lambda article: article["number"])
        ],
    }
    edit_version(version, actor=world.administrator, words=words)
    publish_version(version, actor=world.administrator)
    put_in_force(version, actor=world.administrator)
    world.charter = CharterVersion.objects.with_words().get(pk=version.pk)
    world.articles = {article.code: article for article in world.charter.articles.all()}
    world.digests = {language: digest_in(world.charter, language) for language in LANGUAGES}


def accept(world, key):
    """Have a member accept the charter in force, as they read it."""
    member = world.members[key]
    accept_charter(member, world.charter, language=member.language, digest=world.digests[member.language])
