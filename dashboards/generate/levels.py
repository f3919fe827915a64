"""The row Service level: what was kept in 30 days, the objective, and how much of the error budget is left."""

from . import panels
from .panels import now, over_time, settings, steps
from .words import BAD, FAINT, ODD, OK, SLOTS_OBJECTIVE, TIME_OBJECTIVE

TITLE = "Service level"
WITHIN = "addon:northflank_backup_within_objective:ratio30d"
DUE = "addon:northflank_backup_slots_due:increase30d"
NOT_KEPT = "addon:northflank_backup_slots_not_kept:increase30d"
MISSING = "Load alerts/service-levels.yml"


def slots_kept(addons):
    """The share of the slots of all chosen addons; 1 if none was due."""
    return f"clamp_min(1 - sum({addons.of(NOT_KEPT)}) / clamp_min(sum({addons.of(DUE)}), 1), 0)"


def within_objective(addons):
    """The share of the time, on average of the chosen addons."""
    return f"avg({addons.of(WITHIN)})"


def tiles(title, share, objective, more, description):
    left = f"1 - (1 - {share}) / (1 - {objective})"
    made = panels.tiles(
        title, [now(share, "Reached"), now(f"vector({objective})", "Objective"), now(left, "Error budget left"), *more],
        width=12, height=4, unit="percentunit", nothing=MISSING, description=description)
    made.decimals(2)
    made.override_by_name("Reached", settings(thresholds=steps(BAD, (objective, OK)).build()))
    return made.override_by_name("Error budget left", settings(
        decimals=0, thresholds=steps(BAD, (0.000001, ODD), (0.25, OK)).build()))


def summary(addons):
    """Both service levels as they are now, and over the time range of the dashboard."""
    slots = tiles(
        "Slots kept in 30 days", slots_kept(addons), SLOTS_OBJECTIVE,
        [now(f"sum({addons.of(DUE)})", "Slots due")],
        "Scheduled backups that completed, of those that were due. A slot is not kept if it was missed or if its attempt "
        "failed or was aborted. The error budget is the part of the slots that the objective allows to fail.")
    yield slots.override_by_name("Slots due", settings(unit="none", decimals=0))
    yield tiles(
        "Time within objective in 30 days", within_objective(addons), TIME_OBJECTIVE, [],
        "Time in which no type of backup was older than its limit. Waived, paused and unobserved time does not count.")


def course(addons, width):
    made = panels.lines(
        "Service levels over time",
        [over_time(slots_kept(addons), "slots kept"), over_time(within_objective(addons), "time within objective")],
        width=width, height=8, unit="percentunit", nothing=MISSING,
        description="Each value is about the 30 days before it.")
    return made.min(None).max(1).decimals(2)
