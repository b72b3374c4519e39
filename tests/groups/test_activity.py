"""How alive a group is, for those who animate it."""

import csv
from datetime import timedelta

import pytest
from django.utils import timezone

from network.conversation.actions import hide_contribution
from network.conversation.models import Contribution
from tests.factories import MemberFactory, ReplyFactory, TopicFactory


def _said(contribution, **ago):
    Contribution.objects.filter(pk=contribution.pk).update(released_at=timezone.now() - timedelta(**ago))
    return contribution


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("visitor", 302),
        ("pending", 403),
        ("stranger", 403),
        ("member", 403),
        ("facilitator", 200),
        ("owner", 200),
    ],
)
@pytest.mark.parametrize("door", ["activity/", "activity.csv"])
def test_who_keeps_order_reads_it_and_nobody_else(client_for, make_group, who, status, door):
    group = make_group(visibility="network")
    assert client_for(who).get(f"/groups/{group.slug}/{door}").status_code == status


@pytest.mark.parametrize(("visibility", "status"), [("public", 200), ("private", 403), ("hidden", 404)])
def test_an_administrator_reads_it_where_they_read_the_group(client_of, make_group, visibility, status):
    group = make_group(visibility=visibility)
    sofie = MemberFactory(roles=["administrator"])
    assert client_of(sofie).get(f"/groups/{group.slug}/activity/").status_code == status


def test_it_counts_the_weeks(client_for, make_group, member, page):
    group = make_group()
    topic = _said(TopicFactory(space=group, author=member, tags=["licences"]), weeks=2)
    for _ in range(2):
        _said(ReplyFactory(root=topic, author=member), weeks=1)
    hide_contribution(_said(ReplyFactory(root=topic, author=member), weeks=1), actor=None)
    _said(TopicFactory(space=group, author=member), weeks=40)
    response = client_for("facilitator").get(f"/groups/{group.slug}/activity/")
    text = page(response)
    weeks = response.context["activity"].weeks
    assert len(weeks) == 12
    assert [(week.topics, week.replies, week.active) for week in weeks[-3:]] == [
        (1, 0, 1),
        (0, 2, 1),
        (0, 0, 0),
    ]
    assert weeks[-1].members == 3
    assert "licences" in text
    assert text.count('<svg class="plot__bars"') == 4
    year = client_for("facilitator").get(f"/groups/{group.slug}/activity/", {"weeks": "52"})
    assert sum(week.topics for week in year.context["activity"].weeks) == 2


def test_questions_count_with_their_answers(client_for, make_group, member, owner):
    group = make_group()
    asked = [_said(TopicFactory(space=group, author=member, type="question"), days=10) for _ in range(4)]
    for question, hours in zip(asked, (2, 6, 30), strict=False):
        _said(ReplyFactory(root=question, author=member), days=9, hours=23)
        _said(ReplyFactory(root=question, author=owner), hours=240 - hours)
    found = client_for("owner").get(f"/groups/{group.slug}/activity/").context["activity"]
    assert (found.asked, found.answered, found.answered_share) == (4, 3, 75)
    assert found.median_words == "6 hours" or found.median_words == "7 hours"


def test_newcomers_who_came_back_said_something_on_another_day(client_for, make_group, owner):
    group = make_group()
    once, again, before = (MemberFactory() for _ in range(3))
    topic = _said(TopicFactory(space=group, author=before), weeks=60)
    for author, days in ((before, 3), (once, 9), (once, 9), (again, 9), (again, 2)):
        _said(ReplyFactory(root=topic, author=author), days=days)
    found = client_for("owner").get(f"/groups/{group.slug}/activity/").context["activity"]
    assert (found.newcomers, found.came_back, found.came_back_share) == (2, 1, 50)


def test_a_quiet_group_has_a_page_too(client_for, make_group, page):
    text = page(client_for("owner").get(f"/groups/{make_group().slug}/activity/", {"weeks": "nonsense"}))
    assert "Questions asked" in text


def test_the_spreadsheet_holds_a_line_a_week(client_for, make_group, member):
    group = make_group()
    TopicFactory(space=group, author=member)
    response = client_for("owner").get(f"/groups/{group.slug}/activity.csv", {"weeks": "26"})
    assert response["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(response.content.decode().splitlines()))
    assert len(rows) == 26
    assert (rows[-1]["members"], rows[-1]["active"], rows[-1]["topics"]) == ("3", "1", "1")


@pytest.mark.parametrize("rows", [2, 20])
def test_it_costs_the_same_for_much_and_for_little(
    client_for, make_group, owner, django_assert_num_queries, rows
):
    group = make_group()
    for number in range(rows):
        topic = TopicFactory(space=group, author=MemberFactory(), type="question", tags=[f"theme {number}"])
        ReplyFactory(root=topic, author=owner)
    client = client_for("facilitator")
    client.get("/health/")
    with django_assert_num_queries(12):
        assert client.get(f"/groups/{group.slug}/activity/").status_code == 200
