"""People come: sign up, accept the charter, are verified, tell who they are."""

from network.members.actions import (
    save_institution,
    set_roles,
    update_profile,
    verify_by_domain,
    verify_member,
)
from network.members.actions.institutions import NAMES
from network.members.models import Institution

from .house import MINUTE, accept, account
from .world import read

# A verification by domain holds for half a year, and is renewed when its member comes by.
RENEWED_EVERY = 150


def plan(world, timeline):
    """Everybody's first hour, then what the administrator gives some of them."""
    for key, person in world.people.items():
        joined = person["days_ago"]
        if key != "sofie":
            timeline.at(joined, account, world, key)
            timeline.at(joined - MINUTE, accept, world, key)
            timeline.at(joined - 2 * MINUTE, _verify, world, key)
        timeline.at(joined - 10 * MINUTE, _tell_who_they_are, world, key)
        if person.get("verified_by", "domain") == "domain" and person.get("status") != "pending":
            for renewed in range(RENEWED_EVERY, int(joined), RENEWED_EVERY):
                timeline.at(joined - renewed, _verify, world, key)
        if person["roles"] and key != "sofie":
            timeline.at(joined - 1, _give_roles, world, key)
    for row in read("institutions")["institution"]:
        if row["spokespeople"]:
            named = min(world.people[key]["days_ago"] for key in row["spokespeople"]) - 0.5
            timeline.at(named, _name_spokespeople, world, row)


def _verify(world, key):
    person, member = world.people[key], world.members[key]
    if person.get("status") == "pending":
        return
    if person.get("verified_by") == "administrator":
        institution = world.institutions[person["institution"]]
        verify_member(member, actor=world.administrator, institution=institution)
    else:
        verify_by_domain(member, email=member.email)


def _tell_who_they_are(world, key):
    person, member = world.people[key], world.members[key]
    update_profile(
        member,
        actor=member,
        job_title=person["job_title"],
        unit=person["unit"],
        bio=person["bio"],
        languages=person["languages"],
        expertise=world.tags(person["expertise"], person["language"]),
        institution=world.institutions.get(person.get("institution")),
    )


def _give_roles(world, key):
    set_roles(world.members[key], actor=world.administrator, roles=world.people[key]["roles"])


def _name_spokespeople(world, row):
    institution = Institution.objects.get(pk=world.institutions[row["key"]].pk)
    save_institution(
        institution,
        actor=world.administrator,
        values={name: getattr(institution, name) for name in NAMES},
        domains=row["domains"],
        spokespeople=[world.members[key] for key in row["spokespeople"]],
    )
