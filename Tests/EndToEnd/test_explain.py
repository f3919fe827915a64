"""`explain` of every addon of the demo: each of its numbers is that of the metrics and of the simulator's truth."""

from datetime import datetime, timedelta

import pytest

from support import command, truth
from support.configuration import account
from support.waiting import eventually
from support.world import state_of

PREFIX = "northflank_addon_backup"
# The days of the attempts.
ATTEMPT_DAYS = 30
WELL = ("ok", "waived", "paused")


@pytest.fixture
def exporter(simulator, start_exporter):
    """One that reads restores, too."""
    exporter = start_exporter(account(simulator, restores=True))
    exporter.wait_until_observed(*simulator.addons)
    eventually(lambda: all(of(exporter, addon)["evidence"]["schedules_read_at"] for addon in simulator.addons))
    return exporter


def of(exporter, addon, **query):
    parameters = "&".join(f"{key}={value}" for key, value in query.items())
    return exporter.get(f"/api/addons/default/{addon[0]}/{addon[1]}?{parameters}").json


def seconds(text):
    return datetime.fromisoformat(text).timestamp()


def created(entry):
    return truth.created(entry) // 1000


def facts_of(simulator, addon):
    return next(entry for project in simulator.truth["projects"] if project["id"] == addon[0]
                for entry in project["addons"] if entry["id"] == addon[1])


def test_every_number_is_that_of_the_metrics_and_of_the_truth(simulator, exporter):
    for addon in simulator.addons:

        def same(addon=addon):
            before = facts_of(simulator, addon)
            page, explanation = exporter.page(), of(exporter, addon)
            assert_metrics(page, addon, explanation)
            assert_truth(before, explanation)
            return True

        # A poll or a backup can come between the readings.
        eventually(same)


def assert_metrics(page, addon, explanation):
    def metric(name, **labels):
        return page.of(addon, f"{PREFIX}_{name}", **labels)

    assert explanation["state"] == state_of(page, addon)
    held = page.having(f"{PREFIX}_finding_since_timestamp_seconds", project=addon[0], addon=addon[1])
    since = {}
    # A pause is no fault, and has no metric of its own.
    for finding in (each for each in explanation["findings"] if each["kind"] != "paused"):
        since[finding["kind"]] = min(seconds(finding["since"]), since.get(finding["kind"], float("inf")))
    assert since == {dict(labels)["finding"]: int(value) for labels, value in held.items()}
    for backup in explanation["newest"]:
        kind = backup["type"]
        assert seconds(backup["ended_at"]) == int(metric("last_completed_timestamp_seconds", type=kind))
        assert backup["size_bytes"] == metric("last_completed_size_bytes", type=kind)
        objective = metric("objective_seconds", type=kind) or metric("objective_seconds", type="any")
        assert backup["limit_seconds"] == (objective and int(objective))
    limits = {limit["name"]: limit for limit in explanation["limits"]}
    for kind in ("dump", "snapshot"):
        if f"newest {kind}" in limits:
            assert limits[f"newest {kind}"]["at_most"] == int(metric("objective_seconds", type=kind))
        if f"{kind} size" in limits and not any(finding["kind"] == "odd-size" for finding in explanation["findings"]):
            band = limits[f"{kind} size"]
            assert [band["at_least"], band["at_most"]] == [
                metric("expected_size_bytes", type=kind, bound=bound) for bound in ("low", "high")]
        due = [entry["slot"] for entry in explanation["next"]["due"]
               if entry["type"] == kind and not entry["is_pending"]]
        assert [seconds(slot) for slot in due] == [
            value for value in [metric("next_due_timestamp_seconds", type=kind)] if value is not None]
        expiry = [entry["at"] for entry in explanation["next"]["expiry"] if entry["type"] == kind]
        assert [seconds(at) for at in expiry] == [
            int(value) for value in [metric("expiry_timestamp_seconds", type=kind)] if value is not None]
    oldest = page.having(f"{PREFIX}_oldest_completed_timestamp_seconds", project=addon[0], addon=addon[1])
    ours = [value for labels, value in oldest.items() if ("type", "import") not in labels]
    if ours:
        age = seconds(explanation["generated_at"]) - min(ours)
        assert abs(limits["oldest point"]["value"] - age) <= 1
    interval = page.value("northflank_exporter_poll_interval_seconds", account="default")
    assert limits["last check"]["at_most"] == 3 * interval


