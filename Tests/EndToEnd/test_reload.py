"""Reloading the configuration, by a signal and over HTTP."""

import signal

import pytest

from support import configuration, http
from support.blocking import BlockableDisk
from support.configuration import account
from support.page import Page
from support.program import Program
from support.texts import NOT_THERE, RELOADED, UNKNOWN_KEY
from support.waiting import always, eventually

STAYS, GOES, COMES = ("shop", "orders-db"), ("billing", "ledger-db"), ("analytics", "jobs-queue")
OBSERVED = "northflank_addon_last_observed_timestamp_seconds"
SUCCESSFUL = "northflank_exporter_config_last_reload_successful"
SUCCESS_TIME = "northflank_exporter_config_last_reload_success_timestamp_seconds"
LIFECYCLE = ("--web.enable-lifecycle",)


class Reloadable:
    """An exporter with a file that can be changed; its addons are polled once an hour."""

    def __init__(self, simulator, start_exporter, file, how):
        self.file, self.how, self.simulator = file, how, simulator
        self.configure(STAYS, GOES)
        self.exporter = start_exporter(arguments=("--config.file", file, *LIFECYCLE))
        self.before = self.exporter.wait_until_observed(STAYS, GOES)

    def configure(self, *addons):
        configuration.write(self.file, account(self.simulator, addons=addons), interval="1h")

    def reload(self):
        """Reloads, and returns what HTTP answers, if that was the way."""
        if self.how == "SIGHUP":
            self.exporter.signal(signal.SIGHUP)
            return None
        return http.request(self.how, self.exporter.url + "/-/reload")


@pytest.fixture(params=["POST", "PUT", "SIGHUP"])
def reloadable(request, simulator, start_exporter, tmp_path):
    return Reloadable(simulator, start_exporter, tmp_path / "config.yml", request.param)


def test_a_good_file_keeps_the_data_of_the_addons_that_stay(reloadable):
    exporter, before = reloadable.exporter, reloadable.before
    reloadable.configure(STAYS, COMES)
    response = reloadable.reload()
    assert response is None or (response.status, response.text) == (200, "The configuration is reloaded.\n")

    def went(page):
        # At no moment is there a page without the addon that stays.
        assert page.names_of(STAYS) >= before.names_of(STAYS)
        return not page.names_of(GOES) and page.of(COMES, OBSERVED)

    page = exporter.wait_for_page(went)
    assert page.addons == {STAYS, COMES}
    assert page.of(STAYS, OBSERVED) == before.of(STAYS, OBSERVED)
    assert page.value(SUCCESSFUL) == 1
    assert page.value(SUCCESS_TIME) > before.value(SUCCESS_TIME)
    assert page.value("northflank_exporter_addons", account="default") == 2
    assert len(exporter.logged(RELOADED, accounts="1")) == 1


def test_counters_go_on_over_a_reload(reloadable):
    ok = {"account": "default", "endpoint": "backups", "code": "200"}
    # Three lists of one page, but for the 126 backups of the first, which have two.
    assert reloadable.before.value("northflank_api_requests_total", **ok) == 3
    reloadable.configure(STAYS, COMES)
    reloadable.reload()
    page = reloadable.exporter.wait_until_observed(COMES)
    assert page.value("northflank_api_requests_total", **ok) == 4


@pytest.mark.parametrize("spoil, reason", [
    (lambda file: file.write_text("accounts: [{nme: x, token_env: SIMULATOR_TOKEN}]\npoll: {interval: soon}\n"),
     f"config.yml:1: accounts[0].nme: {UNKNOWN_KEY}"),
    (lambda file: file.write_text("accounts: ["), "config.yml:"),
    (lambda file: file.unlink(), f"config.yml: {NOT_THERE}"),
], ids=["unknown key", "not YAML", "gone"])
def test_a_bad_file_leaves_the_old_configuration(reloadable, spoil, reason):
    exporter, before = reloadable.exporter, reloadable.before
    spoil(reloadable.file)
    response = reloadable.reload()
    if response:
        assert response.status == 500 and reason in response.text
        assert response.text.startswith("The old configuration stays in force:\n")
    page = exporter.wait_for_page(lambda page: page.value(SUCCESSFUL) == 0)
    assert page.value(SUCCESS_TIME) == before.value(SUCCESS_TIME)
    assert page.addons == {STAYS, GOES}
    for addon in (STAYS, GOES):
        assert page.of(addon, OBSERVED) == before.of(addon, OBSERVED)
    eventually(lambda: reason in exporter.stderr)
    assert exporter.is_ready()

    reloadable.configure(STAYS)
    reloadable.reload()
    page = exporter.wait_for_page(lambda page: page.value(SUCCESSFUL) == 1)
    assert exporter.wait_for_page(lambda page: page.addons == {STAYS})


def test_all_that_is_wrong_is_said_at_once(simulator, start_exporter, tmp_path):
    reloadable = Reloadable(simulator, start_exporter, tmp_path / "config.yml", "POST")
    reloadable.file.write_text("accounts: [{nme: x, token_env: SIMULATOR_TOKEN}]\npoll: {interval: soon}\n")
    lines = reloadable.reload().text.splitlines()
    assert f": accounts[0].nme: {UNKNOWN_KEY}" in lines[1] and ":2: poll.interval: expected a duration" in lines[2]


