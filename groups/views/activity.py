import csv

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.core.answers import require
from network.core.decorators import member_required

from ..activity import PERIODS, activity_of, period
from ..permissions import can_see_activity
from ..plots import plot
from .groups import find_group


def _columns():
    """The figures of a week: their names and what they are called."""
    return {
        "members": _("Members"),
        "active": _("Members who said something"),
        "topics": _("Topics"),
        "replies": _("Replies"),
    }


def _looked_at(request, slug):
    """The group and its activity in the weeks that the address names, for who may see them."""
    group = find_group(request, slug)
    require(can_see_activity(request.user, group))
    weeks = period(request.GET.get("weeks"))
    return group, weeks, activity_of(group, weeks)


@member_required
@require_safe
def activity(request, slug):
    """How alive a group is, week by week, for those who animate it."""
    group, weeks, found = _looked_at(request, slug)
    columns = _columns()
    labels = [date_format(week.start, "d/m") for week in found.weeks]
    context = {
        "group": group,
        "activity": found,
        "weeks": weeks,
        "periods": PERIODS,
        "plots": [
            plot(title, [getattr(week, name) for week in found.weeks], labels)
            for name, title in columns.items()
        ],
        "headers": [_("Week from"), *columns.values()],
        "rows": [
            [date_format(week.start, "SHORT_DATE_FORMAT"), *(getattr(week, name) for name in columns)]
            for week in reversed(found.weeks)
        ],
    }
    return render(request, "groups/activity.html", context)


@member_required
@require_safe
def activity_csv(request, slug):
    """The same figures for a spreadsheet, one line a week."""
    group, _weeks, found = _looked_at(request, slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{group.slug}-activity.csv"'
    writer = csv.writer(response)
    names = list(_columns())
    writer.writerow(["week", *names])
    writer.writerows(
        [week.start.isoformat(), *(getattr(week, name) for name in names)] for week in found.weeks
    )
    return response
