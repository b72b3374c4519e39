"""What wrk prints, read as numbers; what doesn't keep to the budgets, said."""

from bench.load import read
from bench.report import over_budget, plot

SAID = """Running 3s test @ http://127.0.0.1:8000/feed/
  2 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency    61.10ms   10.20ms 120.00ms   80.00%
    Req/Sec   130.00     10.00   150.00     70.00%
  Latency Distribution
     50%  900.00us
     75%   63.00ms
     90%   70.10ms
     99%    1.20s
  780 requests in 3.01s, 12.00MB read
  Socket errors: connect 0, read 1, write 0, timeout 2
  Non-2xx or 3xx responses: 4
Requests/sec:    259.10
Transfer/sec:      3.99MB
"""
ROW = {
    "scale": 1,
    "page": "feed",
    "queries": 9,
    "bytes": 40_000,
    "buffers": 900,
    "p50_ms": 50.0,
    "p99_ms": 90.0,
    "cpu_ms": 7.5,
    "bare_ratio": 3.0,
    "failed": 0,
}


def test_times_are_read_in_milliseconds():
    measured = read(SAID)
    assert (measured.p50, measured.p99) == (0.9, 1200)
    assert (measured.requests, measured.rps) == (780, 259.1)


def test_what_failed_is_counted():
    assert read(SAID).failed == 7


def test_a_page_within_its_budget_isnt_named():
    assert over_budget([ROW], {"feed": 12}) == []


def test_what_is_over_budget_is_said():
    row = ROW | {"queries": 13, "bare_ratio": 5.1, "p99_ms": 250.0}
    assert over_budget([row], {"feed": 12}) == [
        "feed: 13 queries",
        "feed: 5.1 times the bare stack",
        "feed: p99 is 5.0 times p50",
    ]


def test_the_plot_has_a_dot_for_each_page():
    assert plot([ROW, ROW | {"scale": 10}]).count("<circle") == 2