def assert_truth(facts, explanation):
    now = datetime.fromisoformat(explanation["generated_at"])
    backups = {backup.get("uid") or backup["id"]: backup for backup in facts["backups"]}
    ours = {key: backup for key, backup in backups.items() if truth.type_of(backup) != "import"}
    completed = [backup for backup in ours.values() if backup["status"] == "completed"]
    limits = {limit["name"]: limit for limit in explanation["limits"]}
    assert explanation["evidence"]["listed"] == len(backups)
    assert limits["restorable points"]["value"] == len(completed)
    newest = max(map(created, completed), default=None)
    assert (explanation["restorable_to"] and seconds(explanation["restorable_to"])) == newest
    # Attempts: all of the last 30 days, none else.
    recent = {key for key, backup in ours.items()
              if created(backup) > (now - timedelta(days=ATTEMPT_DAYS)).timestamp()}
    attempts = {attempt["id"]: attempt for attempt in explanation["attempts"] if attempt["is_listed"]}
    assert set(attempts) == recent
    for key, attempt in attempts.items():
        assert_attempt(backups[key], attempt)
    # Slots: each backup is in the truth, and begins after its slot.
    slots = explanation["slots"]
    for slot in slots:
        backup = slot["backup"]
        assert (backup is None) == (slot["outcome"] in ("missed", "pending", "forgiven", "not-judged")), slot
        if backup and backup["is_listed"]:
            assert_attempt(backups[backup["id"]], backup)
            if slot["outcome"] in ("completed", "failed", "aborted"):
                assert backup["status"] == slot["outcome"] and backup["type"] == slot["type"]
            lag = seconds(backup["created_at"]) - seconds(slot["due"])
            assert -60 <= lag <= seconds(slot["missed_at"]) - seconds(slot["due"])
    filling = {slot["backup"]["id"] for slot in slots if slot["backup"]}
    first = min((seconds(slot["due"]) for slot in slots), default=float("inf"))
    outside = {attempt["id"] for attempt in attempts.values() if attempt["is_outside_slots"]}
    assert {key for key, attempt in attempts.items() if seconds(attempt["created_at"]) > first + 60} <= filling | outside
    assert [schedule["id"] for schedule in explanation["evidence"]["schedules"]] == [
        schedule["id"] for schedule in facts["schedules"]]
    restores = [restore for restore in facts["restores"] if restore["status"] in ("completed", "failed")]
    assert len(explanation["restores"]) == len(restores)


def assert_attempt(backup, attempt):
    assert seconds(attempt["created_at"]) == created(backup)
    assert attempt["status"] == backup["status"]
    assert attempt["type"] == truth.type_of(backup)
    assert attempt["size_bytes"] == truth.size_of(backup)
    end = truth.milliseconds(backup, "completedAt")
    assert (attempt["ended_at"] and seconds(attempt["ended_at"])) == (end and end // 1000)


def test_the_command_for_every_addon(simulator, exporter, binary):
    for project, addon in simulator.addons:
        result = command.run(binary, "explain", f"{project}/{addon}", "--url", exporter.url)
        explanation = of(exporter, (project, addon))
        assert result.returncode == (0 if explanation["state"] in WELL else 1), result.stderr
        lines = result.stdout.splitlines()
        assert lines[0].startswith(f"default/{project}/{addon}  ")
        assert lines[3].startswith(explanation["state"].upper())
        assert max(map(len, lines)) <= 80
        heads = ["FINDINGS", "LIMITS", "SLOTS OF 14 DAYS", "ATTEMPTS OF 30 DAYS", "RESTORES", "NEXT", "WHAT TO DO", "EVIDENCE"]
        found = [next(head for head in heads if line.startswith(head)) for line in lines
                 if any(line.startswith(head) for head in heads)]
        assert found == heads


def test_the_same_as_data(exporter, binary):
    result = command.run(
        binary, "explain", "default/billing/invoices-db", "--days", "3", "--format", "json", "--url", exporter.url)
    assert result.returncode == 1
    response = exporter.get("/api/addons/default/billing/invoices-db?days=3")
    assert response.headers["Content-Type"] == "application/json"
    assert '"days" : 3' in result.stdout and len(response.json["slots"]) == 3
    assert exporter.get("/api/addons/billing/invoices%2Ddb?days=3").json["slots"] == response.json["slots"]


def test_an_unknown_addon(exporter, binary):
    result = command.run(binary, "explain", "billing/invoice-db", "--url", exporter.url)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        "northflank-backup-exporter: no addon billing/invoice-db is watched",
        "  nearest: default/billing/invoices-db, default/billing/ledger-db, default/billing/documents",
        "  all of project billing: northflank-backup-exporter status billing/"]
    # The command works as it is printed.
    status = command.run(binary, "status", "billing/", "--all", "--url", exporter.url)
    assert "default/billing/invoices-db" in status.stdout and "shop" not in status.stdout


def test_without_an_exporter(binary):
    result = command.run(binary, "explain", "shop/orders-db", "--url", "http://127.0.0.1:1")
    assert (result.returncode, result.stdout) == (2, "")
    assert "http://127.0.0.1:1" in result.stderr
