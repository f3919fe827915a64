"""Answers as large as Northflank may send them: the memory for them is given back."""

import pathlib
import re

import pytest

from support.configuration import account
from support.waiting import eventually

ADDON = ("shop", "orders-db")
MB = 1_000_000
# Lists as long as fit into the greatest body, 8 MiB; the first has the most values for its size.
LISTS = {
    "values": "0," * 3_900_000 + "0",
    "objects": "{}," * 2_600_000 + "{}",
    "texts": '{"id":"b","status":[' + '"",' * 2_600_000 + '""]}',
}


def resident(exporter, kind="VmRSS"):
    status = pathlib.Path(f"/proc/{exporter.pid}/status").read_text()
    return int(re.search(rf"{kind}:\s+(\d+) kB", status)[1]) * 1024


@pytest.mark.parametrize("entries", LISTS.values(), ids=LISTS)
def test_the_memory_is_given_back(simulator, start_exporter, entries):
    exporter = start_exporter(account(simulator, addons=[ADDON]))
    exporter.wait_until_observed(ADDON)
    before = resident(exporter)
    body = f'{{"data":{{"backups":[{entries}]}},"pagination":{{"hasNextPage":false}}}}'
    simulator.faults({"kind": "canned", "endpoint": "backups", "body": body})
    simulator.forget_requests()
    # The next poll is sent when the answer to the one before is taken in.
    eventually(lambda: len(simulator.requests) > 1)
    simulator.faults()
    seen = exporter.page().of(ADDON, "northflank_addon_last_observed_timestamp_seconds")
    exporter.wait_until_observed(ADDON, since=seen)
    # The unit of systemd allows 256 MB.
    assert resident(exporter, "VmHWM") < 220 * MB
    eventually(lambda: resident(exporter) < before + 8 * MB, what=f"less than {before / MB} + 8 MB")
