"""What makes each alert about an addon fire, and what it says then."""

from dataclasses import dataclass, field

from support.rule_tests import ADDON, INSTANCE, NAMED, SINCE, World
from support.texts_of_rules import age, sentences

TOO_LATE = 4_000_000  # seconds; nothing in these tests lasts as long
PATH = "acme/shop/orders-db"
WHO = "Orders DB (Shop)"


@dataclass
class Trouble:
    alert: str
    waits: int
    finding: str
    # After the name. `{since}` is for how long the finding holds, `{time}` the time since the beginning of the world,
    # `{left}` what is left of four hours then.
    summary: str
    # After the path and the finding with its age.
    details: str = ""
    # By name and labels besides the addon's: the values when all is well, and in trouble.
    series: dict = field(default_factory=dict)
    # A value for trouble that is not quite enough.
    nearly: dict = field(default_factory=dict)
    severity: str = "warning"
    # Whether it stays while no exporter is up; and what it says when no more of the details is known.
    stays: bool = True
    forgotten: tuple = ()
    # Instead of the path, the finding and the details.
    description: str = ""

    @property
    def labels(self):
        return {**NAMED, "severity": self.severity, "scope": "addon"}

    def fires(self, minute, addon_name="Orders DB", forgotten=False, **labels):
        """Labels and annotations; what is counted in time is told as of this minute."""
        summary, description = f"{WHO}: {self.summary}", self.description or sentences(
            f"{PATH}.", f"{self.finding} for {{since}}.", self.details)
        if forgotten:
            summary, description = f"{WHO}: {self.forgotten[0]}", sentences(*self.forgotten[1:])
        numbers = {"since": age(minute * 60 - SINCE), "time": age(minute * 60), "left": age(14_400 - minute * 60),
                   "long": age(8_000_000 + minute * 60)}
        return ({**self.labels, "addon_name": addon_name, **labels}, {
            "summary": summary.format(**numbers).replace("Orders DB", addon_name),
            "description": description.format(**numbers)})

    def world(self, phases, series=None, instances=(INSTANCE,)):
        """An addon through phases: pairs of `well`, `ill`, `stale` or `_`, and of minutes."""
        world = World()
        for instance in instances:
            def parts(well, ill):
                return [({"well": well, "ill": ill}.get(what, what), minutes) for what, minutes in phases]

            world.addon(0, lambda value: parts(value, value), instance=instance)
            world.let("up", *[({"stale": 0, "_": 0}.get(what, 1), minutes) for what, minutes in phases], **instance)
            world.finding(self.finding, *parts(0, 1), instance=instance)
            for (name, *labels), (well, ill) in (series or self.series).items():
                world.let(name, *parts(well, ill), **{**ADDON, **instance}, **dict(labels))
        return world


# Seconds.
OBJECTIVES = {"dump": 88_200, "snapshot": 5_400}
ATTEMPTS = ("northflank_addon_backup_consecutive_failed_attempts", ("type", "dump"))
AGE = ("northflank_addon_backup_last_completed_age_seconds", ("type", "dump"))
OBJECTIVE = ("northflank_addon_backup_objective_seconds", ("type", "dump"))
NEXT = ("northflank_addon_backup_next_due_timestamp_seconds", ("type", "dump"))
RESTORED = ("northflank_addon_restore_last_completed_timestamp_seconds",)
EVERY = ("northflank_addon_backup_policy_limit_seconds", ("limit", "restore_every"))
OBSERVED = ("northflank_addon_last_observed_timestamp_seconds",)
MISSED = ("northflank_addon_backup_consecutive_missed_slots", ("type", "dump"))
SIZE = ("northflank_addon_backup_last_completed_size_bytes", ("type", "dump"))
LOW, HIGH = (("northflank_addon_backup_expected_size_bytes", ("type", "dump"), ("bound", bound))
             for bound in ("low", "high"))
EXPIRY = ("northflank_addon_backup_expiry_timestamp_seconds", ("type", "dump"))
KEPT = ("northflank_addon_backup_schedule_retention_seconds", ("schedule", "nightly"))
UP = ("northflank_addon_up",)
ERROR = ("northflank_addon_last_error_info", ("reason", "forbidden"))
RISK, INCOMPLETE, SUSPECT = (f"NorthflankBackup{name}" for name in ("AtRisk", "NotCompleting", "Suspect"))
UNSEEN, GONE, OVERDUE = (f"NorthflankBackup{name}" for name in ("NotObserved", "AddonGone", "RestoreOverdue"))

NONE_COMPLETED = "no completed backup"
NO_BACKUP = "no backup completes"
LAST_DUMP = "Last completed dump: {age}; limit 1d 0h 30m."
USUAL = "The last dump is usually 500 kB to 1.5 MB."
OTHERS = "Other addons of acme can be read."
SIZES = {LOW: (500_000, 500_000), HIGH: (1_500_000, 1_500_000)}


def suspect(finding, words):
    return Trouble(SUSPECT, 15, finding, f"{words}, for {{since}}", forgotten=(words, f"{PATH}."))


