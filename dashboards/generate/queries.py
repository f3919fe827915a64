"""PromQL that more than one panel uses.

Every instance of the exporter that knows an addon tells the same about it, be it a replica or the shard that had the
addon until a minute ago. So the instances are folded by `max` or `min` first, and only then is anything summed up.
"""

from .words import STATES

KEYS = "account, project, addon"
JOB = 'job="northflank-backup"'
# Backups that were brought in from outside do not protect the addon.
OWN = 'type!="import"'
FAILED = "failed|not-supported"

# What happened in the step that begins at a sample's time, where bars are drawn from there on.
STEP = "[$__rate_interval] offset -$__interval"
DAY = "[1d] offset -1d"

HEALTH = "northflank_addon_backup_health"
# A series for each finding that holds; its value is the time since when.
FINDING = "northflank_addon_backup_finding_since_timestamp_seconds"
AGE = "type:northflank_backup_age:seconds"
RATIO = "type:northflank_backup_age:ratio"
OUTAGE = "account:northflank_backup_outage:held"


def select(metric, *matchers, **equal):
    """A selector with these matchers, and labels that equal these values."""
    matchers = [*matchers, *(f'{name}="{value}"' for name, value in equal.items())]
    return f"{metric}{{{','.join(matchers)}}}"


class Addons:
    """Queries about the addons that the variables choose: several of them (=~), or exactly one (=)."""

    def __init__(self, match):
        self.labels = [f'{name}{match}"${name}"' for name in ("account", "project", "addon")]

    def of(self, metric, *matchers, **equal):
        """A selector; alerts and recorded series have the same labels."""
        return select(metric, *self.labels, *matchers, **equal)

    def fold(self, metric, *matchers, how="max", by=(), **equal):
        """One series for each addon, and for each value of the labels in `by`."""
        return f"{how} by ({', '.join((KEYS, *by))}) ({self.of(metric, *matchers, **equal)})"

    @property
    def watched(self):
        """A series for each addon, seen or not."""
        return self.fold(HEALTH, state="ok")

    @property
    def severity(self):
        """The number of the state that holds, of all instances the worst; 0 is ok."""
        terms = [f"{number} * {self.of(HEALTH, state=state)}" for number, state in enumerate(STATES)]
        return f"max by ({KEYS}) (\n  " + "\n  or ".join(reversed(terms)) + "\n)"

    def or_else(self, expression, value):
        """The expression, with this value for addons of which it says nothing."""
        return f"{expression}\nor on ({KEYS}) {value} + 0 * {self.watched}"

    def unseen(self):
        """Seconds since the addon's list of backups was read."""
        return f"time() - {self.fold('northflank_addon_last_observed_timestamp_seconds')}"

    def ended(self, statuses, window):
        """How many backups ended so in the window, for each addon and status."""
        counter = self.of("northflank_addon_backup_outcomes_total", f'status=~"{statuses}"')
        return f"max by ({KEYS}, status) (increase({counter}{window}))"

    def missed(self, window):
        """How many slots were missed in the window, for each addon and type."""
        counter = self.of("northflank_addon_backup_missed_slots_total")
        return f"max by ({KEYS}, type) (increase({counter}{window}))"
