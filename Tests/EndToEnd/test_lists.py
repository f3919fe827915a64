"""Lists of backups in all the shapes that the API has or may get."""

import pytest

from support import truth
from support.configuration import account

ADDON = ("shop", "orders-db")
FAILED_ATTEMPTS = "northflank_addon_backup_consecutive_failed_attempts"

EXAMPLE = {
    "id": "example-backup", "name": "Example Backup", "status": "completed",
    "createdAt": "2021-01-20T11:19:53.175Z", "completedAt": "2021-01-20T11:19:54.494Z",
    "config": {"source": {"type": "snapshot"}, "size": "1234", "addonVersion": "4.4.8"}}


def backup(number, status, source=None, end=None, size=None, day=1, **more):
    """A backup of the given day of 2024, on which `number` is the hour of its creation."""
    config = {} if source is None else {"source": {"type": source}}
    if size is not None:
        config["size"] = size
    ends = {} if end is None else {"completedAt": end}
    return {"id": f"b-{day}-{number}", "name": "B", "status": status,
            "createdAt": f"2024-05-{day:02}T{number:02}:00:00.250Z", **ends, "config": config, **more}


@pytest.fixture
def page_of(simulator, start_exporter):
    """The page of an exporter that watches an addon with a given list."""

    def collect(backups):
        simulator.can(ADDON, backups)
        exporter = start_exporter(account(simulator, addons=[ADDON]))
        exporter.wait_until_observed(ADDON)
        # What counts as failed in a row depends on the schedules, which are read after the first poll.
        return exporter.wait_for_page(
            lambda page: page.value("northflank_exporter_requests_total", account="default", reason="schedules") == 1)

    return collect


@pytest.fixture
def samples(page_of):
    """The samples of an addon with a given list."""
    return lambda backups: truth.samples_of(page_of(backups), ADDON)


def test_the_example_of_the_api_documentation(samples):
    found = samples([EXAMPLE])
    counts = {("northflank_addon_backups", status): 0 for status in truth.COUNTED}
    assert found == counts | {
        ("northflank_addon_backups", "completed"): 1,
        ("northflank_addon_backup_last_completed_timestamp_seconds", "snapshot"): 1611141594.494,
        ("northflank_addon_backup_oldest_completed_timestamp_seconds", "snapshot"): 1611141594.494,
        ("northflank_addon_backup_last_completed_size_bytes", "snapshot"): 1234,
        ("northflank_addon_backup_last_completed_duration_seconds", "snapshot"): 1.319,
        ("northflank_addon_backup_stored_bytes", "snapshot"): 1234,
    }


def test_every_status_type_and_size_in_no_order(page_of):
    backups = [
        backup(9, "failed", "snapshot", "2024-05-01T09:30:00Z"),
        backup(4, "completed", "sameAddon", "2024-05-01T04:10:00.5Z", size=4000),
        backup(3, "completed", "liveInstance", "2024-05-01T07:00:00Z", size="300"),
        backup(10, "scheduled", "snapshot", ""),
        backup(5, "completed", "snapshot", "2024-05-01T05:00:01.001Z", size=""),
        backup(2, "completed", "snapshot", "2024-05-01T02:00:01Z", size="70"),
        backup(6, "aborted", "snapshot"),
        backup(7, "aborting", "snapshot"),
        backup(8, "in-progress", "sameAddon"),
        backup(11, "failed", "sameAddon"),
        backup(12, "completed", "fileUpload", "2024-05-01T12:00:00.251Z", size="12"),
        backup(13, "failed", "externalDump", "2024-05-01T13:00:00Z"),
        backup(1, "not-supported", "snapshot"),
        backup(14, "a-word-of-the-future", "sameAddon"),
        backup(15, "completed", "a-source-of-the-future", "2024-05-01T17:00:01+02:00", size="15"),
        backup(16, "completed", None, "2024-05-01T16:20:00Z", anything={"new": [1, None]}),
        backup(17, "completed", "snapshot"),
        backup(18, "failed", "snapshot", "2024-05-01T18:30:00Z"),
        backup(19, "completed", "fileUpload", "2024-05-01T19:00:01Z", size="19"),
        backup(20, "failed", "externalDump"),
    ]
    page = page_of(backups)
    found = truth.samples_of(page, ADDON)
    assert found == truth.expected_samples(backups)
    assert {found["northflank_addon_backups", status] for status in truth.STATUSES} == {1, 5, 9}
    # Each type for itself, and an aborted attempt does not count.
    assert {name: page.of(ADDON, FAILED_ATTEMPTS, type=name) for name in ("dump", "snapshot")} == {
        "dump": 1, "snapshot": 1}


def test_an_empty_list_has_counts_and_nothing_else(samples):
    counts = {("northflank_addon_backups", status): 0 for status in truth.COUNTED}
    assert samples([]) == counts


def test_a_backup_that_is_listed_twice_counts_once(samples):
    twin = backup(1, "completed", "snapshot", "2024-05-01T02:00:00Z", size="5", uid="u-1")
    assert samples([twin, twin]) == truth.expected_samples([twin])


def failed_attempts(page):
    return page.of(ADDON, FAILED_ATTEMPTS, type="snapshot")


def test_failed_attempts_count_up_to_the_newest_that_has_finished(page_of):
    ends = ("completed", "failed", "failed", "aborted", "not-supported", "aborted", "in-progress")
    assert failed_attempts(page_of([backup(hour, end, "snapshot") for hour, end in enumerate(ends)])) == 3


def test_failures_clear_with_the_next_completed_backup(simulator, start_exporter):
    failures = [backup(hour, "failed", "snapshot") for hour in (1, 2, 3)]
    simulator.can(ADDON, failures)
    exporter = start_exporter(account(simulator, addons=[ADDON]))
    assert failed_attempts(exporter.wait_until_observed(ADDON)) == 3
    simulator.faults()
    simulator.can(ADDON, [*failures, backup(4, "completed", "snapshot", "2024-05-01T05:00:00Z")])
    page = exporter.wait_for_page(lambda page: failed_attempts(page) == 0)
    assert page.of(ADDON, "northflank_addon_backups", status="failed") == 3
    assert page.of(ADDON, "northflank_addon_backup_last_failed_timestamp_seconds") == 1714532400.25
    assert page.of(ADDON, "northflank_addon_up") == 1
