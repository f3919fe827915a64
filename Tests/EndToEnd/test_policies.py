"""Policies on a fleet: who decides, what is found, what is waived, and that a reload changes it at once."""

import datetime
import json
import signal
import subprocess

from support import configuration
from support.configuration import account
from support.waiting import eventually

FAILING, ABSENT, WELL = ("billing", "invoices-db"), ("staging", "sandbox-db"), ("shop", "orders-db")
HEALTH, LIMIT = "northflank_addon_backup_health", "northflank_addon_backup_policy_limit_seconds"
EXPIRY = "northflank_addon_backup_waiver_expiry_timestamp_seconds"
INFO = "northflank_addon_info"
WAIVER = {"reason": "throw-away data", "owner": "platform@acme.example"}
LATER = str(datetime.date.today() + datetime.timedelta(days=2))
SCRATCH = {"name": "scratch", "match": {"projects": ["staging"]}, "waive": {**WAIVER, "until": LATER}}
GOLD = {"name": "gold", "match": {"tags": ["critical"]}, "owner": "payments@acme.example", "min_backups": 500,
        "min_span": "90d", "on_gone": "page"}
STANDARD = {"match": {"projects": ["billing", "shop"], "addons": ["*"]}, "max_age": "10m", "owner": "data@acme.example"}


def samples(page, name, **labels):
    """The samples that have at least these labels: their other labels, and their values."""
    return [(dict(others), value) for others, value in page.having(name, **labels).items()]


def state(page, addon):
    return [labels["state"] for labels, value in samples(page, HEALTH, project=addon[0], addon=addon[1]) if value == 1]


def health(exporter, addon):
    (entry,) = [each for each in exporter.get("/api/health").json["addons"] if (each["project"], each["addon"]) == addon]
    return entry


def kinds(entry):
    return [finding["kind"] for finding in entry["findings"]]


def test_policies_decide_and_a_reload_changes_it(simulator, start_exporter, binary, tmp_path):
    file = tmp_path / "config.yml"

    def configure(*policies):
        configuration.write(file, account(simulator, discovery={}, policies=list(policies)), interval="1h")

    configure(SCRATCH, GOLD, STANDARD)
    exporter = start_exporter(arguments=("--config.file", file))
    page = exporter.wait_until_observed(*simulator.addons)
    page = exporter.wait_for_page(lambda page: state(page, ABSENT) == ["waived"] and state(page, WELL) == ["late"])

    # The first policy that says something about a key decides it.
    (labels, _), = samples(page, INFO, project="shop", addon="orders-db")
    assert (labels["policy"], labels["owner"], labels["on_gone"]) == ("gold", "payments@acme.example", "page")
    limits = {labels["limit"]: value for labels, value in samples(page, LIMIT, project="shop", addon="orders-db")}
    assert limits == {"max_age": 600, "min_span": 90 * 86_400}
    assert page.of(WELL, "northflank_addon_backup_policy_min_backups") == 500
    (labels, _), = samples(page, INFO, project="billing", addon="invoices-db")
    assert "policy" not in labels and labels["owner"] == "data@acme.example"
    # Both types have a schedule; the stricter limit counts for each.
    assert {value for _, value in samples(
        page, "northflank_addon_backup_objective_seconds", project="shop", addon="orders-db")} == {600}
    assert "too-few" in kinds(health(exporter, WELL)) and "too-old" in kinds(health(exporter, WELL))

    # What is wrong stays readable behind the waiver.
    entry = health(exporter, ABSENT)
    assert entry["waiver"] == {**WAIVER, "until": entry["waiver"]["until"], "state": "never"}
    assert (entry["state"], kinds(entry)[0], entry["policy"]) == ("waived", "never-completed", "scratch")
    (labels, until), = samples(page, EXPIRY, project=ABSENT[0], addon=ABSENT[1])
    assert (labels["waived_by"], labels["waiver_reason"]) == (WAIVER["owner"], WAIVER["reason"])
    assert until == datetime.datetime.fromisoformat(LATER + "T23:59:59+00:00").timestamp()
    assert f"aived by policy scratch until {entry['waiver']['until'][:10]} 23:59 UTC (platform@acme.example): throw-away data" in \
        exporter.get("/").text
    shown = subprocess.run([binary, "status", "--url", exporter.url, "staging/sandbox-db"], capture_output=True, text=True)
    assert shown.returncode == 0 and "\nwaived " in shown.stdout and "without the waiver: never" in shown.stdout

    # The waiver is taken back, and the limits are.
    configure()
    exporter.signal(signal.SIGHUP)
    # One addon after the other is judged anew.
    exporter.wait_for_page(lambda page: state(page, ABSENT) == ["never"] and state(page, WELL) == ["ok"] and
                           not samples(page, EXPIRY) and not samples(page, LIMIT))
    # The report is rendered once a second.
    eventually(lambda: health(exporter, WELL)["policy"] is None and health(exporter, ABSENT)["waiver"] is None)

    # A file that cannot be read keeps what was decided.
    configure(SCRATCH)
    exporter.signal(signal.SIGHUP)
    exporter.wait_for_page(lambda page: state(page, ABSENT) == ["waived"])
    configure({**SCRATCH, "waive": {"reason": "x", "until": LATER}})
    exporter.signal(signal.SIGHUP)
    page = exporter.wait_for_page(lambda page: page.value("northflank_exporter_config_last_reload_successful") == 0)
    assert state(page, ABSENT) == ["waived"]


def test_decisions_survive_a_restart_without_the_api(simulator, start_exporter, tmp_path):
    """They are in force before anything is polled, since a page that forgets a waiver would alert."""
    
    state_file = {"path": str(tmp_path / "history.sqlite")}

    def start():
        return start_exporter(
            account(simulator, discovery={}, policies=[SCRATCH]), poll={"interval": "1h"}, state=state_file)

    first = start()
    first.wait_for_page(lambda page: state(page, ABSENT) == ["waived"])
    first.stop()
    simulator.faults({"kind": "status", "status": 503})
    page = start().wait_for_page(lambda page: state(page, ABSENT))
    assert state(page, ABSENT) == ["waived"]


def test_json_has_the_keys_of_policies_everywhere(simulator, start_exporter):
    exporter = start_exporter(account(simulator, discovery={}), poll={"interval": "1h"})
    exporter.wait_until_observed(*simulator.addons)
    for entry in exporter.get("/api/health").json["addons"]:
        assert (entry["policy"], entry["owner"], entry["waiver"]) == (None, None, None), json.dumps(entry)