TROUBLES = [
    Trouble(RISK, 15, "never-completed", f"{NONE_COMPLETED}, at risk for {{since}}",
            "No completed dump; limit 1d 0h 30m. Next attempt due in {left}.",
            {OBJECTIVE: (88_200, 88_200), NEXT: (TOO_LATE, 14_400)}, severity="critical", forgotten=(NONE_COMPLETED, f"{PATH}.")),
    Trouble(RISK, 15, "too-old", "last good backup 2d 7h ago, at risk for {since}", LAST_DUMP.format(age="2d 7h ago"),
            {AGE: (3600, 200_000), OBJECTIVE: (88_200, 88_200), OBSERVED: (0, 0)},
            {AGE: (3600, 2 * 88_200), OBSERVED: (0, "0+60")}, severity="critical", forgotten=(NONE_COMPLETED, f"{PATH}.")),
    Trouble(RISK, 15, "slots-missed", "last good backup 1h 0m ago, at risk for {since}",
            "Last completed dump: 1h 0m ago. The last one expires in {left}.",
            {AGE: (3600, 3600), EXPIRY: (TOO_LATE, 14_400), KEPT: (2_592_000, 2_592_000)},
            {EXPIRY: (TOO_LATE, 48 * 3600 + 12_000)}, severity="critical", forgotten=(NONE_COMPLETED, f"{PATH}.")),
    Trouble(INCOMPLETE, 15, "attempt-failed", f"{NO_BACKUP}, for {{since}}", "The last dump failed.", {ATTEMPTS: (0, 1)},
            forgotten=(NO_BACKUP, f"{PATH}.")),
    Trouble(INCOMPLETE, 15, "slots-missed", f"{NO_BACKUP}, for {{since}}", "The last 2 scheduled dumps did not start.",
            {MISSED: (0, 2)}, forgotten=(NO_BACKUP, f"{PATH}.")),
    Trouble(INCOMPLETE, 15, "unfinished", f"{NO_BACKUP}, for {{since}}", forgotten=(NO_BACKUP, f"{PATH}.")),
    Trouble(INCOMPLETE, 15, "too-old", f"{NO_BACKUP}, for {{since}}", sentences(
                "Last completed dump: 1d 2h ago, 6.881 GB; limit 1d 0h 30m.", "Next attempt due in {left}."),
            {AGE: (3600, 93_600), OBJECTIVE: (88_200, 88_200), SIZE: (6_881_018_315, 6_881_018_315), NEXT: (TOO_LATE, 14_400)},
            forgotten=(NO_BACKUP, f"{PATH}.")),
    Trouble(SUSPECT, 15, "odd-size", "last dump has 2.048 kB (usual 500 kB to 1.5 MB), for {since}", USUAL,
            {SIZE: (1_000_000, 2_048), **SIZES}, forgotten=("the size of the last backup is unusual", f"{PATH}.")),
    Trouble(SUSPECT, 15, "empty", "the last backup is empty, for {since}", USUAL, {SIZE: (1_000_000, 0), **SIZES},
            forgotten=("the last backup is empty", f"{PATH}.")),
    suspect("removed-early", "restorable points were removed early"),
    suspect("future-dated", "a backup is dated in the future"),
    suspect("too-few", "fewer restorable points than decided"),
    suspect("too-shallow", "the restorable points do not reach far enough back"),
    suspect("not-since-upgrade", "no completed backup since the upgrade"),
    Trouble("NorthflankBackupUnprotected", 60, "no-objective", "no schedule and no max_age, for {since}",
            "Set a schedule at Northflank, or max_age, or a waiver.",
            forgotten=("no schedule and no max_age", f"{PATH}.", "Set a schedule at Northflank, or max_age, or a waiver.")),
    Trouble(GONE, 15, "gone", "not in Northflank's lists for {since}", description=(
                f"{PATH} is not listed any more. Deleted on purpose: northflank-backup-exporter forget {PATH}"),
            forgotten=("not in Northflank's lists",
                       f"{PATH} is not listed any more. Deleted on purpose: northflank-backup-exporter forget {PATH}")),
    Trouble(UNSEEN, 15, "not-observed", "not checked for {time}", f"Northflank denies the backups (HTTP 403). {OTHERS}",
            {OBSERVED: (0, 0), UP: (1, 0), ERROR: ("_", 1)}, stays=False),
    Trouble(UNSEEN, 15, "unreadable", "entries of the list of backups cannot be read, for {since}", OTHERS,
            forgotten=("entries of the list of backups cannot be read", f"{PATH}.", OTHERS)),
    Trouble(OVERDUE, 60, "restore-overdue", "last restore {long} ago (limit 90d)", "",
            {RESTORED: (-1000, -8_000_000), EVERY: (7_776_000, 7_776_000)}, severity="info",
            forgotten=("no completed restore", f"{PATH}.")),
    Trouble(OVERDUE, 60, "restore-overdue", "no completed restore (limit 90d)", "", {EVERY: (7_776_000, 7_776_000)},
            severity="info", forgotten=("no completed restore", f"{PATH}.")),
]


def trouble_of(alert, finding=None):
    """The first trouble of an alert, or of one of its findings."""
    return next(each for each in TROUBLES if each.alert == alert and finding in (None, each.finding))
