"""`check-config`: everything that is wrong, at once and with its place; and the cost of what is right."""

import pytest

from support.command import run
from support.configuration import ENVIRONMENT
from support.texts import IS_RIGHT, NOT_THERE, OUT_OF_RANGE, UNKNOWN_KEY


@pytest.fixture
def check(binary, tmp_path):
    def checked(text, *arguments, environment=ENVIRONMENT):
        (tmp_path / "config.yml").write_text(text)
        return run(binary, "check-config", "--config.file", "config.yml", *arguments, directory=tmp_path, environment=environment)

    return checked


BAD = """\
accounts:
  - name: acme
    token_file: ./no-such-file
    base_url: http://example.com
    ca_file: no-such-ca.pem
    tema: acme
    addons:
      - {project: shop, addon: orders-db}
      - {project: shop, addon: orders-db}
      - {project: shop}
      - {project: "a/b", addon: x}
  - name: acme
    token_env: NOT_SET
    team: 12
    discovery: {enabled: "yes", interval: 1s, types: []}
  - discovery: {enabled: true}
poll: {interval: five, timeout: 1h, concurrency: 0, budget_share: 2, speed: 9}
pol: {}
"""

# The beginning of each line, with the word of the message that matters.
PROBLEMS = [
    ("config.yml:3: accounts[0].token_file: ", NOT_THERE),
    ("config.yml:4: accounts[0].base_url: ", "insecure_http"),
    ("config.yml:5: accounts[0].ca_file: ", "cannot be read"),
    ("config.yml:6: accounts[0].tema: ", 'did you mean "team"?'),
    ("config.yml:9: accounts[0].addons[1]: ", "already listed on line 8"),
    ("config.yml:10: accounts[0].addons[2]: ", "addon is missing"),
    ("config.yml:11: accounts[0].addons[3].project: ", '"a/b" is not an id'),
    ("config.yml:12: accounts[1]: ", "a second account named"),
    ("config.yml:13: accounts[1].token_env: ", "NOT_SET is not set"),
    ("config.yml:14: accounts[1].team: ", "in quotes"),
    ("config.yml:15: accounts[1].discovery.enabled: ", "expected true or false"),
    ("config.yml:15: accounts[1].discovery.interval: ", OUT_OF_RANGE),
    ("config.yml:15: accounts[1].discovery.types: ", "at least one type"),
    ("config.yml:16: accounts[2]: ", "expected token_file (a path) or token_env"),
    ("config.yml:17: poll.interval: ", '"five"'),
    ("config.yml:17: poll.timeout: ", OUT_OF_RANGE),
    ("config.yml:17: poll.concurrency: ", "1 to 100"),
    ("config.yml:17: poll.budget_share: ", "at most 1"),
    ("config.yml:17: poll.speed: ", UNKNOWN_KEY),
    ("config.yml:18: pol: ", 'did you mean "poll"?'),
]


def test_all_errors_at_once_with_line_and_key(check):
    checked = check(BAD)
    assert (checked.returncode, checked.stdout) == (2, "")
    lines = checked.stderr.splitlines()
    for start, word in PROBLEMS:
        matching = [line for line in lines if line.startswith(start)]
        assert len(matching) == 1 and word in matching[0], (start, lines)
    assert len(lines) == len(PROBLEMS)
    numbers = [int(line.split(":")[1]) for line in lines]
    assert numbers == sorted(numbers)


def test_serve_and_once_say_the_same(binary, check, tmp_path):
    problems = check(BAD).stderr
    for command in ("serve", "once"):
        result = run(binary, command, "--config.file", "config.yml", directory=tmp_path, environment=ENVIRONMENT)
        assert (result.returncode, result.stdout, result.stderr) == (2, "", problems)