def test_policies_take_effect_at_a_reload_and_wrong_ones_change_nothing(simulator, start_exporter, tmp_path):
    file = tmp_path / "config.yml"

    def configure(**policy):
        configuration.write(file, account(simulator, addons=[STAYS], policies=[policy]), interval="1h")

    def named(name):
        return lambda page: page.of(STAYS, "northflank_addon_info", policy=name, owner="shop")

    configure(name="gold", owner="shop", max_age="26h")
    exporter = start_exporter(arguments=("--config.file", file, *LIFECYCLE))
    exporter.wait_for_page(named("gold"))
    configure(name="silver", owner="shop", waive={"reason": "data", "owner": "ops"})
    response = http.request("POST", exporter.url + "/-/reload")
    assert response.status == 500 and "accounts[0].policies[0].waive: until is missing" in response.text
    page = exporter.wait_for_page(lambda page: page.value(SUCCESSFUL) == 0)
    assert named("gold")(page)
    configure(name="silver", owner="shop", max_age="26h")
    assert http.request("POST", exporter.url + "/-/reload").status == 200
    exporter.wait_for_page(named("silver"))


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_reloading_over_http_is_off_unless_asked_for(simulator, start_exporter, method):
    exporter = start_exporter(account(simulator, addons=[STAYS]))
    reloaded = exporter.page().value(SUCCESS_TIME)
    response = http.request(method, exporter.url + "/-/reload")
    assert response.status == 403 and "--web.enable-lifecycle" in response.text
    assert exporter.page().value(SUCCESS_TIME) == reloaded


def test_other_methods_do_not_reload(simulator, start_exporter):
    exporter = start_exporter(account(simulator, addons=[STAYS]), arguments=LIFECYCLE)
    for method in ("GET", "HEAD", "DELETE"):
        response = http.request(method, exporter.url + "/-/reload")
        assert (response.status, response.headers["Allow"]) == (405, "POST, PUT")
    assert not exporter.logged(RELOADED)


def test_many_reloads_at_once(simulator, start_exporter, tmp_path):
    reloadable = Reloadable(simulator, start_exporter, tmp_path / "config.yml", "SIGHUP")
    for number in range(30):
        reloadable.configure(STAYS, *([COMES] if number % 2 else []))
        reloadable.reload()
    page = reloadable.exporter.wait_for_page(lambda page: page.addons == {STAYS, COMES})
    always(lambda: reloadable.exporter.page().addons == {STAYS, COMES}, during=1)
    assert page.of(STAYS, OBSERVED) >= reloadable.before.of(STAYS, OBSERVED)


def test_a_storm_of_signals(simulator, start_exporter, tmp_path):
    reloadable = Reloadable(simulator, start_exporter, tmp_path / "config.yml", "SIGHUP")
    exporter = reloadable.exporter

    files = [reloadable.file.with_suffix(f".{number}") for number in range(2)]
    for file, addons in zip(files, ([STAYS], [STAYS, COMES])):
        configuration.write(file, account(simulator, addons=addons), interval="1h")

    def storm(count):
        for number in range(count):
            # As a whole, so that no half file is read.
            link = reloadable.file.with_suffix(".new")
            link.symlink_to(files[number % 2])
            link.rename(reloadable.file)
            reloadable.reload()
        exporter.wait_for_page(lambda page: page.addons == {STAYS, COMES})
        always(lambda: exporter.page().addons == {STAYS, COMES}, during=1)
        return exporter.usage

    storm(100)
    before = exporter.usage
    after = storm(600)
    assert after.threads == before.threads and after.files <= before.files + 2
    assert after.memory < before.memory + 8 * 1024 * 1024
    assert len(exporter.logged(RELOADED)) > 50
    assert exporter.is_ready() and "level=error" not in exporter.stderr


def test_a_signal_while_the_start_waits_for_the_disk(binary, simulator, tmp_path, programs):
    """It is not lost, although the old configuration was read before it."""
    file, path = tmp_path / "config.yml", tmp_path / "state" / "history.sqlite"
    path.parent.mkdir()
    disk = BlockableDisk(tmp_path, path.parent)
    disk.block()
    configuration.write(file, account(simulator, addons=[STAYS]), state={"path": str(path)})
    programs.append(Program(
        [binary, "serve", "--web.listen-address", "127.0.0.1:0", "--config.file", file, *simulator.clock_arguments],
        tmp_path, {**configuration.ENVIRONMENT, **disk.environment}))
    eventually(path.exists)
    configuration.write(file, account(simulator, addons=[COMES]), state={"path": str(path)})
    programs[-1].signal(signal.SIGHUP)
    disk.release()
    address = programs[-1].wait_for(r"listening address=(\S+)")[1]
    eventually(lambda: Page(http.get(f"http://{address}/metrics").text).addons == {COMES})
    assert "msg=stopped" not in programs[-1].stderr
