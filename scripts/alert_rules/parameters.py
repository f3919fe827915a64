"""What a user can change about the rules without an edit."""

import dataclasses
import re

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
SEVERITIES = ("critical", "warning", "info")

# The thresholds by name: the default, and what it limits. A default with a unit is a duration.
THRESHOLDS = {
    "age-ratio": ("2", "age of the last good backup, as a multiple of its limit, at which it is at risk"),
    "expiry-notice": ("48h", "time to the expiry of the last good backup at which it is at risk"),
    "removed-share": ("0.5", "share of the restorable points whose early removal puts the rest at risk"),
    "paused": ("14d", "longest pause of an addon"),
    "paused-expiry": ("7d", "time to the expiry of the last backup of a paused addon"),
    "waiver-notice": ("7d", "time to the end of a waiver"),
    "account-unread": ("15m", "time without a check of any addon of an account that has an error"),
    "shrunk-share": ("0.5", "share of an account's addons that the lists may lack"),
    "token-notice": ("14d", "time to the expiry of a token"),
    "clock-skew": ("5m", "difference between the exporter's clock and Northflank's"),
}


class Refused(Exception):
    """A parameter that means nothing, in words for its user."""



@dataclasses.dataclass
class Parameters:
    job: str = "northflank-backup"
    # Addresses without a slash at the end; empty, and the alerts have no such link.
    runbooks: str = ""
    grafana: str = ""
    thresholds: dict = dataclasses.field(default_factory=dict)
    # By the name of the alert.
    severities: dict = dataclasses.field(default_factory=dict)
    waits: dict = dataclasses.field(default_factory=dict)
    disabled: set = dataclasses.field(default_factory=set)
    labels: dict = dataclasses.field(default_factory=dict)

    def __getitem__(self, threshold):
        return self.thresholds.get(threshold, THRESHOLDS[threshold][0])

    def seconds(self, threshold):
        """PromQL for a threshold that is a duration, such as `14 * 86400`."""
        number, unit = self[threshold][:-1], self[threshold][-1]
        return number if unit == "s" else f"{number} * {UNITS[unit]}"

    @property
    def selector(self):
        return f'job="{self.job}"'

    def check(self, names):
        """Refuses what means nothing, so that a mistyped name is not ignored."""
        for option, given in (("severity", self.severities), ("for", self.waits), ("disable", self.disabled)):
            for name in given:
                _known(f"--{option}", name, names)
        for name, value in self.thresholds.items():
            _known("--threshold", name, THRESHOLDS)
            form = r"\d+[smhdw]" if THRESHOLDS[name][0][-1] in UNITS else r"\d+(\.\d+)?"
            if not re.fullmatch(form, value):
                raise Refused(f"--threshold {name}={value}: write it as the default, {THRESHOLDS[name][0]}")
        for name, value in self.severities.items():
            if not re.fullmatch(r"[a-z][a-z0-9_-]*", value):
                raise Refused(f"--severity {name}={value}: not a word")
        for name, value in self.waits.items():
            if not re.fullmatch(r"\d+[smhd]", value):
                raise Refused(f"--for {name}={value}: write it as 15m")
        for option, link in (("runbooks", self.runbooks), ("grafana", self.grafana)):
            if link and not re.fullmatch(r"https?://[^\s\"'<>]+[^\s\"'<>/]", link):
                raise Refused(f"--{option} {link}: write an address as https://host/path, without a slash at the end")
        if not re.fullmatch(r"[\w./-]+", self.job):
            raise Refused(f"--job {self.job}: only letters, digits and ._/- are possible")
        for name, value in self.labels.items():
            if not re.fullmatch(r"[a-zA-Z_]\w*", name) or re.search(r'["\\\n{}]', value):
                raise Refused(f"--label {name}={value}: not a label")


def _known(option, name, names):
    if name not in names:
        raise Refused(f"{option} {name}: unknown; known are {', '.join(names)}")