@pytest.mark.parametrize("text, problem", [
    ("", "config.yml: the file is empty"),
    ("[]", "config.yml:1: expected a mapping"),
    ("accounts: [}", "config.yml:1: not valid YAML"),
    ("accounts:\n  - {token_env: SIMULATOR_TOKEN}\naccounts: []", "config.yml:3: accounts: this key is there twice"),
    ("poll: {}", "config.yml:1: accounts: missing"),
    ("accounts: []", "config.yml:1: accounts: expected at least one account"),
])
def test_files_that_are_wrong_as_a_whole(check, text, problem):
    checked = check(text)
    assert checked.returncode == 2 and checked.stderr.startswith(problem), checked.stderr


def test_a_token_file_that_is_empty(check, tmp_path):
    (tmp_path / "token").write_text("\n")
    checked = check("accounts:\n  - token_file: ./token\n")
    assert checked.returncode == 2
    assert checked.stderr == (
        "config.yml:2: accounts[0].token_file: token file ./token is empty; expected a Northflank API token\n")


def test_a_system_without_time_zones(binary, tmp_path):
    def checked(zone):
        (tmp_path / "config.yml").write_text(
            f"accounts:\n  - token_env: SIMULATOR_TOKEN\n    objective: {{time_zone: {zone}}}\n"
            "    discovery: {enabled: true}\n")
        return run(binary, "check-config", "--config.file", "config.yml", directory=tmp_path,
                   environment={**ENVIRONMENT, "TZDIR": "/nowhere"})

    missing = checked("Europe/Berlin")
    assert (missing.returncode, missing.stderr) == (
        2, 'config.yml:3: accounts[0].objective.time_zone: time zone "Europe/Berlin" cannot be read, because the '
           "system's time zone data is missing at /nowhere: install the package tzdata\n")
    assert checked("UTC").returncode == 0


GOOD = """\
accounts:
  - name: acme
    token_env: SIMULATOR_TOKEN
    addons: [{project: shop, addon: a}, {project: shop, addon: b}, {project: bar, addon: c}]
  - token_env: SIMULATOR_TOKEN
    discovery: {enabled: true, interval: 10m}
poll: {interval: 5m}
"""


def test_what_is_right_costs_so_many_requests(check):
    checked = check(GOOD)
    assert (checked.returncode, checked.stderr) == (0, "")
    lines = checked.stdout.splitlines()
    assert lines[0] == f"config.yml: {IS_RIGHT}"
    # 3 addons, 12 times an hour; the list of projects and those of two projects' addons, once an hour.
    assert any(line.startswith("  36 requests an hour for 3 listed addons") for line in lines)
    assert "  39 requests an hour in all" in lines
    # The list of projects and at least one of addons, 6 times an hour.
    assert any(line.startswith("  12 requests an hour for lists of projects and addons, every 10m") for line in lines)
    assert "  12 requests an hour, plus 12 for each discovered addon" in lines
    assert "WARNING" not in checked.stdout and "simulator-token" not in checked.stdout


@pytest.mark.parametrize("interval, warning", [
    ("1m", None), ("20s", "over the allowance"), ("10s", "over the default limit")])
def test_what_costs_too_much_is_warned_of(check, interval, warning):
    checked = check(GOOD.replace("interval: 5m", f"interval: {interval}"))
    assert checked.returncode == 0
    assert (warning in checked.stdout) if warning else ("WARNING" not in checked.stdout)


def test_filters_that_can_match_nothing_are_refused_by_every_command(binary, check, tmp_path):
    filters = "interval: 10m, projects: {include: ['[abc', 'shop*']}, addons: {exclude: [shop_db]}, types: ['postgres*']"
    checked = check(GOOD.replace("interval: 10m", filters))
    assert (checked.returncode, checked.stdout) == (2, "")
    assert [line.split(" matches no ")[0] for line in checked.stderr.splitlines()] == [
        'config.yml:6: accounts[1].discovery.projects.include[0]: "[abc"',
        'config.yml:6: accounts[1].discovery.addons.exclude[0]: "shop_db"',
        'config.yml:6: accounts[1].discovery.types[0]: "postgres*"']
    result = run(binary, "once", "--config.file", "config.yml", directory=tmp_path, environment=ENVIRONMENT)
    assert (result.returncode, result.stderr) == (2, checked.stderr)


