"""What makes each alert about an addon fire, and what it says then."""

from dataclasses import dataclass, field

from support.rule_tests import ADDON, INSTANCE, NAMED, World

TOO_LATE = 4_000_000  # seconds; nothing in these tests lasts as long
# Alerts that do not tell of which finding they are.
UNNAMED = ("NorthflankBackupExpiresSoon", "NorthflankBackupTooOldByDefault")


@dataclass
class Trouble:
    alert: str
    waits: int
    finding: str | None
    summary: str
    description: str
    # By name and labels besides the addon's: the values when all is well, and in trouble.
    series: dict = field(default_factory=dict)
    # A value for trouble that is not quite enough.
    nearly: dict = field(default_factory=dict)
    severity: str = "warning"
    # Whether it stays while no exporter is up; and what it says when no more of the details is known.
    stays: bool = True
    forgotten: str | None = None

    @property
    def labels(self):
        own = {"finding": self.finding} if self.finding and self.alert not in UNNAMED else {}
        return {**NAMED, **own, "severity": self.severity, "scope": "addon"}

    def fires(self, minute, addon_name="Orders DB", description=None):
        """Labels and annotations; what is counted in time is told as of this minute."""
        link = "&".join(f"var-{key}={value}" for key, value in ADDON.items())
        return ({**self.labels, "addon_name": addon_name}, {
            "summary": self.summary.replace("Orders DB", addon_name), "description": (description or self.description).format(
                time=duration(minute * 60), left=duration(14_400 - minute * 60),
                since=duration(8_000_000 + minute * 60)),
            "dashboard_url": f"http://localhost:3000/d/northflank-backup-addon?{link}",
            "runbook_url": f"docs/runbooks/{self.alert}.md"})

    def world(self, phases, series=None, instances=(INSTANCE,)):
        """An addon through phases: pairs of `well`, `ill`, `stale` or `_`, and of minutes."""
        world = World()
        for instance in instances:
            def parts(well, ill):
                return [({"well": well, "ill": ill}.get(what, what), minutes) for what, minutes in phases]

            world.addon(0, lambda value: parts(value, value), instance=instance)
            world.let("up", *[({"stale": 0, "_": 0}.get(what, 1), minutes) for what, minutes in phases], **instance)
            if self.finding:
                world.finding(self.finding, *parts(0, 1), instance=instance)
            for (name, *labels), (well, ill) in (series or self.series).items():
                world.let(name, *parts(well, ill), **{**ADDON, **instance}, **dict(labels))
        return world


def duration(seconds):
    """As Prometheus writes it."""
    days, hours, minutes = seconds // 86_400, seconds // 3600 % 24, seconds // 60 % 60
    words = [f"{days}d"] * (days > 0) + [f"{hours}h"] * (seconds >= 3600) + [f"{minutes}m"] * (seconds >= 60)
    return " ".join([*words, f"{seconds % 60}s"])


def in_a_row(kind, count):
    return f"Failed in a row, {kind}: {count}."


def newest(kind, age):
    return f"The newest of type {kind} is {age} old."


def limits(*kinds):
    """What the types may be; a dump comes daily, a snapshot hourly."""
    return " ".join(f"Type {kind} may be {duration(OBJECTIVES[kind])} old." for kind in kinds)


def unseen(addon, name, seen):
    """Summary and description of an addon that cannot be read, which `seen` says since when."""
    return (f"The backups of {name} (Shop) cannot be seen",
            f"The backups of acme/shop/{addon} {seen}. Other addons of the account can be read.")


# Seconds.
OBJECTIVES = {"dump": 88_200, "snapshot": 5_400}
LAST_SEEN = "were last seen {time} ago"
RESTORE_OVERDUE = "The last restore of Orders DB (Shop) is longer ago than decided"
NUMBERS = "northflank-backup-exporter status shop/orders-db has the numbers."
ATTEMPTS = ("northflank_addon_backup_consecutive_failed_attempts", ("type", "dump"))
AGE = ("northflank_addon_backup_last_completed_age_seconds", ("type", "dump"))
OBJECTIVE = ("northflank_addon_backup_objective_seconds", ("type", "dump"))
RESTORED = ("northflank_addon_restore_last_completed_timestamp_seconds",)
EVERY = ("northflank_addon_backup_policy_limit_seconds", ("limit", "restore_every"))
OBSERVED = ("northflank_addon_last_observed_timestamp_seconds",)
COMPLETED = ("northflank_addon_backup_last_completed_timestamp_seconds", ("type", "dump"))
MISSED = ("northflank_addon_backup_consecutive_missed_slots", ("type", "dump"))
SIZE = ("northflank_addon_backup_last_completed_size_bytes", ("type", "dump"))
LOW, HIGH = (("northflank_addon_backup_expected_size_bytes", ("type", "dump"), ("bound", bound))
             for bound in ("low", "high"))
