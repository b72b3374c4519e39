"""Who may do what in a group of each visibility: one table, tried at the site's own doors.

g  open the group's page            u  say that a topic was useful
w  read its topics' titles there    e  report a topic
t  open a topic                     m  list the members
n  start a topic                    s  open the settings
r  reply                            p  pin a topic, split it, move it
o  correct one's own earlier words  a  say what answers a question
j  join at once                     v  look at newcomers' first contributions
k  see how alive the group is
"""

import pytest
from django.test import Client

from groups.models import Topic
from network.conversation.models import Contribution, Edit, Membership, Reaction
from network.conversation.permissions import can_see_contribution
from network.members.models import Member
from network.moderation.models import PendingReport, Report
from tests.factories import GroupFactory, MemberFactory, MembershipFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db

VISIBILITIES = ("public", "network", "private", "hidden")
TABLE = """
                 public      network     private     hidden
visitor          gwte        g           g           -
pending          gwte        g           g           -
stranger         gwtouemj    gwtouemj    g           -
invited          gwtouemj    gwtouemj    gj          gj
requested        gwtouemj    gwtouemj    g           -
member           gwtnrouem   gwtnrouem   gwtnrouem   gwtnrouem
facilitator      gwtnrouemskpav  gwtnrouemskpav  gwtnrouemskpav  gwtnrouemskpav
owner            gwtnrouemskpav  gwtnrouemskpav  gwtnrouemskpav  gwtnrouemskpav
banned           gwtuem      gwtuem      g           -
suspended        e           -           -           -
moderator        gwtouempj   gwtouempj   g           -
superuser        gwtouemkj   gwtouemkj   g           -
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()[1:]]


def _come(role, group):
    """Somebody in this role, logged in, in front of the group."""
    if role in ("invited", "requested", "banned"):
        member = MembershipFactory(space=group, state=role).member
    elif role in ("member", "facilitator", "owner"):
        member = MembershipFactory(space=group, role=role).member
    elif role == "suspended":
        member = MembershipFactory(space=group, member=MemberFactory(suspended=True)).member
    else:
        member = {
            "visitor": lambda: None,
            "pending": lambda: MemberFactory(pending=True),
            "stranger": MemberFactory,
            "moderator": lambda: MemberFactory(roles=["moderator"]),
            "superuser": lambda: MemberFactory(superuser=True),
        }[role]()
    client = Client(headers={"Accept-Language": "en"})
    if member:
        client.force_login(member)
    return member, client


def _earlier_words(member, group):
    """A topic that the person started when they still could."""
    topic = TopicFactory(space=group)
    if member:
        Contribution.objects.filter(pk=topic.pk).update(author=member)
    return topic


def _tried(client, member, group, topic, question, own, article):
    """The letters of what this person can do."""
    address, short = f"/groups/{group.slug}/", f"/contributions/{topic.pk}/"
    page = client.get(address)
    if page.status_code == 200:
        yield "g"
    if topic.title in page.content.decode():
        yield "w"
    if client.get(f"{address}topics/{topic.pk}/").status_code == 200:
        yield "t"
    words = {"title": "Mine", "body": "Words", "body_format": "plain", "type": "discussion", "language": "en"}
    client.post(f"{address}topics/new/", words)
    if member and Contribution.objects.filter(author=member, kind="topic").exclude(pk=own.pk).exists():
        yield "n"
    client.post(f"{address}topics/{topic.pk}/", {"body": "Words", "body_format": "plain", "language": "en"})
    if member and Contribution.objects.filter(author=member, kind="reply").exists():
        yield "r"
    client.post(f"/contributions/{own.pk}/edit/", {"title": own.title, "body": "Better", "seen": ""})
    if Edit.objects.filter(contribution=own).exists():
        yield "o"
    client.post(f"{short}react/", {"kind": "useful"})
    if Reaction.objects.filter(contribution=topic).exists():
        yield "u"
    report = {"articles": [article.pk], "explanation": "This isn't right.", "good_faith": "on"}
    client.post(f"{short}report/", report | {"name": "Visitor", "email": "visitor@home.example"})
    # A visitor's report waits until its address is confirmed.
    if Report.objects.exists() or PendingReport.objects.exists():
        yield "e"
    for door, letter in (("members", "m"), ("settings", "s"), ("activity", "k")):
        if client.get(f"{address}{door}/").status_code == 200:
            yield letter
    client.post(f"{address}topics/{topic.pk}/pin/", {"pinned": "yes"})
    ordered = Contribution.objects.filter(pk=topic.pk, pinned=True).exists()
    pages = {client.get(f"{address}topics/{topic.pk}/{verb}/").status_code for verb in ("split", "move")}
    assert ordered == (pages == {200})
    if ordered:
        yield "p"
    client.post(f"{address}topics/{question.pk}/accept/1/")
    if Topic.objects.filter(pk=question.pk, accepted_reply__isnull=False).exists():
        yield "a"
    if client.get(f"{address}review/").status_code == 200:
        yield "v"
    was_in = member and Membership.objects.filter(member=member, space=group, state="active").exists()
    client.post(f"{address}join/")
    if (
        member
        and not was_in
        and Membership.objects.filter(member=member, space=group, state="active").exists()
    ):
        yield "j"


@pytest.mark.parametrize("visibility", VISIBILITIES)
@pytest.mark.parametrize(("role", "cells"), [(row[0], row[1:]) for row in ROWS])
def test_each_role_can_do_in_each_group_what_the_table_says(charter, role, cells, visibility):
    group = GroupFactory(visibility=visibility, owner=MemberFactory())
    topic = TopicFactory(space=group, title="A title that nothing else has")
    member, client = _come(role, group)
    question = TopicFactory(space=group, type="question")
    ReplyFactory(root=question)
    own = _earlier_words(member, group)
    done = "".join(_tried(client, member, group, topic, question, own, charter.articles.first()))
    expected = cells[VISIBILITIES.index(visibility)].replace("-", "")
    assert done == expected


@pytest.mark.parametrize("visibility", VISIBILITIES)
@pytest.mark.parametrize("role", [row[0] for row in ROWS])
def test_lists_and_single_answers_agree_with_the_door(charter, role, visibility):
    group = GroupFactory(visibility=visibility, owner=MemberFactory())
    topic = TopicFactory(space=group)
    member, client = _come(role, group)
    member = member and Member.objects.get(pk=member.pk)
    opened = client.get(f"/contributions/{topic.pk}/").status_code == 302
    listed = Contribution.objects.visible_to(member).filter(pk=topic.pk).exists()
    assert bool(can_see_contribution(member, topic)) == listed == opened
