"""The exporter together with a library that an agent has loaded into it."""

import pytest

from support.command import run
from support.configuration import ENVIRONMENT, account
from support.preload import library

# glibc moves the environment elsewhere when a variable is added.
SETS_A_VARIABLE = """
#include <stdlib.h>
__attribute__((constructor)) static void load(void) { setenv("AGENT_LOADED", "1", 1); }
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
