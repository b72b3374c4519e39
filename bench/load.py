"""Requests by wrk, and what they cost the processes that answer."""

import contextlib
import re
import shutil
import subprocess
from dataclasses import dataclass

import psutil

from network.core.refusals import Refused

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
_TIME = r"\s+([\d.]+)(us|ms|s|m)\b"


@dataclass(frozen=True)
class Measured:
    """What wrk says of one run; times in milliseconds."""

    requests: int
    rps: float
    p50: float
    p99: float
    failed: int


def require_wrk():
    """Raise Refused where wrk isn't there."""
    if shutil.which("wrk") is None:
        raise Refused("wrk isn't installed. On Debian and Ubuntu: apt install wrk")


def wrk(url, *, connections, seconds, headers):
    """Ask for an address for so many seconds over so many connections."""
    command = [
        "wrk",
        "-t",
        str(min(2, connections)),
        "-c",
        str(connections),
        "-d",
        f"{seconds}s",
        "--latency",
    ]
    command += ["--timeout", "20s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    return read(said)


def read(said):
    """What wrk printed, as numbers."""
    answered = int(re.search(r"(\d+) requests in", said)[1])
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    return Measured(
        requests=answered,
        rps=float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]),
        p50=_milliseconds(said, "50%"),
        p99=_milliseconds(said, "99%"),
        failed=(int(refused[1]) if refused else 0) + sum(map(int, broken.groups() if broken else ())),
    )


def _milliseconds(said, quantile):
    number, unit = re.search(rf"\s{quantile}{_TIME}", said).groups()
    return float(number) * _UNITS[unit]


def cpu_of(processes):
    """Seconds of processor that these processes and those that they have buried took."""
    total = 0.0
    for process in processes:
        # One that has ended meanwhile is counted among those that its parent has buried.
        with contextlib.suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system + times.children_user + times.children_system
    return total
