"""The shipped rules."""

import pathlib

import yaml

ROOT = pathlib.Path(__file__).parents[3]
ALERTS_FOLDER = ROOT / "alerts"
RULES = sorted(ALERTS_FOLDER.glob("*.rules.yml"))


def groups():
    return [group for file in RULES for group in yaml.safe_load(file.read_text())["groups"]]


def rules():
    return [rule for group in groups() for rule in group["rules"]]