EXPIRY = ("northflank_addon_backup_expiry_timestamp_seconds", ("type", "dump"))
KEPT = ("northflank_addon_backup_schedule_retention_seconds", ("schedule", "nightly"))
UP = ("northflank_addon_up",)
# Sentences that more than one test looks for.
ERRORS = "Errors in 15 minutes"
FAILED = "The newest finished backup of acme/shop/orders-db failed."
DECIDES = "Earlier ones may still do; the next one decides."
TOO_OLD = "acme/shop/orders-db has no completed backup that is as new as its objective wants."
FAR = "acme/shop/orders-db has been without a new backup for more than twice as long as its objective allows."
USUAL = "Usual for a dump, high: 1.431MiB. Usual for a dump, low: 488.3kiB."
SUSPECT = "The newest completed backup of acme/shop/orders-db may not hold what it should."
SIZES = {LOW: (500_000, 500_000), HIGH: (1_500_000, 1_500_000)}

TROUBLES = [
    Trouble("NorthflankBackupFailed", 5, "attempt-failed", "The newest backup of Orders DB (Shop) failed",
            f"{FAILED} {in_a_row('dump', 1)} {DECIDES}", {ATTEMPTS: (0, 1)}, forgotten=f"{FAILED} {DECIDES}"),
    Trouble("NorthflankBackupFailingRepeatedly", 5, "attempt-failed", "The last 3 backups of Orders DB (Shop) failed",
            f"3 backups of acme/shop/orders-db failed in a row. {in_a_row('dump', 3)} It does not heal by itself.",
            {ATTEMPTS: (0, 3)}, {ATTEMPTS: (0, 2)}, severity="critical",
            forgotten="3 backups of acme/shop/orders-db failed in a row. It does not heal by itself."),
    Trouble("NorthflankBackupTooOld", 15, "too-old", "Orders DB (Shop) has no backup as new as it should be",
            f"{TOO_OLD} {newest('dump', '1d 2h 0m 0s')} {limits('dump')}",
            {AGE: (3600, 93_600), OBJECTIVE: (88_200, 88_200)},
            forgotten=TOO_OLD),
    Trouble("NorthflankBackupFarTooOld", 15, "too-old",
            "The newest backup of Orders DB (Shop) is more than twice as old as it may be",
            f"{FAR} {newest('dump', '2d 7h 33m 20s')} {limits('dump')}",
            {AGE: (3600, 200_000), OBJECTIVE: (88_200, 88_200), OBSERVED: (0, 0)},
            {AGE: (3600, 2 * 88_200), OBSERVED: (0, "0+60")}, severity="critical", forgotten=FAR),
    Trouble("NorthflankBackupTooOldByDefault", 15, "no-objective", "The newest backup of Orders DB (Shop) is older than 26 hours",
            "acme/shop/orders-db has neither a schedule nor a max_age, so 26 hours were taken as its objective. Its "
            "newest completed backup was 1d 2h 0m 1s old when it was last looked at.",
            {OBSERVED: (100_000, 100_000), COMPLETED: (99_000, 6_399)},
            {OBSERVED: (100_000, 100_000), COMPLETED: (99_000, 6_400)}, stays=False),
    Trouble("NorthflankBackupNever", 15, "never-completed", "Orders DB (Shop) has no completed backup at all",
            "The list of acme/shop/orders-db has no completed backup, though one should have been there by now. "
            "Nothing could be restored.", severity="critical"),
    Trouble("NorthflankBackupStuck", 15, "unfinished", "A backup of Orders DB (Shop) does not end",
            "A backup of acme/shop/orders-db has been running for more than an hour, and for more than three times as "
            "long as usual."),
    Trouble("NorthflankBackupSlotMissed", 15, "slots-missed", "A scheduled backup of Orders DB (Shop) was not started",
            "The schedule of acme/shop/orders-db had a backup due, and none was started; slots missed in a row: 2.",
            {MISSED: (0, 2)},
            forgotten="The schedule of acme/shop/orders-db had a backup due, and none was started; slots missed in a "
            "row: 1."),
    Trouble("NorthflankBackupSuspectSize", 15, "odd-size", "The newest backup of Orders DB (Shop) has an odd size",
            f"{SUSPECT} A dump has 2kiB. {USUAL}", {SIZE: (1_000_000, 2_048), **SIZES}, forgotten=SUSPECT),
    Trouble("NorthflankBackupSuspectSize", 15, "empty", "The newest backup of Orders DB (Shop) is empty",
            f"{SUSPECT} A dump has 0B. {USUAL}",
            {SIZE: (1_000_000, 0), **SIZES}, forgotten=SUSPECT),
    Trouble("NorthflankBackupSuspect", 60, "too-few", "Orders DB (Shop) has fewer restorable points than decided",
            f"acme/shop/orders-db has fewer completed backups than its policy demands, or none of a kind that it demands. "
            f"{NUMBERS}"),
    Trouble("NorthflankBackupSuspect", 60, "too-shallow",
            "The restorable points of Orders DB (Shop) do not reach far enough back",
            f"The oldest completed backup of acme/shop/orders-db is not as old as its policy demands, or the schedules keep "
            f"no backup up to the next slot. {NUMBERS}"),
    Trouble("NorthflankBackupSuspect", 60, "not-since-upgrade",
            "No backup of Orders DB (Shop) has completed since its upgrade",
            f"Attempts of acme/shop/orders-db have another version than its newest completed backup, and none of them has "
            f"completed. {NUMBERS}"),
    Trouble("NorthflankBackupRemovedEarly", 5, "removed-early",
            "Backups of Orders DB (Shop) were removed before their retention ended",
            "Completed backups of acme/shop/orders-db have left Northflank's list early."),
    Trouble("NorthflankBackupAddonGone", 15, "gone",
            "Orders DB (Shop) is gone: Northflank does not list it any more",
            "acme/shop/orders-db had backups, and complete readings of the lists do not have it. If it was deleted on "
            "purpose: northflank-backup-exporter forget acme/shop/orders-db"),
    Trouble("NorthflankBackupUnreadable", 15, "unreadable", "Not every backup of Orders DB (Shop) can be judged",
            "Entries of the list of backups of acme/shop/orders-db cannot be read; the others are judged."),
    Trouble("NorthflankBackupUnreadable", 15, "future-dated", "Not every backup of Orders DB (Shop) can be judged",
            "Backups of acme/shop/orders-db are dated in the future; they do not count as backups."),
    Trouble("NorthflankBackupUnprotected", 60, "no-objective", "Nothing schedules backups of Orders DB (Shop)",
            "acme/shop/orders-db has no backup schedule that can be read, and no max_age in the configuration, so "
            "nobody would notice a missing backup."),
    Trouble("NorthflankBackupExpiresSoon", 15, "slots-missed", "The last good backup of Orders DB (Shop) is about to "
            "expire", "The newest completed backup of acme/shop/orders-db falls out of retention in {left}, and no new one "
            "has come.", {EXPIRY: (TOO_LATE, 14_400), KEPT: (2_592_000, 2_592_000)},
            {EXPIRY: (TOO_LATE, 48 * 3600 + 12_000)}, severity="critical"),
    Trouble("NorthflankBackupNotObserved", 15, "not-observed", *unseen("orders-db", "Orders DB", LAST_SEEN),
            {OBSERVED: (0, 0), UP: (1, 0)}, stays=False),
    Trouble("NorthflankBackupRestoreOverdue", 60, "restore-overdue", RESTORE_OVERDUE,
            "The last restore of acme/shop/orders-db that completed was {since} ago. Its policy demands one every "
            "90d 0h 0m 0s.", {RESTORED: (-1000, -8_000_000), EVERY: (7_776_000, 7_776_000)}, severity="info",
            forgotten="No restore of acme/shop/orders-db has completed."),
    Trouble("NorthflankBackupRestoreOverdue", 60, "restore-overdue", RESTORE_OVERDUE,
            "No restore of acme/shop/orders-db has completed. Its policy demands one every 90d 0h 0m 0s.",
            {EVERY: (7_776_000, 7_776_000)}, severity="info",
            forgotten="No restore of acme/shop/orders-db has completed."),
]


def trouble_of(alert):
    """The one trouble of an alert that has one."""
    (trouble,) = [each for each in TROUBLES if each.alert == alert]
    return trouble
