"""Tokens that are rotated."""

import os

import pytest

from support.configuration import account
from support.texts import TOKEN_NOT_READ

ADDON = ("shop", "orders-db")
UP = "northflank_addon_up"


def replace(path, token):
    """As `mv` or a mounted secret does it: another file under the same name."""
    temporary = path.with_suffix(".new")
    temporary.write_text(token)
    os.replace(temporary, path)


def rewrite(path, token):
    path.write_text(token)


@pytest.mark.parametrize("change", [replace, rewrite])
def test_a_rotated_token_file_is_read_without_a_restart(simulator, start_exporter, tmp_path, change):
    file = tmp_path / "token"
    file.write_text(f"{simulator.TOKEN}\n")
    exporter = start_exporter(account(simulator, addons=[ADDON], token_file=str(file)))
    exporter.wait_until_observed(ADDON)
    simulator.set_token("the-next-token")
    page = exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 0)
    assert page.value("northflank_api_errors_total", account="default", reason="unauthorized") > 0
    change(file, "the-next-token\n")
    exporter.wait_for_page(lambda page: page.of(ADDON, UP) == 1)


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_text(" \n"),
                                   lambda file: file.write_bytes(b"two tokens\n")],
                         ids=["gone", "empty", "not a token"])
def test_a_spoilt_token_file_leaves_the_last_good_token(simulator, start_exporter, tmp_path, spoil):
    file = tmp_path / "token"
    file.write_text(simulator.TOKEN)
    exporter = start_exporter(account(simulator, addons=[ADDON], token_file=str(file)))
    seen = exporter.wait_until_observed(ADDON).of(ADDON, "northflank_addon_last_observed_timestamp_seconds")
    spoil(file)
    exporter.wait_for(f'level=warn msg="{TOKEN_NOT_READ}')
    exporter.wait_until_observed(ADDON, since=seen + 2)
    assert len(exporter.logged(TOKEN_NOT_READ)) == 1
    assert "two tokens" not in exporter.stderr


def test_a_token_file_of_the_environment_alone(simulator, start_exporter, tmp_path):
    file = tmp_path / "token"
    file.write_text(simulator.TOKEN)
    environment = {"NORTHFLANK_API_TOKEN_FILE": str(file), "NORTHFLANK_API_BASE_URL": simulator.url}
    exporter = start_exporter(environment=environment)
    assert exporter.wait_until_observed(*simulator.addons).addons == set(simulator.addons)
