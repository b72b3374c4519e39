"""Runs the processes of a site on one machine: starts them, restarts what dies, ends all of them."""

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from .processes import StopSignal, bound_to_me, bury_orphans, end_groups, signal_group

# Seconds between the end of a process and its next start: doubled each time, up to the longest.
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30
# A process that lived this long, in seconds, had started well.
STEADY_AFTER = 20
# What a process may take to end what it is doing, in seconds.
GRACE = 15


class StartError(Exception):
    """A service can't be started now; the message says why."""


@dataclass
class Service:
    """One process of the site, how to start it and, where a signal won't do, how to end it."""

    name: str
    start: Callable[[], subprocess.Popen]
    end: Callable[[], object] | None = None
    process: subprocess.Popen | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = FIRST_PAUSE


def program(arguments: list[str], environment: dict[str, str]) -> Callable[[], subprocess.Popen]:
    """How to start a program, in a session of its own, that ends with this process."""
    return lambda: subprocess.Popen(
        arguments,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=bound_to_me(),
    )


class Supervisor:
    """Keeps services running until it is asked to stop; `say` is told what happens."""

    def __init__(self, services: list[Service], say: Callable[[str], object]):
        self.services = services
        self.say = say

    def run(self, stop: StopSignal, ready: Callable[[], bool], when_ready: Callable[[], object]) -> None:
        """Start the services and watch them until `stop`; call `when_ready` once `ready` says so."""
        told = False
        while not stop:
            self._start_what_is_due()
            self._note_the_dead()
            if not told and ready():
                told = True
                when_ready()
            stop.wait(0.3)

    def end(self, stop: StopSignal) -> None:
        """End every service and all that it started, politely until `stop` comes a second time.

        Those with an end of their own, on which the others may rest, come last.
        """
        end_groups(
            [service.process for service in self.services if service.process and not service.end],
            GRACE,
            hurry=lambda: stop.times > 1,
        )
        for service in self.services:
            if service.end:
                service.end()

    def _start_what_is_due(self):
        now = time.monotonic()
        for service in self.services:
            if service.process is not None or now < service.start_at:
                continue
            try:
                service.process = service.start()
                service.started_at = now
            except (StartError, OSError) as error:
                self._later(service, f"can't be started ({error})", now)

    def _note_the_dead(self):
        now = time.monotonic()
        for service in self.services:
            if service.process is None or service.process.poll() is None:
                continue
            signal_group(service.process, signal.SIGKILL)
            if now - service.started_at > STEADY_AFTER:
                service.pause = FIRST_PAUSE
            self._later(service, f"ended ({service.process.returncode})", now)
            service.process = None
        bury_orphans()

    def _later(self, service, what, now):
        self.say(f"The {service.name} {what}; trying again in {service.pause:g} s.")
        service.start_at = now + service.pause
        service.pause = min(service.pause * 2, LONGEST_PAUSE)
