"""Reports: what somebody says against a contribution, a member or a space."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article
from network.conversation import limits
from network.conversation.actions.counting import locked
from network.conversation.models import Contribution, Space
from network.core.answers import require
from network.core.refusals import Refused
from network.core.thresholds import threshold
from network.members.models import Member

from ..models import Case, Report, ReportArticle, Sanction
from ..permissions import can_open_case, can_report_contribution, can_report_member, can_report_space
from ..querysets import owner_of
from ..trust import trust_in
from .automatic import hide_if_reported_enough
from .records import record_event, save_case
from .sanctions import WARNED_FOR
from .snapshots import snapshot_of
from .telling import tell_facilitators, tell_receipt


@transaction.atomic
def report_contribution(contribution, *, actor=None, **words):
    """Report a contribution; see `_file` for the words and what is returned."""
    contribution = Contribution.objects.select_related("space", "root", "author", "audience_space").get(
        pk=contribution.pk
    )
    require(can_report_contribution(actor, contribution))
    # Enough reports hide it: the locks are those of hiding, in the same order.
    locked(contribution)
    return _file({"contribution": contribution}, contribution.author, actor, words)


@transaction.atomic
def report_member(member, *, actor=None, **words):
    """Report a member; see `_file`."""
    require(can_report_member(actor, member))
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    return _file({"member": member}, member, actor, words)


@transaction.atomic
def report_space(space, *, actor=None, **words):
    """Report a group or a blog; its owner is the person concerned. See `_file`."""
    space = Space.objects.get(pk=space.pk)
    require(can_report_space(actor, space))
    Space.objects.select_for_update(no_key=True).get(pk=space.pk)
    return _file({"space": space}, owner_of(space), actor, words)


# How many reports one visitor's address may send in a day: each is answered by a message.
MOST_A_DAY = 5


def _file(target, concerned, actor, words):
    """Add the report to the open case of its target, or open one. Returns the report.

    `words`: explanation (text), articles (of the charter), illegality, good_faith, language (of the
    reporter), and name and email of a visitor. The same person reporting the same thing twice is one report:
    the first is returned. Raises `Refused` where a part is missing.
    """
    articles = list(words.get("articles", ()))
    illegality = bool(words.get("illegality"))
    if not articles and not illegality:
        raise Refused(_("Say which article of the charter isn't respected, or that it is against the law."))
    if not words.get("good_faith"):
        raise Refused(_("Say that you report in good faith."))
    case = _open_case_of(target)
    earlier = _earlier_report(case, actor, words.get("email", ""))
    if earlier:
        return earlier
    if actor is None:
        _check_pace(words["email"])
    elif not illegality:
        _check_pace_of(actor)
    if case is None:
        case = _new_case(target, concerned)
    report = Report.objects.create(
        case=case,
        reporter=actor,
        name="" if actor else words["name"],
        email="" if actor else words["email"],
        language=actor.language if actor else words["language"],
        illegality=illegality,
        explanation=words["explanation"],
        good_faith=True,
        weight=_trust(actor),
        snapshot=snapshot_of(case),
    )
    ReportArticle.objects.bulk_create(ReportArticle(report=report, article=article) for article in articles)
    _weigh(case, actor, articles, illegality)
    record_event(case, actor, "reported", report=report.pk)
    tell_receipt(report)
    if not hide_if_reported_enough(case):
        tell_facilitators(case)
    return report


def _trust(actor):
    """How much a report of this person counts for."""
    if actor is None:
        return 0.0
    right, wrong = Report.objects.accuracy_of([actor]).get(actor.pk, (0, 0))
    since = timezone.now() - WARNED_FOR
    return trust_in(actor, right, wrong, is_warned=Sanction.objects.warnings_to(actor, since=since).exists())


def _open_case_of(target):
    return Case.objects.open().filter(**target).select_for_update(of=("self",)).first()


def _earlier_report(case, actor, email):
    if case is None:
        return None
    mine = {"reporter": actor} if actor else {"reporter": None, "email__iexact": email}
    return case.reports.filter(**mine).first()


def _check_pace(email):
    day = timezone.now() - timedelta(days=1)
    if Report.objects.filter(reporter=None, email__iexact=email, created_at__gt=day).count() >= MOST_A_DAY:
        raise Refused(_("Many reports came from this address today: please go on tomorrow, or write to us."))


def _check_pace_of(member):
    """What is against the law can always be reported; the rest, so many times a day."""
    if settings.LIMITS:
        reported = Report.objects.filter(reporter=member, created_at__gt=limits.a_day_ago())
        moments = reported.order_by("-created_at").values_list("created_at", flat=True)
        limits.check_pace(moments, *limits.limits_of(member, limits.REPORTS))


def _new_case(target, concerned, **values):
    due_at = timezone.now() + timedelta(days=threshold("moderation_days"))
    return Case.objects.create(**target, concerned=concerned, due_at=due_at, **values)


def _weigh(case, actor, articles, illegality):
    case.report_count += 1
    case.gravity = max([case.gravity, *(article.gravity for article in articles)])
    case.illegality = case.illegality or illegality
    case.weight = sum(Report.objects.independent(case))
    fields = ["report_count", "gravity", "illegality", "weight"]
    if actor and case.moderator_id == actor.pk:
        # A moderator who reports has become a party: the case goes back to the others.
        case.moderator = None
        case.state = Case.State.RECEIVED
        fields += ["moderator", "state"]
    save_case(case, *fields)


@transaction.atomic
def open_case(contribution, *, actor):
    """Look into a contribution on a moderator's own initiative. Returns its open case, new or not."""
    contribution = Contribution.objects.select_related("space", "root", "author").get(pk=contribution.pk)
    require(can_open_case(actor, contribution))
    Contribution.objects.select_for_update(of=("self",), no_key=True).get(pk=contribution.pk)
    target = {"contribution": contribution}
    if case := _open_case_of(target):
        return case
    case = _new_case(
        target,
        contribution.author,
        own_initiative=True,
        moderator=actor,
        state=Case.State.IN_REVIEW,
        gravity=Article.Gravity.LIGHT,
    )
    record_event(case, actor, "opened", snapshot=snapshot_of(case))
    return case
