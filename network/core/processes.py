"""Children that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


def end_with(parent: int, how: int = signal.SIGTERM) -> None:
    """Ask the kernel to send this process the signal `how` when its `parent` ends.

    Where the kernel has no such thing (outside Linux), nothing happens.
    """
    if _libc is None:
        return
    _libc.prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:  # it ended before we could ask
        os.kill(os.getpid(), how)


def bound_to_me(how: int = signal.SIGTERM) -> Callable[[], None]:
    """A `preexec_fn` that makes the child end, by the signal `how`, with this process."""
    parent = os.getpid()
    return lambda: end_with(parent, how)


def adopt_orphans() -> None:
    """Have descendants whose parent ends become children of this process (on Linux)."""
    if _libc is not None:
        _libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


def bury_orphans() -> None:
    """Take leave of the children that have ended; call it where nobody else waits for one."""
    while True:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not ended:
            return


def signal_group(process: subprocess.Popen, how: int) -> None:
    """Send a signal to a child started in a session of its own, and to all its descendants."""
    try:
        os.killpg(process.pid, how)
    except (ProcessLookupError, PermissionError):
        return


def end_groups(
    processes: Iterable[subprocess.Popen], seconds: float, hurry: Callable[[], bool] = lambda: False
) -> None:
    """End children, each the head of its own session: ask, wait up to `seconds`, then kill.

    What a child left behind in its session is killed too. When `hurry` says so, nothing is awaited.
    """
    processes = list(processes)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + seconds
    while any(process.poll() is None for process in processes):
        if hurry() or time.monotonic() > deadline:
            break
        time.sleep(0.05)
    for process in processes:
        signal_group(process, signal.SIGKILL)
        process.wait()


class StopSignal:
    """Remembers that this process was asked to stop (Ctrl-C, SIGTERM, a closed terminal)."""

    def __init__(self):
        self.times = 0
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._note)

    def __bool__(self):
        return self.times > 0

    def _note(self, number, frame):
        self.times += 1

    def wait(self, seconds: float) -> bool:
        """Sleep for `seconds`, less if asked to stop meanwhile; whether that is so."""
        until = time.monotonic() + seconds
        while not self.times and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, 0.1))
        return bool(self)
