"""The row Service level: what was kept in 30 days, the objective, and how much of the error budget is left."""

from . import panels
from .panels import now, over_time, settings, steps
from .words import BAD, ODD, OK, SLOTS_OBJECTIVE, TIME_OBJECTIVE

TITLE = "Service level"
WITHIN = "addon:northflank_backup_within_objective:ratio30d"
DUE = "addon:northflank_backup_slots_due:increase30d"
NOT_KEPT = "addon:northflank_backup_slots_not_kept:increase30d"
MISSING = "Load alerts/service-levels.yml"


def slots_kept(addons):
    """The share of the slots of all chosen databases; 1 if none was due."""
    return f"clamp_min(1 - sum({addons.of(NOT_KEPT)}) / clamp_min(sum({addons.of(DUE)}), 1), 0)"


def within_objective(addons):
    """The share of the time, on average of the chosen databases."""
    return f"avg({addons.of(WITHIN)})"


def reached(title, share, objective, description, more=()):
    made = panels.tiles(
        title, [now(share, "Reached"), now(f"vector({objective})", "Objective"), *more],
        width=8, height=4, unit="percentunit", nothing=MISSING, description=description)
    return made.decimals(2).override_by_name("Reached", settings(thresholds=steps(BAD, (objective, OK)).build()))


def summary(addons):
    """Both service levels as they are now, and what is left of their error budgets."""
    slots = reached(
        "Slots kept, 30 days (%)", slots_kept(addons), SLOTS_OBJECTIVE,
        "Scheduled backups that completed, of those that were due. A slot is not kept if it was missed or if its "
        "attempt failed or was aborted.", [now(f"sum({addons.of(DUE)})", "Slots due")])
    yield slots.override_by_name("Slots due", settings(unit="none", decimals=0))
    yield reached(
        "Time within objective, 30 days (%)", within_objective(addons), TIME_OBJECTIVE,
        "Time in which no type of backup was older than its limit. Waived, paused and unobserved time does not count.")
    left = {"Slots": (slots_kept(addons), SLOTS_OBJECTIVE), "Time": (within_objective(addons), TIME_OBJECTIVE)}
    budget = panels.tiles(
        "Error budget left (%)", [now(f"1 - (1 - {share}) / (1 - {objective})", name)
                                  for name, (share, objective) in left.items()],
        width=8, height=4, unit="percentunit", nothing=MISSING,
        description="The part of the failures that the objective allows and that did not happen yet. Below 0: the "
                    "objective of the 30 days is missed.")
    yield budget.decimals(0).thresholds(steps(BAD, (0.000001, ODD), (0.25, OK)))


def course(addons, width):
    made = panels.lines(
        "Service levels over time",
        [over_time(slots_kept(addons), "slots kept"), over_time(within_objective(addons), "time within objective")],
        width=width, height=8, unit="percentunit", nothing=MISSING,
        description="Each value is of the 30 days before it.")
    return made.min(None).max(1).decimals(2)
