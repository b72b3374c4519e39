"""What of a case, of a place or of the charter is read one at a time."""

from django.db.models import Q

from network.conversation.querysets import OPEN

CLOSED = ("private", "hidden")
OPEN_STATES = ("received", "in_review", "waiting")
AFTER_PROPOSAL = ("proposed", "declined", "decided", "void")
# The events by which somebody takes part in a case, and so can't judge an appeal in it.
TAKING_PART = (
    "taken",
    "noted",
    "asked",
    "escalated",
    "decided",
    "proposed",
    "confirmed",
    "declined",
    "opened",
    "withdrawn",
)


def charter_of(case):
    """The version of the charter that a case is judged by: the one in force when the act was done.

    For words, that is when they were last changed; for a member or a space, today's. None before the first.
    """
    from network.charter.models import CharterVersion

    acted_at = case.contribution and (case.contribution.edited_at or case.contribution.released_at)
    versions = CharterVersion.objects.with_words()
    then = acted_at and versions.filter(in_force_at__lte=acted_at).order_by("-in_force_at").first()
    return then or versions.in_force()


def articles_in_force():
    """The articles that bind members today, in their order, with their texts."""
    from network.charter.models import Article

    return Article.objects.filter(version__state="in_force").prefetch_related("texts").order_by("number")


def owner_of(space):
    """Who answers for a space: its first owner, or None."""
    from network.conversation.models import Membership

    owned = Membership.objects.filter(space=space, role="owner", state="active").select_related("member")
    membership = owned.order_by("joined_at", "pk").first()
    return membership and membership.member


def inspectable_contributions():
    """What the administration lists: what was said in open places, taken down or not.

    The words of closed groups, and those meant for one group, aren't there: they open through a case alone.
    """
    from network.conversation.models import Contribution

    return (
        Contribution.objects.filter(space__visibility__in=OPEN, released_at__isnull=False)
        .exclude(audience="group")
        .select_related("author__institution", "space", "root")
    )


def held_contributions(member):
    """What was said in open places and waits for somebody to look at it, the oldest first; not the member's own."""
    from network.conversation.models import Contribution

    return (
        Contribution.objects.filter(
            moderation="awaiting",
            released_at=None,
            published_at__isnull=False,
            space__visibility__in=OPEN,
        )
        .exclude(audience="group")
        .exclude(author=member)
        .select_related("author", "space", "root")
        .order_by("published_at", "pk")
    )


def words_around(contribution, size=2):
    """The `size` replies before and after it in its thread, in order; empty for a topic or post."""
    if not contribution.root_id or contribution.number is None:
        return [], []
    thread = type(contribution).objects.filter(root=contribution.root_id, released_at__isnull=False)
    thread = thread.select_related("author")
    before = thread.filter(number__lt=contribution.number).order_by("-number").values("pk")[:size]
    after = thread.filter(number__gt=contribution.number).order_by("number").values("pk")[:size]
    around = list(thread.filter(Q(pk__in=before) | Q(pk__in=after)).order_by("number"))
    split = sum(reply.number < contribution.number for reply in around)
    return around[:split], around[split:]


def proposal_of(case):
    """The event by which an exclusion was proposed, while a second moderator has yet to answer; or None."""
    return proposal_among(case.events.filter(verb__in=AFTER_PROPOSAL).select_related("actor"))


def proposal_among(events):
    """The same among the events of a case, in their order."""
    told = [event for event in events if event.verb in AFTER_PROPOSAL]
    return told[-1] if told and told[-1].verb == "proposed" else None


def colleagues_for(case, member):
    """The other moderators who may decide this case, by name."""
    from network.members.models import MODERATOR, Member

    return (
        Member.objects.filter(groups__name=MODERATOR, status="active")
        .exclude(pk__in=[member.pk, case.concerned_id, case.moderator_id or 0])
        .exclude(pk__in=case.reports.exclude(reporter=None).values("reporter"))
        .order_by("name", "pk")
    )


def facilitators_for(case):
    """Those who keep order where it was said and may handle the case: nobody where it isn't theirs to handle."""
    from network.conversation.models import Membership
    from network.members.models import Member

    if case.contribution_id is None or case.escalated or case.illegality:
        return Member.objects.none()
    keeping = Membership.objects.filter(
        space=case.contribution.space_id,
        space__kind="group",
        state="active",
        role__in=["facilitator", "owner"],
    )
    if keeping.filter(member=case.concerned_id).exists():
        return Member.objects.none()
    parties = case.reports.exclude(reporter=None).values("reporter")
    return Member.objects.filter(pk__in=keeping.values("member")).exclude(pk__in=parties)


def question_of(case):
    """The event by which the author was asked something that they haven't answered; or None."""
    last = case.events.filter(verb__in=("asked", "answered")).order_by("-pk").first()
    return last if last and last.verb == "asked" else None


def knows_of(case):
    """Does the person concerned know of the case: were they asked, or was something done before?"""
    return case.events.filter(verb__in=("asked", "hidden_automatically")).exists()
