"""What is due from time to time. Each app registers its jobs in its `tasks.py`.

    @due(every=60)
    def send_digests(): ...

The scheduler's process calls them; a job calls an action or enqueues a task, and is safe to run twice.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

logger = logging.getLogger(__name__)


@dataclass
class Job:
    """A function and how often it is called, in seconds."""

    name: str
    every: float
    function: Callable[[], object]
    next_at: float = 0.0


_jobs: dict[str, Job] = {}


def register(name: str, every: float, function: Callable[[], object]) -> None:
    """Have `function` called every `every` seconds; a job of the same name is replaced."""
    if every <= 0:
        raise ValueError(f"{name}: a job is due every so many seconds, not {every}.")
    _jobs[name] = Job(name, every, function)


def due(every: float):
    """Register the decorated function to be called every `every` seconds."""

    def decorate(function):
        register(f"{function.__module__}.{function.__qualname__}", every, function)
        return function

    return decorate


def jobs() -> list[Job]:
    """The registered jobs, in the order of their names."""
    return [_jobs[name] for name in sorted(_jobs)]


def run_due(
    jobs: list[Job], now: float | None = None, after_failure: Callable[[], object] | None = None
) -> list[str]:
    """Call the jobs that are due at `now` (seconds of a monotonic clock), and return their names.

    A job that fails is logged and comes again in its turn; it doesn't stop the others, unless
    `after_failure`, called then, raises: it may find that the database is gone.
    """
    now = time.monotonic() if now is None else now
    called = []
    for job in jobs:
        if now < job.next_at:
            continue
        job.next_at = now + job.every
        called.append(job.name)
        try:
            job.function()
        except Exception:
            logger.exception("The job %s failed.", job.name)
            if after_failure is not None:
                after_failure()
    return called
