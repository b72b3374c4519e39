"""One transaction that fills the database, and what a database needs after so much was written."""

import time

from django.db import connection, transaction
from django.utils.translation import override

from network.conversation.models import Contribution, Membership, Space
from network.core.refusals import Refused
from network.members.models import Institution, Member
from network.moderation.models import Case, Decision, Report
from network.notifications.models import Notification
from network.tags.models import Tag

from . import conversations, habits, moderation, people
from .copying import go_on_after, next_key, without_indexes
from .plan import Plan
from .words import Writer

KEYED = (Institution, Member, Tag, Space, Contribution, Case, Report, Decision)


def seed(scale, say=lambda text: None):
    """Fill the migrated, empty database with the network of this scale; returns its plan.

    Everything is written or nothing. Raises Refused where there are members already.
    """
    if Member.objects.exists():
        raise Refused("The database has members already: the bench fills an empty one.")
    started = time.monotonic()

    def tell(what):
        say(f"{time.monotonic() - started:6.1f} s  {what}")

    with transaction.atomic(), override("en"):
        plan = Plan(
            scale,
            starts={
                "institutions": next_key(Institution),
                "members": next_key(Member),
                "tags": next_key(Tag),
                "spaces": next_key(Space),
                "contributions": next_key(Contribution),
            },
        )
        tell("planned")
        with connection.cursor() as cursor:
            cursor.execute("set local synchronous_commit = off")
        with without_indexes(Contribution, Member, Membership, Notification):
            _fill(plan, tell)
            tell("written; making the indexes")
        go_on_after(KEYED)
        people.give_roles(plan)
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")
    tell("done")
    return plan


def _fill(plan, tell):
    writer = Writer(plan.chance("words"))
    charter = people.seed_charter()
    institutions = people.seed_institutions(plan, writer)
    people.seed_members(plan, writer, institutions, charter)
    people.seed_acceptances(plan, charter)
    people.seed_tags(plan, writer)
    people.seed_expertise(plan)
    people.seed_follows(plan)
    tell("people")
    conversations.seed_places(plan, writer)
    tell("groups and blogs")
    conversations.seed_contributions(plan, writer)
    tell("contributions")
    habits.seed_reactions(plan)
    habits.seed_readings(plan)
    habits.seed_notifications(plan)
    tell("habits")
    moderation.seed_cases(plan, writer, charter)
