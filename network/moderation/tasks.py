"""What is done in the background, and what ends at its date without anybody's doing."""

from django_tasks import task

from network.core.schedule import due

from . import actions

MINUTE, HOUR = 60, 60 * 60


@task()
def decide_batch(batch_id):
    """Decide what is left of a batch of spam."""
    actions.decide_batch(batch_id)


@due(every=MINUTE)
def resume_batches():
    """A batch whose worker was killed goes on."""
    actions.resume_batches()


@due(every=MINUTE)
def end_sanctions():
    """Members whose sanction is over can do again what they could."""
    actions.expire_sanctions()


@due(every=MINUTE)
def end_measures():
    """Content that was taken down until a date is back."""
    actions.end_expired_measures()


@due(every=MINUTE)
def return_cases():
    """Cases whose author corrected the words or let the time pass are before the moderators again."""
    actions.return_cases()


@due(every=MINUTE)
def free_cases():
    """Nobody who was suspended or left keeps a case in hand."""
    actions.free_cases()


@due(every=HOUR)
def forget_pending_reports():
    """Reports that no visitor confirmed in time are deleted."""
    actions.forget_pending_reports()


@due(every=HOUR)
def close_cases():
    """Decided cases close when the time for an appeal is over."""
    actions.close_cases()


@due(every=6 * HOUR)
def purge():
    """What was removed for good, and what old cases keep of members' words, is deleted."""
    actions.purge_removed()
    actions.purge_cases()
    actions.purge_statements()
