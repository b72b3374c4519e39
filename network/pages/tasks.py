"""What pages need from time to time."""

from django.core.management import call_command

from network.core.schedule import due

MINUTE, DAY = 60, 60 * 60 * 24


@due(every=MINUTE)
def publish_scheduled_pages():
    """Publish what was given a date, and take away what was given an end."""
    call_command("publish_scheduled", verbosity=0)


@due(every=DAY)
def rebuild_pages_index():
    """Let the administration find the pages that the site was made with, and any that its index missed."""
    call_command("update_index", verbosity=0)
