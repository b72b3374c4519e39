"""Inviting by e-mail: a link that serves once, for the person at that address."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from groups.models import Invitation
from groups.tasks import forget_invitations
from network.conversation.models import Membership
from network.notifications.models import OutboxMail
from tests.factories import (
    GroupFactory,
    InstitutionFactory,
    InvitationFactory,
    MemberFactory,
    MembershipFactory,
)

ADDRESS = "colleague@ville.example"


def _state(group, member):
    tie = Membership.objects.filter(space=group, member=member).first()
    return tie and tie.state


@pytest.fixture
def invite(client_for):
    """invite(group, who="facilitator"): somebody invites the address, and gets the answer."""

    def post(group, who="facilitator", whom=ADDRESS):
        return client_for(who).post(f"/groups/{group.slug}/members/", {"whom": whom}, follow=True)

    return post


@pytest.fixture
def colleague():
    return MemberFactory(email=ADDRESS, name="Chloé Colleague")


def test_an_address_gets_a_message_with_a_link(make_group, invite, page):
    group = make_group(visibility="private")
    text = page(invite(group, whom=f" {ADDRESS.upper()} "))
    assert f"on its way to {ADDRESS}" in text
    assert "holds until" in text
    mail, invitation = OutboxMail.objects.get(), Invitation.objects.get()
    assert mail.to == ADDRESS
    assert invitation.get_absolute_url() in mail.text
    assert invitation.expires_at - timezone.now() > timedelta(days=13)


def test_invited_twice_is_invited_once(make_group, invite):
    group = make_group()
    for who in ("facilitator", "owner"):
        invite(group, who)
    assert Invitation.objects.count() == OutboxMail.objects.filter(to=ADDRESS).count() == 1


@pytest.mark.parametrize("who", ["visitor", "pending", "stranger", "member"])
def test_others_invite_nobody_by_mail(make_group, client_for, who):
    group = make_group()
    assert client_for(who).post(f"/groups/{group.slug}/members/", {"whom": ADDRESS}).status_code != 200
    assert not Invitation.objects.exists()


def test_something_that_is_no_address_is_shown_again(make_group, invite, page):
    text = page(invite(make_group(), whom="col league@nowhere"))
    assert 'class="field__error"' in text
    assert 'value="col league@nowhere"' in text


def test_the_answer_is_the_same_whether_or_not_a_member_has_the_address(make_group, invite, page, colleague):
    group = make_group()
    known, unknown = page(invite(group)), page(invite(group, whom="nobody@ville.example"))
    assert f"on its way to {ADDRESS}" in known
    assert "on its way to nobody@ville.example" in unknown
    assert "Chloé Colleague" not in known


def test_the_person_at_the_address_comes_in_once(make_group, client_of, colleague, page):
    group = make_group(title="Behind doors", visibility="hidden")
    invitation = InvitationFactory(group=group, email=ADDRESS)
    client = client_of(colleague)
    assert "You are invited to Behind doors" in page(client.get(invitation.get_absolute_url()))
    assert _state(group, colleague) is None
    for _ in range(2):
        assert client.post(invitation.get_absolute_url()).url == f"/groups/{group.slug}/"
    assert _state(group, colleague) == "active"
    client.post(f"/groups/{group.slug}/leave/")
    client.post(invitation.get_absolute_url())
    assert _state(group, colleague) is None


def test_an_invitation_used_by_somebody_else_is_refused_politely(make_group, client_for, stranger, page):
    group = make_group(title="Behind doors", visibility="hidden")
    invitation = InvitationFactory(group=group, email=ADDRESS)
    text = page(client_for("stranger").post(invitation.get_absolute_url(), follow=True))
    assert "sent to another address than yours" in text
    assert "Behind doors" not in text
    assert _state(group, stranger) is None


def test_an_address_that_is_not_confirmed_proves_nothing(make_group, client_for, stranger):
    group = make_group()
    EmailAddress.objects.create(user=stranger, email=ADDRESS, verified=False)
    client_for("stranger").post(InvitationFactory(group=group, email=ADDRESS).get_absolute_url())
    assert _state(group, stranger) is None


def test_a_second_confirmed_address_will_do(make_group, client_for, stranger):
    group = make_group()
    EmailAddress.objects.create(user=stranger, email=ADDRESS.title(), verified=True)
    client_for("stranger").post(InvitationFactory(group=group, email=ADDRESS).get_absolute_url())
    assert _state(group, stranger) == "active"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, "hold any more"),
        ({"withdrawn_at": timezone.now()}, "was taken back"),
        ({"group__archived_at": timezone.now()}, "archived"),
    ],
)
def test_a_link_that_holds_no_more_says_so(client_of, colleague, page, fields, words):
    invitation = InvitationFactory(email=ADDRESS, **fields)
    text = page(client_of(colleague).post(invitation.get_absolute_url(), follow=True))
    assert words in text
    assert _state(invitation.group, colleague) is None


def test_who_was_put_out_for_good_does_not_come_back_by_mail(client_of, colleague, page):
    invitation = InvitationFactory(email=ADDRESS)
    MembershipFactory(space=invitation.group, member=colleague, state="banned")
    assert "closed this group" in page(client_of(colleague).post(invitation.get_absolute_url(), follow=True))
    assert _state(invitation.group, colleague) == "banned"


@pytest.mark.parametrize("token", ["1", "1:forged", "x:y"])
def test_a_forged_link_leads_nowhere(client_for, token):
    InvitationFactory()
    assert client_for("stranger").get(f"/groups/invitations/{token}/").status_code == 404


def test_a_visitor_is_told_what_to_do_and_a_hidden_group_keeps_its_name(visitor, make_group, page):
    open_one = InvitationFactory(group=make_group(title="Seen by all"))
    text = page(visitor.get(open_one.get_absolute_url()))
    assert "Seen by all" in text
    assert f"/accounts/signup/?next={open_one.get_absolute_url()}".replace(":", "%3A") in text
    hidden = InvitationFactory(group=GroupFactory(title="Secret circle", visibility="hidden"))
    assert "Secret circle" not in page(visitor.get(hidden.get_absolute_url()))


def test_who_waits_for_verification_keeps_the_invitation(client_of, page):
    invitation = InvitationFactory(email=ADDRESS)
    pending = MemberFactory(pending=True, email=ADDRESS)
    client = client_of(pending)
    assert "kept for you" in page(client.post(invitation.get_absolute_url(), follow=True))
    assert _state(invitation.group, pending) == "invited"
    assert client.post(f"/groups/{invitation.group.slug}/join/").status_code == 302
    assert _state(invitation.group, pending) == "invited"


def test_one_passes_through_sign_up_and_the_charter_into_the_group(client, make_group, page, charter):
    InstitutionFactory(domains=["ville.example"])
    group = make_group(title="Behind doors", visibility="hidden")
    invitation = InvitationFactory(group=group, email=ADDRESS)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    sign_up = f"/accounts/signup/?next={invitation.get_absolute_url()}"
    form = page(client.get(sign_up))
    assert invitation.get_absolute_url() in form
    typed = {
        "email": ADDRESS,
        "name": "Chloé Colleague",
        "password1": "a long enough passphrase",
        "charter": "on",
        "next": invitation.get_absolute_url(),
    }
    form_of_page = client.get(sign_up).context["form"]
    typed |= {name: form_of_page[name].value() or "on" for name in form_of_page.fields if name not in typed}
    typed.pop("website", None)
    assert client.post(sign_up, typed).status_code == 302
    letter = OutboxMail.objects.filter(to=ADDRESS).latest("pk")
    link = next(word for word in letter.text.split() if "/accounts/confirm-email/" in word)
    response = client.post(link.partition("example")[2] or link[link.index("/accounts") :])
    assert response.url == invitation.get_absolute_url()
    client.post(invitation.get_absolute_url(), {"answer": "accept"})
    assert group.memberships.get(member__email=ADDRESS).state == "active"


# What waits is seen by both sides


def test_the_invited_see_what_waits_and_decline(make_group, client_of, colleague, page):
    invitation = InvitationFactory(group=make_group(title="By mail"), email=ADDRESS)
    MembershipFactory(
        space=make_group(title="By hand", visibility="hidden"), member=colleague, state="invited"
    )
    MembershipFactory(space=make_group(title="Asked"), member=colleague, state="requested")
    client = client_of(colleague)
    text = page(client.get("/groups/"))
    assert "Your invitations and requests" in text
    assert {place.title for place in client.get("/groups/").context["waiting"]} == {
        "By mail",
        "By hand",
        "Asked",
    }
    client.post(invitation.get_absolute_url(), {"answer": "decline"})
    assert {place.title for place in client.get("/groups/").context["waiting"]} == {"By hand", "Asked"}


def test_a_request_to_a_group_that_is_hidden_now_shows_no_name(make_group, client_for, stranger, page):
    MembershipFactory(
        space=make_group(title="Secret", visibility="hidden"), member=stranger, state="requested"
    )
    assert "Secret" not in page(client_for("stranger").get("/groups/"))


def test_facilitators_see_who_has_not_answered_and_take_back(make_group, client_for, stranger, page):
    group = make_group()
    invitation = InvitationFactory(group=group, email=ADDRESS)
    MembershipFactory(space=group, member=stranger, state="invited")
    client = client_for("facilitator")
    text = page(client.get(f"/groups/{group.slug}/members/"))
    assert ADDRESS in text
    assert "Stijn Stranger" in text
    client.post(f"/groups/{group.slug}/invitations/{invitation.pk}/withdraw/")
    client.post(f"/groups/{group.slug}/members/stijn/withdraw/")
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert _state(group, stranger) is None
    assert ADDRESS not in page(client_for("member").get(f"/groups/{group.slug}/members/"))


@pytest.mark.parametrize("who", ["pending", "stranger", "member"])
def test_others_take_nothing_back(make_group, client_for, colleague, who):
    group = make_group()
    invitation = InvitationFactory(group=group)
    MembershipFactory(space=group, member=colleague, state="invited")
    client = client_for(who)
    assert client.post(f"/groups/{group.slug}/invitations/{invitation.pk}/withdraw/").status_code == 403
    assert client.post(f"/groups/{group.slug}/members/{colleague.handle}/withdraw/").status_code == 403
    assert _state(group, colleague) == "invited"


def test_an_invitation_of_another_group_is_not_taken_back_through_ones_own(make_group, client_for):
    other = InvitationFactory()
    address = f"/groups/{make_group().slug}/invitations/{other.pk}/withdraw/"
    assert client_for("owner").post(address).status_code == 404


# Not a means to flood people


def test_nobody_floods_an_address_or_the_network(make_group, invite, page, monkeypatch):
    monkeypatch.setattr("groups.actions.invitations.MOST_A_DAY", 4)
    for _ in range(3):
        invite(make_group())
    assert "got several invitations" in page(invite(make_group()))
    invite(make_group(), whom="another@ville.example")
    assert "many people today" in page(invite(make_group(), whom="a-third@ville.example"))
    assert OutboxMail.objects.count() == 4


def test_one_that_is_over_is_sent_anew(make_group, invite):
    group = make_group()
    old = timezone.now() - timedelta(days=15)
    InvitationFactory(group=group, email=ADDRESS, sent_at=old, expires_at=old)
    invite(group)
    assert Invitation.objects.get().expires_at > timezone.now()
    assert OutboxMail.objects.count() == 1


def test_addresses_are_forgotten_a_month_later():
    long_ago = timezone.now() - timedelta(days=31)
    for field in ("expires_at", "accepted_at", "withdrawn_at"):
        InvitationFactory(**{field: long_ago})
    kept = InvitationFactory()
    forget_invitations()
    assert Invitation.objects.get() == kept
