"""Each kind of trouble, in a world whose hours pass in seconds: the verdict that it gets, and that it ends."""

import json
import re
import subprocess

from support.configuration import account
from support.prometheus import Prometheus
from support.texts import NO_EXPORTER
from support.waiting import eventually
from support.world import state_of

FAILING = ("billing", "ledger-db")
HANGING = ("analytics", "jobs-queue")
MISSING = ("shop", "carts-cache")
SHRINKING = ("shop", "orders-db")
HEALTHY = ("billing", "documents")
SCHEDULES = {FAILING: "hourly", HANGING: "hourly", MISSING: "hourly", SHRINKING: "twice-daily", HEALTHY: "hourly"}
TROUBLE = {FAILING: "failing", HANGING: "hung", MISSING: "missed", SHRINKING: "shrunk"}
STATES = {FAILING: "failing", HANGING: "stuck", MISSING: "late", SHRINKING: "suspect", HEALTHY: "ok"}


def start(start_world):
    forced = [part for (project, addon), name in SCHEDULES.items()
              for part in ("--simulator.personality", f"{project}/{addon}={name}")]
    world = start_world(1200, *forced)
    exporter = world.exporter()
    exporter.wait_for_page(lambda page: all(state_of(page, addon) == "ok" for addon in SCHEDULES), within=60)
    return world, exporter


def test_each_trouble_has_its_verdict_and_it_ends(start_world, tmp_path, programs, binary):
    world, exporter = start(start_world)
    prometheus = Prometheus(tmp_path, exporter.url)
    programs.append(prometheus)
    world.simulator.let(TROUBLE)
    page = exporter.wait_for_page(
        lambda page: all(state_of(page, addon) == state for addon, state in STATES.items()), within=120,
        what="every trouble has its verdict")
    missed = page.of(MISSING, "northflank_addon_backup_missed_slots_total", type="snapshot")
    assert missed >= 1
    assert page.of(MISSING, "northflank_addon_backup_consecutive_missed_slots", type="snapshot") >= 1
    assert page.of(HEALTHY, "northflank_addon_backup_missed_slots_total", type="snapshot") == 0

    def seen_by_prometheus():
        held = prometheus.query('northflank_addon_backup_health{state!~"ok|paused|unknown|unprotected"} == 1')
        states = {(labels["project"], labels["addon"]): labels["state"] for labels, _ in held}
        assert {addon: states.get(addon, "ok") for addon in STATES} == STATES
        return True

    eventually(seen_by_prometheus)
    assert_told(binary, exporter)

    world.simulator.let({addon: "healthy" for addon in TROUBLE})
    exporter.wait_for_page(lambda page: all(state_of(page, addon) == "ok" for addon in SCHEDULES), within=150,
                           what="every trouble is over")
    # What was missed stays counted.
    assert exporter.page().of(MISSING, "northflank_addon_backup_missed_slots_total", type="snapshot") >= missed


def assert_told(binary, exporter):
    """The command line, the page and its JSON give the same verdict, and the reason in words."""

    def told():
        report = {(addon["project"], addon["addon"]): addon for addon in exporter.get("/api/health").json["addons"]}
        assert {addon: report[addon]["state"] for addon in STATES} == STATES
        words = {FAILING: r"the last (\d+ )?snapshots? failed", HANGING: "a snapshot has been running for",
                 MISSING: "did not start", SHRINKING: "; usual "}
        for addon, text in words.items():
            assert any(re.search(text, finding["text"]) for finding in report[addon]["findings"]), report[addon]
        assert report[HEALTHY]["findings"] == []
        return report

    report = eventually(told)
    landing = exporter.get("/").text
    for (project, addon), entry in report.items():
        assert f"/{project}/{addon}<" in landing
        assert entry["state"] in landing
    listed = subprocess.run([binary, "status", "--url", exporter.url], capture_output=True, text=True)
    assert listed.returncode == 1, listed.stderr
    assert re.search(rf"^failing +\S.* default/{'/'.join(FAILING)} ", listed.stdout, re.MULTILINE)
    single = subprocess.run([binary, "status", "--url", exporter.url, "--json", "/".join(HEALTHY)],
                            capture_output=True, text=True)
    assert single.returncode == 0, single.stdout
    assert [addon["addon"] for addon in json.loads(single.stdout)["addons"]] == [HEALTHY[1]]


