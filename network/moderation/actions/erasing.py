"""What becomes of reports when a member is erased: cases stay whole, names don't."""

from django.db import transaction

from ..models import Report

# What of a snapshot tells who said it.
NAMES = {"author": "", "url": ""}


@transaction.atomic
def forget_in_snapshots(member):
    """Words of the member that were reported no longer say whose they were; returns how many reports that was.

    What was reported about the person themselves is emptied.
    """
    reports = list(Report.objects.filter(case__concerned=member).select_related("case"))
    for report in reports:
        about_person = report.case.member_id == member.pk
        report.snapshot = {} if about_person else report.snapshot | NAMES
    Report.objects.bulk_update(reports, ["snapshot"], batch_size=500)
    return len(reports)
