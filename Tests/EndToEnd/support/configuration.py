"""Configuration files. JSON is YAML, so nothing is needed to write them."""

import json

from support.simulator import Simulator

TOKEN_VARIABLE = "SIMULATOR_TOKEN"
ENVIRONMENT = {TOKEN_VARIABLE: Simulator.TOKEN}


def account(simulator, addons=None, discovery=None, **more):
    """An account of the simulator: with the addons that are given, else with what is discovered."""
    keys = {"base_url": simulator.url, "token_env": TOKEN_VARIABLE, **more}
    if addons is not None:
        keys["addons"] = [{"project": project, "addon": addon} for project, addon in addons]
    if addons is None or discovery is not None:
        keys["discovery"] = {"enabled": True, **(discovery or {})}
    if "token_file" in more:
        del keys["token_env"]
    return keys


def write(path, *accounts, state=None, **poll):
    """Writes a file that polls every second unless `poll` says otherwise, and returns its path."""
    document = {"accounts": list(accounts), "poll": {"interval": "1s", "timeout": "10s", **poll}}
    if state is not None:
        document["state"] = state
    path.write_text(json.dumps(document, indent=2))
    return path