def test_nobody_to_ask(binary):
    asked = subprocess.run([binary, "status", "--url", "http://127.0.0.1:9"], capture_output=True, text=True)
    assert asked.returncode == 2
    assert asked.stdout == ""
    assert "no exporter answers at http://127.0.0.1:9 (connection refused); " in asked.stderr
    assert NO_EXPORTER in asked.stderr


def test_nothing_to_tell_is_not_all_well(binary, exporter, simulator):
    exporter.wait_until_observed(*simulator.addons)
    typo = subprocess.run([binary, "status", "--url", exporter.url + "/", "orders-bd"], capture_output=True, text=True)
    assert (typo.returncode, typo.stdout) == (2, "")
    assert typo.stderr == "northflank-backup-exporter: no database matches orders-bd\n"


def test_an_account_that_cannot_be_read_is_shown_before_and_with_its_addons(binary, simulator, start_exporter):
    def status(*arguments):
        done = subprocess.run([binary, "status", "--url", exporter.url, *arguments], capture_output=True, text=True)
        # A long line goes on below, two spaces further in.
        done.stdout = done.stdout.replace("\n  ", " ")
        return done

    simulator.faults({"kind": "status", "status": 401})
    exporter = start_exporter(account(simulator))
    error = (r"default: Northflank refuses the token \(HTTP 401\) since \d\d:\d\d UTC \(\d+s\)\. "
             r"No database is known yet\. Set SIMULATOR_TOKEN to a valid token and restart the exporter\.")

    def refused():
        told = status()
        assert (told.returncode, told.stderr) == (2, "")
        assert re.fullmatch(r"! " + error + r"\n\n0 databases are known: the only account cannot be read\.\n", told.stdout)
        return True

    eventually(refused)
    assert "Northflank refuses the token" in exporter.get("/").text
    simulator.faults()

    def well():
        told = status()
        assert told.stdout and not told.stdout.startswith("! "), told
        assert "Northflank refuses the token" not in exporter.get("/").text
        return True

    eventually(well, within=60)
    simulator.faults({"kind": "status", "status": 503})
    unavailable = (r"! default: Northflank answers HTTP 503 since \d\d:\d\d UTC \(\d+s\)\. \d+ databases cannot be (judged|checked)\. "
                   r"Check Northflank's status page; the exporter retries every minute\.")
    eventually(lambda: re.match(unavailable, status().stdout))
    eventually(lambda: re.match(unavailable, status("shop").stdout))


def test_schedules_that_cannot_be_read_leave_max_age(simulator, start_exporter):
    simulator.faults({"kind": "wrongTypes", "endpoint": "backup-schedules"})
    addons = [HEALTHY, FAILING]
    unprotected = start_exporter(account(simulator, addons=addons))
    unprotected.wait_for_page(lambda page: all(state_of(page, addon) == "unprotected" for addon in addons))
    assert len(unprotected.logged("schedules cannot be read", reason="decode")) == 2
    strict = start_exporter(account(simulator, addons=addons, objective={"max_age": "1m"}))
    strict.wait_for_page(lambda page: all(state_of(page, addon) == "late" for addon in addons))
    lenient = start_exporter(account(simulator, addons=addons, objective={"max_age": "2d"}))
    objective = "northflank_addon_backup_objective_seconds"
    page = lenient.wait_for_page(lambda page: all(page.of(addon, objective, type="any") for addon in addons))
    assert [state_of(page, addon) for addon in addons] == ["ok", "ok"]
    assert page.of(HEALTHY, objective, type="any") == 172_800


def test_an_addon_that_comes_back_owes_no_slot_of_its_absence(start_world):
    world, exporter = start(start_world)
    deleted = {"kind": "deleted", "project": HEALTHY[0], "addon": HEALTHY[1]}
    missed = "northflank_addon_backup_missed_slots_total"
    assert exporter.page().of(HEALTHY, missed, type="snapshot") == 0
    world.simulator.let({HEALTHY: "missed"})
    world.simulator.faults(deleted)
    exporter.wait_for_page(lambda page: page.of(HEALTHY, "northflank_addon_backup_health", state="gone") == 1, within=60)
    gone = world.simulator.truth["nowSeconds"]
    eventually(lambda: world.simulator.truth["nowSeconds"] > gone + 6 * 3600, within=60)
    world.simulator.faults()
    page = exporter.wait_for_page(lambda page: page.of(HEALTHY, missed, type="snapshot") is not None, within=60)
    assert page.of(HEALTHY, missed, type="snapshot") <= 1
