"""What the exporter makes of the lists of the API."""

from support import truth
from support.configuration import account
from support.waiting import eventually


LONG = ("shop", "orders-db")


def compare_with_truth(simulator, exporter):
    """Holds a page against the truth, at a moment when the truth did not change while the page came to be."""
    before = truth.expected_fleet(simulator.truth)

    def fleet():
        return truth.without_lists_that_moved(truth.expected_fleet(simulator.truth), before)

    def compared():
        since, expected = simulator.truth["nowSeconds"], fleet()
        page = exporter.wait_until_observed(*expected, since=since)
        if fleet() != expected:
            return None
        assert {addon: truth.samples_of(page, addon) for addon in expected} == expected
        return page

    return eventually(compared, within=60)


def test_every_addon_has_exactly_the_samples_of_the_truth(start_simulator, start_exporter):
    simulator = start_simulator("--simulator.addons", "60", "--simulator.seed", "7")
    page = compare_with_truth(simulator, start_exporter(account(simulator)))
    assert page.addons == set(simulator.addons)
    assert all(page.of(addon, "northflank_addon_up") == 1 for addon in simulator.addons)


def test_a_fleet_that_lives(start_simulator, start_exporter):
    # An hourly backup comes every six seconds here.
    simulator = start_simulator("--simulator.time-scale", "600")
    exporter = start_exporter(account(simulator))
    for _ in range(3):
        compare_with_truth(simulator, exporter)
        newest = latest_snapshot(simulator)
        exporter.wait_for_page(lambda page: page.of(LONG, LATEST, type="snapshot") >= newest)
        eventually(lambda: latest_snapshot(simulator) > newest)


LATEST = "northflank_addon_backup_last_completed_timestamp_seconds"


def latest_snapshot(simulator):
    return truth.expected_fleet(simulator.truth)[LONG][LATEST, "snapshot"]


def test_names_and_types_of_addons(simulator, exporter):
    page = exporter.wait_until_observed(*simulator.addons)
    expected = {
        frozenset({("account", "default"), ("project", project["id"]), ("project_name", project["name"]),
                   ("addon", addon["id"]), ("addon_name", addon["name"]), ("addon_type", addon["type"])}): 1
        for project in simulator.truth["projects"] for addon in project["addons"]}
    assert page.having("northflank_addon_info") == expected


def test_every_page_of_a_long_list_is_read(start_simulator, start_exporter):
    simulator = start_simulator("--simulator.addons", "2", "--simulator.backups-per-addon", "350")
    page = compare_with_truth(simulator, start_exporter(account(simulator)))
    for addon in simulator.addons:
        assert page.of(addon, "northflank_addon_backups", status="completed") == 350
    assert all("per_page=100" in path for path in simulator.requests["paths"] if path != "/v1/auth")


def test_the_routes_of_a_team(start_simulator, start_exporter):
    simulator = start_simulator("--simulator.team", "acme-team")
    compare_with_truth(simulator, start_exporter(account(simulator, team="acme-team", name="acme")))
    lists = simulator.requests["paths"].keys() - {"/v1/auth"}
    assert lists and all(path.startswith("/v1/teams/acme-team/projects") for path in lists)


def test_what_is_discovered_can_be_narrowed(simulator, start_exporter):
    discovery = {"projects": {"include": ["s*"], "exclude": ["staging"]}, "addons": {"exclude": ["*-cache"]},
                 "types": ["postgresql", "mongodb", "mysql", "redis"]}
    types = {addon["id"]: addon["type"] for project in simulator.truth["projects"] for addon in project["addons"]}
    exporter = start_exporter(account(simulator, discovery=discovery))
    expected = {addon for addon in simulator.addons
                if addon.project == "shop" and addon.id != "carts-cache" and types[addon.id] in discovery["types"]}
    assert exporter.wait_until_observed(*expected).addons == expected


def test_the_environment_alone_is_enough(simulator, start_exporter):
    environment = {"NORTHFLANK_API_TOKEN": simulator.TOKEN, "NORTHFLANK_API_BASE_URL": simulator.url,
                   "NORTHFLANK_ADDONS": "shop/orders-db,billing/ledger-db"}
    exporter = start_exporter(environment=environment)
    targets = {("shop", "orders-db"), ("billing", "ledger-db")}
    assert exporter.wait_until_observed(*targets).addons == targets