POLICIES = """\
accounts:
  - token_env: SIMULATOR_TOKEN
    addons: [{project: shop, addon: a}, {project: blog, addon: b}]
    policies:
      - {name: production, match: {projects: [shop], types: [postgresql]}, max_age: 26h, restore_every: 90d}
      - {name: previews, match: {projects: ["preview-*"]}, waive: {reason: data, owner: ops, until: 2020-01-01}}
      - {match: {addons: ["shop/?"]}, max_age: 2h}
"""


def test_policies_are_said_with_their_addons(check):
    checked = check(POLICIES)
    assert (checked.returncode, checked.stderr) == (0, "")
    lines = checked.stdout.splitlines()
    start = next(index for index, line in enumerate(lines) if line.startswith("  3 policies"))
    assert lines[start + 1:] == [
        "    production (config.yml:5): max_age 1d2h, restore_every 90d",
        "    previews (config.yml:6): waive until 2020-01-01T23:59:59Z by ops: data",
        "    policies[2] (config.yml:7): max_age 2h",
        "  policies of the listed addons:",
        "    shop/a: production if its type is postgresql; policies[2]",
        "    blog/b: none",
        "  WARNING: policy previews (config.yml:6) matches none of the 2 listed addons; correct its match, or remove it",
        "  WARNING: the waiver of policy previews (config.yml:6) has ended at 2020-01-01T23:59:59Z; "
        "renew it with ops, or remove it",
    ]
    assert "  restores are read, because a policy has restore_every" in lines



def test_the_environment_is_checked_too(binary):
    bad = {"NORTHFLANK_API_TOKEN": "x y", "NORTHFLANK_API_BASE_URL": "ftp://x", "NORTHFLANK_TEAM": "a b",
           "NORTHFLANK_ADDONS": "shop"}
    checked = run(binary, "check-config", environment=bad)
    assert checked.returncode == 2
    for name in ("NORTHFLANK_API_BASE_URL", "NORTHFLANK_TEAM", "NORTHFLANK_ADDONS"):
        assert f"{name}: " in checked.stderr
    assert "x y" not in checked.stderr
    good = run(binary, "check-config", environment={"NORTHFLANK_API_TOKEN": "x"})
    assert good.returncode == 0 and good.stdout.startswith(f"environment: {IS_RIGHT}\n")


def test_the_variables_of_the_sdk(binary):
    good = run(binary, "check-config", environment={"NF_API_TOKEN": "x", "NF_HOST": "api.example.com"})
    assert good.returncode == 0
    assert "https://api.example.com (from NF_HOST), token from" in good.stdout and "NF_API_TOKEN" in good.stdout
    bad = run(binary, "check-config", environment={"NF_API_TOKEN": "x y", "NF_API_HOST": "ftp://x"})
    assert bad.returncode == 2
    assert "NF_API_TOKEN: " in bad.stderr and "NF_API_HOST: " in bad.stderr and "x y" not in bad.stderr


ELSEWHERE = """\
accounts:
  - {name: one, token_file: /run/secrets/one, ca_file: /run/secrets/ca.pem}
  - {name: two, token_env: NOT_SET, webhook: {token_file: /run/secrets/hook}}
poll: {interval: 5m}
"""


def test_what_is_elsewhere_can_be_left_out(check):
    assert check(ELSEWHERE).returncode == 2
    done = check(ELSEWHERE, "--syntax-only")
    assert (done.returncode, done.stderr) == (0, "")
    assert "one" in done.stdout and "two" in done.stdout
    done = check(ELSEWHERE.replace("5m", "soon"), "--syntax-only")
    assert done.returncode == 2
    assert done.stderr.startswith("config.yml:4: poll.interval: ")
