"""An API that fails: the last good data stays, and the failure shows."""

import pytest

from support.failing import fail_and_recover

# Each fault with the reason that it is counted under.
FAULTS = [
    ({"kind": "status", "status": 503}, "unavailable"),
    ({"kind": "status", "status": 500, "body": "html"}, "unavailable"),
    ({"kind": "status", "status": 401}, "unauthorized"),
    ({"kind": "status", "status": 403}, "forbidden"),
    ({"kind": "status", "status": 418, "body": "empty"}, "client_error"),
    ({"kind": "cutBody"}, "connect"),
    ({"kind": "truncatedJSON"}, "decode"),
    ({"kind": "malformedJSON"}, "decode"),
    ({"kind": "htmlPage"}, "decode"),
    ({"kind": "wrongTypes"}, "decode"),
    ({"kind": "wrongTypes", "variant": "list"}, "decode"),
    ({"kind": "wrongTypes", "variant": "data"}, "decode"),
    ({"kind": "repeatingCursor"}, "pagination"),
    ({"kind": "endlessPages"}, "pagination"),
    ({"kind": "oversizedBody", "bytes": 100_000_000}, "decode"),
    ({"kind": "redirect", "location": "http://localhost/"}, "client_error"),
]


@pytest.mark.parametrize("fault, reason", FAULTS, ids=lambda value: value if isinstance(value, str) else None)
def test_the_last_good_data_stays(start_simulator, start_exporter, fault, reason):
    # In no order, so that all pages are read each time, those that the fault is about included.
    fail_and_recover(start_simulator("--simulator.shuffled"), start_exporter, fault, reason)
