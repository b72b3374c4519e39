"""What moderators do in the administration, and what everybody else can't."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import escape

from network.moderation import actions
from network.moderation.models import Appeal, Case, Decision
from network.moderation.statements import PHRASES, TO_COMPLETE
from tests.factories import GroupFactory, MemberFactory, ReplyFactory, TopicFactory

pytestmark = pytest.mark.django_db

QUERIES_OF_THE_QUEUE = 14
QUERIES_OF_THE_CASE = 20


def url(name, *args):
    return reverse(f"moderation_cases:{name}", args=args)


@pytest.fixture
def filled(article):
    """The decision form, filled in whole."""

    def fill(case, **changes):
        return {
            "version": Case.objects.get(pk=case.pk).version,
            "outcome": "act",
            "measure": "hide",
            "duration": "indefinite",
            "articles": [article.pk],
            "facts": "You wrote that all are incompetent.",
            "explanation": "This hurts people instead of judging ideas.",
            "scope": "The whole of the site.",
            "sanction": "",
            "step": "confirm",
        } | changes

    return fill


ROLES = {
    "member": {},
    "editor": {"roles": ["editor"]},
    "administrator": {"roles": ["administrator"]},
    "superuser": {"superuser": True},
}


@pytest.mark.parametrize("role", ROLES)
def test_no_door_of_the_administration_opens_a_case_to_others(case, decide, reply, role, client_of, filled):
    client = client_of(MemberFactory(**ROLES[role]))
    appeal = actions.appeal_decision(decide(case), actor=reply.author, grounds="It was irony.")
    other = case

    for name in ("index", "index_results"):
        for address in (url(name), reverse(f"moderation_appeals:{name}")):
            response = client.get(address)
            assert response.status_code in (302, 403)
    for name in ("case", "decide", "void"):
        assert client.get(url(name, other.pk)).status_code in (302, 404)
    for name in ("take", "give_back", "decide", "confirm", "decline", "void"):
        assert client.post(url(name, other.pk), filled(case)).status_code in (302, 404)
    appeal_url = reverse("moderation_appeals:appeal", args=[appeal.pk])
    assert client.get(appeal_url).status_code in (302, 404)
    assert client.post(appeal_url, {"verdict": "overturned", "reasons": "Mine."}).status_code in (302, 404)
    assert "incompetent" not in client.get("/admin/", follow=True).content.decode()
    appeal.refresh_from_db()
    assert not appeal.judged_at
    assert Decision.objects.count() == 1


def test_the_moderator_concerned_finds_no_trace_of_the_case(topic, reporter, moderator, report_it, client_of):
    case = report_it(ReplyFactory(root=topic, author=moderator), reporter).case
    client = client_of(moderator)

    assert f"Case {case.pk}" not in client.get(url("index")).content.decode()
    assert client.get(url("case", case.pk)).status_code == 404
    assert client.post(url("take", case.pk)).status_code == 404


def test_the_queue_shows_what_is_urgent_first(
    topic, reporter, moderator, charter, report_it, decide, client_of
):
    grave = charter.articles.get(code="privacy")
    light = report_it(ReplyFactory(root=topic), reporter).case
    decided = report_it(ReplyFactory(root=topic), reporter).case
    decide(decided)
    serious = report_it(ReplyFactory(root=topic), reporter, articles=[grave]).case

    page = client_of(moderator).get(url("index")).content.decode()
    places = [page.index(url("case", case.pk)) for case in (serious, light)]
    assert places == sorted(places)
    assert url("case", decided.pk) not in page
    done = client_of(moderator).get(url("index"), {"queue": "decided"}).content.decode()
    assert url("case", decided.pk) in done
    assert url("case", light.pk) not in done


def test_urgency_counts_gravity_law_trust_number_and_the_time_that_went_by(
    topic, reporter, charter, report_it
):
    grave = charter.articles.get(code="privacy")
    long_ago = timezone.now() - timedelta(days=900)
    plain, serious, unlawful, believed, forgotten = (
        report_it(ReplyFactory(root=topic), reporter, **words).case
        for words in ({}, {"articles": [grave]}, {"illegality": True}, {}, {})
    )
    for _ in range(2):
        trusted = MemberFactory(date_joined=long_ago, contribution_count=9)
        report_it(believed.contribution, trusted)
    Case.objects.filter(pk=forgotten.pk).update(
        opened_at=timezone.now() - timedelta(days=20), due_at=timezone.now() - timedelta(days=13)
    )

    order = list(Case.objects.open().by_urgency())
    assert order == [forgotten, serious, unlawful, believed, plain] or order == [
        forgotten,
        unlawful,
        serious,
        believed,
        plain,
    ]
    assert [round(case.urgency) for case in order] == sorted(
        (round(case.urgency) for case in order), reverse=True
    )


@pytest.mark.parametrize("queue", ["open", "free", "mine", "late", "automatic", "decided"])
def test_each_view_of_the_queue_holds_what_it_says(
    case, topic, reporter, moderator, report_it, client_of, queue
):
    other = report_it(ReplyFactory(root=topic), reporter).case
    actions.take_case(other, actor=moderator)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(days=1))

    page = client_of(moderator).get(url("index"), {"queue": queue}).content.decode()
    shown = {found.pk for found in (case, other) if url("case", found.pk) in page}
    assert (
        shown
        == {
            "open": {case.pk, other.pk},
            "free": {case.pk},
            "mine": {other.pk},
            "late": {case.pk},
            "automatic": set(),
            "decided": set(),
        }[queue]
    )


def test_the_queue_is_filtered_by_kind_and_gravity(
    case, topic, reporter, moderator, charter, report_it, client_of
):
    grave = report_it(topic, reporter, articles=[charter.articles.get(code="privacy")]).case
    client = client_of(moderator)

    topics = client.get(url("index"), {"kind": "topic"}).content.decode()
    assert url("case", grave.pk) in topics
    assert url("case", case.pk) not in topics
    light = client.get(url("index"), {"gravity": 1}).content.decode()
    assert url("case", case.pk) in light
    assert url("case", grave.pk) not in light


def test_a_case_is_given_to_a_colleague_who_may_decide_it(case, moderator, colleague, reporter, client_of):
    client = client_of(moderator)
    assert "Katrien Claes" in client.get(url("case", case.pk)).content.decode()
    assert client.post(url("assign", case.pk), {"to": reporter.pk}).status_code == 302
    case.refresh_from_db()
    assert case.moderator is None
    client.post(url("assign", case.pk), {"to": colleague.pk})
    case.refresh_from_db()
    assert (case.moderator, case.events.last().verb) == (colleague, "assigned")


def test_a_party_is_never_offered_as_colleague(reply, moderator, report_it, client_of):
    party = MemberFactory(name="Party Peter", roles=["moderator"])
    case = report_it(reply, party).case
    page = client_of(moderator).get(url("case", case.pk)).content.decode()
    assert f'<option value="{party.pk}">' not in page
    client_of(moderator).post(url("assign", case.pk), {"to": party.pk})
    case.refresh_from_db()
    assert case.moderator is None


def test_notes_stay_between_moderators(case, reply, reporter, moderator, colleague, client_of):
    client_of(moderator).post(url("note", case.pk), {"text": "Compare with last week."})
    assert "Compare with last week." in client_of(colleague).get(url("case", case.pk)).content.decode()
    empty = client_of(moderator).post(url("note", case.pk), {"text": " "}, follow=True)
    assert "Write your note." in empty.content.decode()
    assert case.events.filter(verb="noted").count() == 1
    for other in (reply.author, reporter, MemberFactory(superuser=True)):
        assert client_of(other).post(url("note", case.pk), {"text": "Mine."}).status_code in (302, 404)
        assert "Compare" not in client_of(other).get("/me/reports/").content.decode()
    assert case.events.filter(verb="noted").count() == 1


def test_the_case_page_says_how_far_reporters_were_right_and_what_usually_follows(
    case, reply, topic, reporter, moderator, report_it, decide, client_of
):
    decide(
        report_it(ReplyFactory(root=topic, author=reply.author), reporter).case,
        measure="",
        sanction={"kind": "reminder", "ends_at": None, "urgency": ""},
    )
    page = client_of(moderator).get(url("case", case.pk)).content.decode()
    assert "Earlier reports: 1 followed, 0 not." in page
    assert "Reminded in the last twelve months" in page


def test_the_case_page_costs_the_same_whatever_the_number_of_reports(
    case, reply, topic, reporter, moderator, report_it, decide, client_of
):
    client = client_of(moderator)

    def cost():
        client.get(url("case", case.pk))
        with CaptureQueriesContext(connection) as queries:
            client.get(url("case", case.pk))
        return len(queries)

    def say_and_decide(author):
        decide(report_it(ReplyFactory(root=topic, author=author), reporter).case)

    # In hand: however many report it, nothing is hidden automatically.
    actions.take_case(case, actor=moderator)
    report_it(reply, MemberFactory())
    for author in (reply.author, MemberFactory()):
        say_and_decide(author)
    few = cost()
    for _ in range(18):
        report_it(reply, MemberFactory())
        say_and_decide(reply.author)
    assert cost() == few == QUERIES_OF_THE_CASE
    decide(case)
    assert cost() == QUERIES_OF_THE_CASE


def test_phrases_for_the_articles_ticked_are_added_to_what_was_typed(
    case, moderator, charter, client_of, filled
):
    privacy = charter.articles.get(code="privacy")
    data = filled(case, step="compose", articles=[privacy.pk], explanation="My own words.")
    form = client_of(moderator).post(url("decide", case.pk), data).context["form"]

    words = form["explanation"].value()
    assert words.startswith("My own words.")
    assert "Vie privée" in words


def test_measured_phrases_are_added_in_the_language_of_the_person(case, moderator, client_of, filled):
    page = client_of(moderator).post(
        url("decide", case.pk), filled(case, step="preview", phrases=["tone", "first"])
    )
    with translation.override("fr"):
        for code in ("tone", "first"):
            assert escape(str(PHRASES[code])) in page.content.decode()


def test_the_queue_costs_the_same_whatever_its_length(
    topic, reporter, moderator, report_it, client_of, django_assert_num_queries
):
    client = client_of(moderator)
    for _ in range(2):
        report_it(ReplyFactory(root=topic), reporter)
    client.get(url("index"))
    with django_assert_num_queries(QUERIES_OF_THE_QUEUE):
        client.get(url("index"))
    for _ in range(18):
        report_it(ReplyFactory(root=topic), reporter)
    with django_assert_num_queries(QUERIES_OF_THE_QUEUE):
        client.get(url("index"))


def test_the_case_page_shows_words_reports_surroundings_and_history(
    case, reply, topic, moderator, report_it, decide, client_of
):
    before = ReplyFactory(root=topic, body="<p>Something after.</p>")
    earlier = decide(report_it(ReplyFactory(root=topic, author=reply.author), MemberFactory()).case)

    page = client_of(moderator).get(url("case", case.pk)).content.decode()
    for part in ("You are all incompetent.", "He insults us.", "Amina Alaoui", "A report arrived"):
        assert part in page
    assert before.body_text in page
    assert str(earlier) in page
    assert url("decide", case.pk) in page


def test_what_was_decided_is_shown_to_the_moderator_as_the_person_reads_it(
    case, moderator, decide, article, client_of
):
    decide(case)
    page = client_of(moderator).get(url("case", case.pk)).content.decode()
    with translation.override("fr"):
        assert "Texte masqué" in page
        assert escape(f"{article.number}. {article.title}") in page


def test_changed_words_stand_beside_the_reported_ones(case, reply, moderator, client_of):
    type(reply).objects.filter(pk=reply.pk).update(body="<p>You are all wonderful.</p>")

    page = client_of(moderator).get(url("case", case.pk)).content.decode()
    assert "You are all incompetent." in page
    assert "You are all wonderful." in page


def test_a_case_is_taken_and_given_back(case, moderator, colleague, client_of):
    client_of(moderator).post(url("take", case.pk))
    case.refresh_from_db()
    assert case.moderator == moderator
    page = client_of(colleague).get(url("case", case.pk)).content.decode()
    assert "Take over from Pieter Peeters" in page

    client_of(moderator).post(url("give_back", case.pk))
    case.refresh_from_db()
    assert case.moderator is None


def test_the_form_starts_from_phrases_in_the_language_of_the_person_and_refuses_them_unchanged(
    case, moderator, client_of, filled
):
    client = client_of(moderator)
    form = client.get(url("decide", case.pk)).context["form"]
    assert TO_COMPLETE in form.initial["facts"]
    assert "You are all incompetent." in form.initial["facts"]
    assert TO_COMPLETE in form.initial["explanation"]

    unchanged = filled(case, facts=form.initial["facts"], explanation=form.initial["explanation"])
    response = client.post(url("decide", case.pk), unchanged)
    assert set(response.context["form"].errors) == {"facts", "explanation"}
    assert not Decision.objects.exists()


def test_the_decision_is_read_as_the_person_will_before_it_is_sent(case, moderator, reply, client_of, filled):
    client = client_of(moderator)
    response = client.post(url("decide", case.pk), filled(case, step="preview"))

    page = response.content.decode()
    assert "This hurts people instead of judging ideas." in page
    assert not Decision.objects.exists()
    assert 'type="hidden" name="facts"' in page
    back = client.post(url("decide", case.pk), filled(case, step="edit")).content.decode()
    assert "This hurts people instead of judging ideas." in back

    response = client.post(url("decide", case.pk), filled(case))
    assert response.status_code == 302
    reply.refresh_from_db()
    assert reply.moderation == "hidden"


def test_what_was_typed_stays_when_a_colleague_was_faster(
    case, moderator, colleague, decide, client_of, filled
):
    data = filled(case, facts="My own long words.")
    decide(case, actor=colleague)

    response = client_of(moderator).post(url("decide", case.pk), data)
    assert response.status_code == 200
    page = response.content.decode()
    assert "My own long words." in page
    assert "not open any more" in page
    assert Decision.objects.count() == 1


def test_a_new_report_meanwhile_is_shown_and_the_second_sending_counts(
    case, reply, moderator, report_it, client_of, filled
):
    data = filled(case, facts="My own long words.")
    report_it(reply, MemberFactory(), explanation="He does it again and again.")
    client = client_of(moderator)

    response = client.post(url("decide", case.pk), data)
    page = response.content.decode()
    assert "My own long words." in page
    assert "He does it again and again." in page
    assert not Decision.objects.exists()
    again = data | {"version": response.context["form"]["version"].value()}
    assert client.post(url("decide", case.pk), again).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"facts": " "}, "facts"),
        ({"explanation": ""}, "explanation"),
        ({"scope": ""}, "scope"),
        ({"outcome": ""}, "outcome"),
        ({"duration": "date"}, "ends_on"),
        ({"duration": "date", "ends_on": "2020-01-01"}, "ends_on"),
        ({"sanction": "restricted"}, "sanction_days"),
        ({"articles": []}, "__all__"),
        ({"measure": ""}, "__all__"),
        ({"sanction": "suspended", "sanction_days": 7}, "__all__"),
    ],
)
def test_a_decision_that_lacks_a_part_is_refused_with_a_reason(
    case, moderator, client_of, filled, changes, field
):
    response = client_of(moderator).post(url("decide", case.pk), filled(case, **changes))

    assert field in response.context["form"].errors
    assert not Decision.objects.exists()


def test_an_exclusion_goes_through_two_moderators(case, reply, moderator, colleague, client_of, filled):
    data = filled(case, sanction="excluded", urgency="He publishes private addresses.")
    client_of(moderator).post(url("decide", case.pk), data)
    assert not Decision.objects.exists()

    case.refresh_from_db()
    page = client_of(colleague).get(url("case", case.pk)).content.decode()
    assert "Confirm the exclusion" in page
    client_of(colleague).post(url("confirm", case.pk), {"version": case.version})
    assert Decision.objects.get().sanctions.get().second_decider == colleague


def test_a_case_is_closed_without_a_decision(case, moderator, client_of):
    client = client_of(moderator)
    assert client.get(url("void", case.pk)).status_code == 200
    assert client.post(url("void", case.pk), {"reason": ""}).status_code == 200
    client.post(url("void", case.pk), {"reason": "It is gone."})

    case.refresh_from_db()
    assert case.state == Case.State.VOID
    assert client.get(url("case", case.pk)).status_code == 200
    assert client.get(url("decide", case.pk)).status_code == 302


def test_a_closed_groups_words_open_through_the_case_and_leave_a_trace(
    charter, moderator, report_it, client_of
):
    group = GroupFactory(visibility="hidden", title="Crisis cell")
    witness = MemberFactory()
    topic = TopicFactory(space=group, author=witness)
    reply = ReplyFactory(root=topic, body="<p>Planted secret.</p>")
    case = report_it(reply, witness).case
    client = client_of(moderator)

    queue = client.get(url("index")).content.decode()
    assert url("case", case.pk) in queue
    assert "Planted" not in queue
    assert not case.events.filter(verb="read_closed").exists()
    assert "Planted secret." in client.get(url("decide", case.pk)).content.decode()
    assert case.events.filter(verb="read_closed", actor=moderator).count() == 1
    assert "Planted secret." in client.get(url("case", case.pk)).content.decode()
    assert case.events.filter(verb="read_closed", actor=moderator).count() == 1


def test_an_appeal_is_judged_in_the_administration(
    case, reply, colleague, moderator, decide, client_of, filled
):
    appeal = actions.appeal_decision(decide(case), actor=reply.author, grounds="It was irony.")
    address = reverse("moderation_appeals:appeal", args=[appeal.pk])
    assert "It was irony." in client_of(colleague).get(address).content.decode()
    assert "You had a part" in client_of(moderator).get(address).content.decode()

    refused = client_of(moderator).post(address, {"verdict": "overturned", "reasons": "Of course."})
    assert "Of course." in refused.content.decode()
    incomplete = client_of(colleague).post(address, {"verdict": "overturned", "reasons": ""})
    assert incomplete.status_code == 200
    response = client_of(colleague).post(address, {"verdict": "overturned", "reasons": "Irony it was."})
    assert response.status_code == 302
    appeal.refresh_from_db()
    assert (appeal.judge, appeal.outcome) == (colleague, Appeal.Outcome.OVERTURNED)


def test_an_appeal_is_varied_with_a_whole_decision(case, reply, colleague, decide, client_of, filled):
    appeal = actions.appeal_decision(decide(case), actor=reply.author, grounds="It was irony.")
    address = reverse("moderation_appeals:appeal", args=[appeal.pk])
    anew = {f"new-{name}": value for name, value in filled(case, measure="label", label="Irony.").items()}
    client = client_of(colleague)

    verdict = {"verdict": "varied", "reasons": "A note is enough."}
    missing = client.post(address, verdict | anew | {"new-facts": ""})
    assert "facts" in missing.context["replacement"].errors
    assert client.post(address, verdict | anew).status_code == 302
    reply.refresh_from_db()
    assert (reply.moderation, reply.label) == ("clear", "Irony.")


def test_contributions_are_looked_at_and_never_changed(reply, charter, client_of):
    hidden = TopicFactory(space=GroupFactory(visibility="private"), title="Planted secret")
    narrow = TopicFactory(
        space=GroupFactory(),
        author=hidden.author,
        title="Planted for one group",
        audience="group",
        audience_space=hidden.space,
    )
    for member in (
        MemberFactory(roles=["moderator"]),
        MemberFactory(roles=["administrator"]),
        MemberFactory(superuser=True),
    ):
        client = client_of(member)
        page = client.get(reverse("contributions:index")).content.decode()
        assert "You are all incompetent." in page
        assert "Planted" not in page
        found = client.get(reverse("contributions:index"), {"q": "Luc"}).content.decode()
        assert "You are all incompetent." in found
        assert client.get(reverse("contributions:inspect", args=[reply.pk])).status_code == 200
        for closed in (hidden, narrow):
            assert client.get(reverse("contributions:inspect", args=[closed.pk])).status_code == 404
        for verb in (
            "new",
            f"edit/{reply.pk}",
            f"delete/{reply.pk}",
            f"copy/{reply.pk}",
            f"history/{reply.pk}",
        ):
            assert client.get(f"/admin/contributions/{verb}/").status_code == 404
    for member in (MemberFactory(), MemberFactory(roles=["editor"])):
        response = client_of(member).get(reverse("contributions:inspect", args=[reply.pk]))
        assert response.status_code in (302, 403)


def test_a_moderator_opens_a_case_from_a_contribution(reply, moderator, client_of):
    address = reverse("contributions:open_case", args=[reply.pk])
    assert client_of(MemberFactory(superuser=True)).post(address).status_code == 404
    response = client_of(moderator).post(address)

    case = Case.objects.get()
    assert response["Location"] == url("case", case.pk)
    assert client_of(moderator).get(url("case", case.pk)).status_code == 200


def test_the_home_of_the_administration_says_what_waits(case, moderator, client_of):
    assert "1 open case" in client_of(moderator).get("/admin/").content.decode()
    assert (
        "open case" not in client_of(MemberFactory(roles=["administrator"])).get("/admin/").content.decode()
    )
