"""Children that never outlive the process that started them."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable

PR_SET_PDEATHSIG = 1
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


def signal_group(process: subprocess.Popen, how: int) -> None:
    """Send a signal to a child started in a session of its own, and to all its descendants."""
    try:
        os.killpg(process.pid, how)
    except (ProcessLookupError, PermissionError):
        return


def end_groups(processes: Iterable[subprocess.Popen], seconds: float) -> None:
    """End children, each the head of its own session: ask, wait up to `seconds`, then kill.

    What a child left behind in its session is killed too.
    """
    processes = list(processes)
    for process in processes:
        signal_group(process, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    for process in processes:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            continue
    for process in processes:
        signal_group(process, signal.SIGKILL)
        process.wait()
