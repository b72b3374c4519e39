"""Reports of visitors, which nobody reads until the address is shown to be theirs."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from network.charter.models import Article
from network.core.answers import require
from network.core.refusals import Refused, TooMany
from network.notifications.actions import queue_mail

from ..models import PendingReport
from ..permissions import can_report_contribution, can_report_space
from .reports import report_contribution, report_space

# For so long the link of the message can be used.
LINK_DAYS = 3
# How many messages one address may get in a day.
MOST_MESSAGES_A_DAY = 5


@transaction.atomic
def request_report(
    *, contribution=None, space=None, name, email, language, articles=(), illegality=False, **words
):
    """Keep a visitor's report and send a link to the address, which confirms it; returns the pending report.

    The same address reporting the same thing again within the day gets no second message.
    """
    target = {"contribution": contribution} if contribution else {"space": space}
    require(can_report_contribution(None, contribution) if contribution else can_report_space(None, space))
    since = timezone.now() - timedelta(days=1)
    recent = PendingReport.objects.filter(email__iexact=email, created_at__gt=since)
    if same := recent.filter(**target).first():
        return same
    if recent.count() >= MOST_MESSAGES_A_DAY:
        raise TooMany(_("Many reports came from this address today: please go on tomorrow, or write to us."))
    pending = PendingReport.objects.create(
        **target,
        name=name,
        email=email,
        language=language,
        words={
            "articles": [article.code for article in articles],
            "illegality": illegality,
            "explanation": words["explanation"],
        },
    )
    with override(language):
        why = gettext("You get this because somebody gave this address to report something on the site.")
    queue_mail(
        to=email,
        language=language,
        template="report_confirm",
        context={
            "name": name,
            "url": settings.BASE_URL + reverse("moderation:confirm_report", args=[pending.key]),
            "days": LINK_DAYS,
            "why": why,
        },
    )
    return pending


@transaction.atomic
def confirm_report(pending):
    """The address is the visitor's: what they sent is a report from now on. Returns it.

    Raises Refused where the link was used or is too old.
    """
    pending = PendingReport.objects.select_for_update(of=("self",)).get(pk=pending.pk)
    if pending.confirmed_at or pending.created_at < _oldest():
        raise Refused(_("This link was used already, or is too old. If need be, report it again."))
    words = pending.words
    values = {
        "name": pending.name,
        "email": pending.email,
        "language": pending.language,
        "explanation": words["explanation"],
        "illegality": words["illegality"],
        "articles": Article.objects.filter(version__state="in_force", code__in=words["articles"]),
        "good_faith": True,
    }
    if pending.contribution_id:
        report = report_contribution(pending.contribution, **values)
    else:
        report = report_space(pending.space, **values)
    pending.confirmed_at = timezone.now()
    pending.name, pending.email, pending.words = "", "", {}
    pending.save(update_fields=["confirmed_at", "name", "email", "words"])
    return report


def _oldest():
    return timezone.now() - timedelta(days=LINK_DAYS)


def forget_pending_reports():
    """Delete what was never confirmed, and what is a report by now; returns how many. Safe to repeat."""
    deleted, _by_model = PendingReport.objects.filter(created_at__lt=_oldest()).delete()
    return deleted
