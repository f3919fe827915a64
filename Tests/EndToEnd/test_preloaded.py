"""The exporter together with a library that an agent has loaded into it."""

import pytest

from support.command import run
from support.configuration import ENVIRONMENT, account
from support.preload import library

OBSERVED = "northflank_addon_last_observed_timestamp_seconds"
# glibc moves the environment elsewhere when a variable is added.
SETS_A_VARIABLE = """
#include <stdlib.h>
__attribute__((constructor)) static void load(void) { setenv("AGENT_LOADED", "1", 1); }
"""

# Notes each lookup of a user or a group in the file that LOOKUPS names. With names from a directory service a lookup can
# block.
NOTES_LOOKUPS = """
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void note(const char *name) {
    int file = open(getenv("LOOKUPS"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (write(file, name, strlen(name)) < 0 || write(file, "\\n", 1) < 0) abort();
    close(file);
}

#define NOTED(type, name) struct type *name { note(__func__); return NULL; }
#define NOTED_R(type, name) int name { note(__func__); *result = NULL; return 0; }
NOTED(passwd, getpwuid(uid_t id))
NOTED(passwd, getpwnam(const char *name))
NOTED(passwd, getpwent(void))
NOTED(group, getgrgid(gid_t id))
NOTED(group, getgrnam(const char *name))
NOTED(group, getgrent(void))
#define BUFFER char *buffer, size_t size
NOTED_R(passwd, getpwuid_r(uid_t id, struct passwd *entry, BUFFER, struct passwd **result))
NOTED_R(passwd, getpwnam_r(const char *name, struct passwd *entry, BUFFER, struct passwd **result))
NOTED_R(group, getgrgid_r(gid_t id, struct group *entry, BUFFER, struct group **result))
NOTED_R(group, getgrnam_r(const char *name, struct group *entry, BUFFER, struct group **result))
"""


@pytest.fixture
def agent(tmp_path):
    return library(tmp_path, "agent", SETS_A_VARIABLE)


def test_arguments_are_kept(binary, agent):
    assert run(binary, "--version", environment=agent).stdout == run(binary, "--version").stdout
    done = run(binary, "serve", "--no-such-flag", environment={**agent, "NORTHFLANK_API_TOKEN": "nf-1"}, within=10)
    assert done.returncode == 64 and "--no-such-flag" in done.stderr


def test_an_argument_may_be_empty_or_not_ascii(binary, agent, tmp_path):
    for argument in ("", "büro.yml", "no such file.yml"):
        done = run(binary, "check-config", "--config.file", argument, environment=agent, directory=tmp_path)
        assert done.returncode == 2 and done.stderr.startswith(f"{argument}: ")


def test_the_configuration_file_counts_though_the_environment_has_a_token(simulator, start_exporter, agent):
    addons = [("shop", "orders-db"), ("billing", "ledger-db")]
    environment = {**ENVIRONMENT, **agent, "NORTHFLANK_API_TOKEN": "nf-1"}
    exporter = start_exporter(account(simulator, addons=addons), environment=environment)
    assert exporter.url.startswith("http://127.0.0.1:")
    assert exporter.wait_until_observed(*addons).addons == set(addons)


def test_no_user_or_group_is_looked_up(simulator, start_exporter, tmp_path):
    lookups = tmp_path / "lookups"
    environment = {**ENVIRONMENT, **library(tmp_path, "lookups", NOTES_LOOKUPS), "LOOKUPS": str(lookups)}
    addon = ("shop", "orders-db")
    for _ in range(2):  # the file of the history is new, and there already
        exporter = start_exporter(account(simulator, addons=[addon]), environment=environment,
                                  state={"path": str(tmp_path / "state" / "history.sqlite")})
        seen = exporter.wait_until_observed(addon).of(addon, OBSERVED)
        page = exporter.wait_until_observed(addon, since=seen)
        assert page.value("northflank_exporter_state_persistent") == 1
        assert page.value("northflank_exporter_state_bytes") > 0
        exporter.stop()
        assert not lookups.exists(), lookups.read_text()
