"""How much one may say at a time: enough for anybody at work, not enough for a flood.

Newcomers may less than those who are known. The limits are the administrators' settings.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from network.core.refusals import Refused, TooMany
from network.core.thresholds import thresholds

from .mentions import handles_in
from .models import Contribution

DAY = timedelta(days=1)
# Who has said less than this is a newcomer still.
FEWEST_TEXTS = 3
# Each limit has two settings: for newcomers, and for everybody else.
TEXTS = ("newcomer_texts_a_day", "texts_a_day")
LINKS = ("newcomer_links", "links_in_text")
MENTIONS = ("newcomer_mentions", "mentions_in_text")
REPORTS = ("newcomer_reports_a_day", "reports_a_day")
_LINK = re.compile(r'<a [^>]*href="(?!/members/)', re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def limits_of(member, *limits):
    """What holds for the member of some of the limits above, in their order."""
    values = thresholds("newcomer_days", *(name for limit in limits for name in limit))
    age = timezone.now() - member.date_joined
    is_new = age < timedelta(days=values["newcomer_days"]) or member.contribution_count < FEWEST_TEXTS
    return [values[for_newcomers if is_new else for_others] for for_newcomers, for_others in limits]


def check_pace(moments, most):
    """Raise TooMany, which says when one can go on, where the member did it `most` times in the last day.

    `moments` is a queryset of when they did, since `a_day_ago()`, the newest first.
    """
    reached = list(moments[most - 1 : most])
    if not reached:
        return
    raise TooMany(
        ngettext(
            "You have reached what one can send in a day (%(most)d). You can go on on %(moment)s; nothing you "
            "wrote is lost.",
            "You have reached what one can send in a day (%(most)d). You can go on on %(moment)s; nothing you "
            "wrote is lost.",
            most,
        )
        % {"most": most, "moment": date_format(localtime(reached[0] + DAY), "DATETIME_FORMAT")}
    )


def a_day_ago():
    """The moment since which a day's limits count."""
    return timezone.now() - DAY


def check_text(contribution, member):
    """Raise Refused where a text that the member is posting is one too many today, or holds too many links or names."""
    if not settings.LIMITS:
        return
    texts, links, mentions = limits_of(member, TEXTS, LINKS, MENTIONS)
    posted = Contribution.objects.filter(author=member, published_at__gt=a_day_ago()).exclude(
        pk=contribution.pk
    )
    check_pace(posted.order_by("-published_at").values_list("published_at", flat=True), texts)
    body = contribution.body
    if max(len(_LINK.findall(body)), len(_ADDRESS.findall(contribution.body_text))) > links:
        raise Refused(
            ngettext(
                "This text holds more than %(most)d link: leave some out.",
                "This text holds more than %(most)d links: leave some out.",
                links,
            )
            % {"most": links}
        )
    _refuse_crowd(contribution, mentions)


def check_correction(contribution, member):
    """Raise Refused where a text that the member corrects names too many people now."""
    if settings.LIMITS:
        _refuse_crowd(contribution, *limits_of(member, MENTIONS))


def _refuse_crowd(contribution, most):
    if len(handles_in(contribution.body)) > most:
        raise Refused(
            ngettext(
                "This text mentions more than %(most)d person: leave some out, they would all be told.",
                "This text mentions more than %(most)d people: leave some out, they would all be told.",
                most,
            )
            % {"most": most}
        )
