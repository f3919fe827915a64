"""PromQL that more than one panel uses.

Every instance of the exporter that knows a database tells the same about it, be it a replica or the shard that had the
database until a minute ago. So the instances are folded by `max` or `min` first, and only then is anything summed up.
"""

from .words import FINDINGS, STATES, WAITING

KEYS = "account, project, addon"
JOB = 'job="northflank-backup"'
# Backups that were brought in from outside do not protect the database.
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
NAMES = "addon:northflank_backup:names"


def select(metric, *matchers, **equal):
    """A selector with these matchers, and labels that equal these values."""
    matchers = [*matchers, *(f'{name}="{value}"' for name, value in equal.items())]
    return f"{metric}{{{','.join(matchers)}}}"


def one_of(name, values):
    """A matcher for any of these values."""
    return f"{name}=~\"{'|'.join(values)}\""


def kept(metric, *matchers, **equal):
    """The last sample within the look-back, of series that do not end while the exporter runs."""
    return f"last_over_time({select(metric, *matchers, **equal)}[$lookback])"


def account_errors(*matchers):
    """A series for each account that cannot be read, by reason; a reason to wait is none."""
    error = ("northflank_account_last_error_info", f"reason!~\"{'|'.join(WAITING)}\"", *matchers)
    known = select("northflank_exporter_addons", *matchers)
    return f"max by (account, reason) ({select(*error)} or {kept(*error)} unless on (account) {known})"


class Addons:
    """Queries about the databases that the variables choose: several of them (=~), or exactly one (=).

    With `keeping`, for panels that show the present: a failed scrape ends all series at once, so a database without a
    series now has the last samples of the look-back. A database with one has no older samples: a finding that has ended
    stays ended. `at` fixes the time of all selectors.
    """

    def __init__(self, match, keeping=False, at=""):
        self.labels = [f'{name}{match}"${name}"' for name in ("account", "project", "addon")]
        self.keeping, self.at = keeping, at

    def select(self, metric, *matchers, **equal):
        """A selector, for ranges too; alerts and recorded series have the same labels."""
        return select(metric, *self.labels, *matchers, **equal)

    def _complete(self, expression):
        """What `expression` makes of the selectors, from this instant or else from the look-back."""
        present = expression(lambda *parts, **equal: self.select(*parts, **equal) + self.at)
        if not self.keeping:
            return present
        past = expression(lambda *parts, **equal: f"last_over_time({self.select(*parts, **equal)}[$lookback]{self.at})")
        return f"(({present}) or ({past}) unless on ({KEYS}) {self.select(HEALTH, state='ok')}{self.at})"

    def of(self, metric, *matchers, **equal):
        """The series of a metric."""
        return self._complete(lambda one: one(metric, *matchers, **equal))

    def fold(self, metric, *matchers, how="max", by=(), **equal):
        """One series for each database, and for each value of the labels in `by`."""
        return f"{how} by ({', '.join((KEYS, *by))}) ({self.of(metric, *matchers, **equal)})"

    @property
    def watched(self):
        """A series for each database, checked or not."""
        return self.fold(HEALTH, state="ok")

    def in_state(self, *matchers, **equal):
        """A series for each database, and each instance, that is in one of these states now."""
        return self._complete(lambda one: f"{one(HEALTH, *matchers, **equal)} == 1")

    @property
    def severity(self):
        """The number of the state that holds, of all instances the worst; 0 is ok."""
        states = list(enumerate(STATES))[::-1]
        terms = self._complete(
            lambda one: "\n  or ".join(f"{number} * ({one(HEALTH, state=state)} == 1)" for number, state in states))
        return f"max by ({KEYS}) (\n  {terms}\n)"

    @property
    def since(self):
        """When the state that holds began: the oldest of its findings. Nothing for ok and waived."""
        of_state = {}
        for finding, (state, *_) in FINDINGS.items():
            of_state.setdefault(state, []).append(finding)
        terms = []
        for state, found in of_state.items():
            oldest = self.fold(FINDING, one_of("finding", found), how="min")
            terms.append(f"{oldest} and on ({KEYS}) {self.in_state(state=state)}")
        terms.append(self.fold("northflank_addon_paused_since_timestamp_seconds", how="min"))
        return "\nor ".join(terms)

    def or_else(self, expression, value):
        """The expression, with this value for databases of which it says nothing."""
        return f"{expression}\nor on ({KEYS}) {value} + 0 * {self.watched}"

    def unseen(self):
        """Seconds since the last check, which read the database's list of backups."""
        return f"time() - {self.fold('northflank_addon_last_observed_timestamp_seconds')}"

    def named(self, expression, labels):
        """The expression with these labels of the recorded names, such as policy and owner."""
        return f"({expression})\n* on ({KEYS}) group_left ({labels}) {self.of(NAMES)}"

    def ended(self, statuses, window):
        """How many backups ended so in the window, for each database and status."""
        counter = self.select("northflank_addon_backup_outcomes_total", f'status=~"{statuses}"')
        return f"max by ({KEYS}, status) (increase({counter}{window}))"

    def missed(self, window):
        """How many slots were missed in the window, for each database and type."""
        counter = self.select("northflank_addon_backup_missed_slots_total")
        return f"max by ({KEYS}, type) (increase({counter}{window}))"
