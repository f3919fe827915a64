"""Fleet: how many addons are in which state, which are the worst, and how it has been lately."""

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.models import dashboard as model

from . import frame, levels, panels
from .panels import COLORED, FILLED, GAUGE, NONE, Column, now, over_time, settings, steps, words
from .queries import DAY, FAILED, FINDING, HEALTH, JOB, KEYS, OUTAGE, OWN, RATIO, STEP, Addons
from .words import BAD, FAINT, FINDINGS, ODD, OK, OUTCOMES, QUIET, STATES

ADDONS = Addons("=~")
LINKED = {"links": [frame.TO_ADDON]}
NAMES = [Column("Account", label="account", width=110), Column("Project", label="project", width=130),
         Column("Addon", label="addon", width=160, look=LINKED)]
# Prometheus keeps fifteen days unless it is told otherwise.
DAYS = "14d"


def how_many():
    """A tile for each state, the worst first; a click leaves only these addons in the table."""
    order = list(reversed(STATES))
    made = panels.tiles(
        "How many addons are in which state",
        [now(f"sum({ADDONS.fold(HEALTH, state=state)})", state) for state in order],
        width=15, height=4, nothing="No addon is known",
        description="The verdict of each addon, the worst of what holds; docs/health.md says what each means. "
                    "Click a state to see only its addons below.")
    for state in order:
        chosen = "&".join(f"${{{name}:queryparam}}" for name in ("datasource", "account", "project", "addon"))
        url = f"/d/{frame.UIDS['fleet']}?{chosen}&var-state={state}&${{__url_time_range}}"
        made.override_by_name(state, settings(
            thresholds=steps(FAINT, (1, STATES[state])).build(),
            links=[{"title": f"Only {state}", "url": url}]))
    return made


def can_it_be_believed():
    """What makes everything else on the page a thing of the past."""
    made = panels.tiles(
        "Can it be believed?",
        [now(f"count({ADDONS.watched})", "Addons watched"),
         now(f"max({ADDONS.unseen()})", "Longest unseen"),
         now(f"sum(up{{{JOB}}}) or vector(0)", "Exporters up"),
         now(f"count(up{{{JOB}}} == 0) or vector(0)", "Exporters down"),
         now(f'count({OUTAGE}{{account=~"$account"}}) or vector(0)', "Accounts in outage")],
        width=9, height=4, nothing="None",
        description="Longest unseen: how long ago the list of the addon that was read least lately was read; those "
                    "that were not read yet are not meant. Whether it is too long depends on the poll interval: the "
                    "finding not seen says so. Exporters: those that Prometheus has as targets.")
    made.override_by_name("Longest unseen", settings(unit="s", decimals=0))
    made.override_by_name("Exporters up", settings(thresholds=steps(BAD, (1, FAINT)).build()))
    made.override_by_name("Exporters down", settings(thresholds=steps(FAINT, (1, BAD)).build()))
    return made.override_by_name("Accounts in outage", settings(thresholds=steps(FAINT, (1, BAD)).build()))


def worst_first():
    def column(title, expression, width, absent=None, **look):
        """Of addons in the chosen states only; `absent` is the value where the expression says nothing."""
        complete = expression if absent is None else ADDONS.or_else(expression, absent)
        held = ADDONS.of(HEALTH, 'state=~"$state"')
        return Column(title, query=f"(\n{complete}\n)\nand on ({KEYS}) {held} == 1", width=width, look=look)

    def in_a_row(title, metric):
        return column(title, ADDONS.fold(metric), 70, absent=0, thresholds=steps("text", (1, BAD)).build(),
                      mappings=words({0: (NONE, None)}), **COLORED)

    running = ADDONS.fold("northflank_addon_backup_oldest_unfinished_timestamp_seconds", how="min")
    hanging = f"time() - {running}\nand on ({KEYS}) {ADDONS.of(FINDING, finding='unfinished')}"
    odd = f"2 + 0 * {ADDONS.of(FINDING, finding='empty')} or 1 + 0 * {ADDONS.of(FINDING, finding='odd-size')}"
    # Not the recorded series: without the rules there would seem to be no backup.
    age = ADDONS.fold("northflank_addon_backup_last_completed_age_seconds", OWN, how="min")
    allowed = ADDONS.fold("northflank_addon_backup_objective_seconds", how="min")
    verdicts = words({number: (state, color) for number, (state, color) in enumerate(STATES.items())})
    return panels.grid(
        "Addons, the worst first", [
            column("State", ADDONS.severity, 110, mappings=verdicts, **FILLED),
            *NAMES,
            column("Newest backup", age, 120, absent=-1, unit="s", decimals=1,
                   mappings=words({-1: ("none", BAD)}), **COLORED),
            column("Allowed", allowed, 100, absent=-1, unit="s", decimals=1,
                   mappings=words({-1: ("not set", ODD)}), **COLORED),
            column("Age of allowed", ADDONS.fold(RATIO), 190, unit="percentunit", decimals=0, min=0, max=2,
                   thresholds=steps(OK, (1, ODD), (2, BAD)).build(), **GAUGE),
            in_a_row("Failed", "northflank_addon_backup_consecutive_failed_attempts"),
            in_a_row("Missed", "northflank_addon_backup_consecutive_missed_slots"),
            column("Hangs for", hanging, 100, absent=0, unit="s", decimals=1, mappings=words({0: (NONE, None)}),
                   thresholds=steps("text", (1, BAD)).build(), **COLORED),
            column("Size", f"max by ({KEYS}) ({odd})", 70, absent=0,
                   mappings=words({0: (NONE, None), 1: ("odd", ODD), 2: ("empty", ODD)}), **COLORED),
            column("Seen", ADDONS.unseen(), 90, absent=-1, unit="s", decimals=0,
                   mappings=words({-1: ("never", ODD)}), **COLORED)],
        width=24, height=11, sort=[("State", True), ("Age of allowed", True)], nothing="No addon is in these states.",
        description="Newest backup: age of the newest completed one of any type. Allowed: the shortest objective of "
                    "its types. Age of allowed: of the type that is worst. Failed, missed: in a row, up to now. Hangs "
                    "for: where a backup runs much longer than usual, how long the oldest has not ended. Click an addon for all about it.")


def findings():
    held = ADDONS.fold(FINDING, by=["finding"])
    made = panels.bars(
        "What is wrong, with how many addons", [now(f"sort_desc(count by (finding) ({held}))", "{{finding}}")],
        width=9, height=5,
        description="Several findings may hold for an addon; its state is that of the worst.",
        nothing="Nothing is wrong, or no addon is known")
    for finding, (_, short, color) in FINDINGS.items():
        made.override_by_name(finding, settings(displayName=short, thresholds=steps(FAINT, (1, color)).build()))
    return made


def firing():
    """Alerts about the chosen addons, and those that are about no addon."""
    chosen = ",".join(f'{name}=~"${name}|"' for name in ("account", "project", "addon"))
    alerts = f'ALERTS{{alertname=~"NorthflankBackup.*",alertstate="firing",{chosen}}}'
    none = 'label_replace(vector(0), "alertname", "none", "", "")'
    severities = words({"critical": (None, BAD), "warning": (None, ODD), "info": (None, QUIET)})
    return panels.grid(
        "Alerts that fire", [
            Column("Severity", label="severity", width=90, look={"mappings": severities, **COLORED}),
            Column("Alert", label="alertname", look={"mappings": words({"none": ("no alert fires", OK)}), **COLORED}),
            *NAMES,
            Column("Value", query=f"max by (alertname, severity, {KEYS}) ({alerts})\nor on () {none}")],
        width=15, height=5, hidden=["Value"], sort=[("Severity", False)], nothing="No alert fires",
        description="docs/runbooks has a page for each alert. Pending ones are not shown.")


def by_day():
    made = panels.columns(panels.lines(
        "Backups by day",
        [over_time(f"sum({ADDONS.ended('completed', DAY)})", "completed"),
         over_time(f"sum({ADDONS.ended('aborted', DAY)})", "aborted"),
         over_time(f"sum({ADDONS.missed(DAY)}) or vector(0)", "missed"),
         over_time(f"sum({ADDONS.ended(FAILED, DAY)})", "failed")],
        width=12, height=8, unit="none",
        description="Backups that ended, and slots that passed without one."), "1d").time_from(DAYS)
    for name, color in OUTCOMES.items():
        made.override_by_name(name, settings(color=panels.fixed(color)))
    return made


def failures():
    failed = f"sum by ({KEYS}) ({ADDONS.ended(FAILED, STEP)}) > 0"
    named = f'label_join({failed}, "of", "/", "project", "addon")'
    none = 'label_replace(vector(0), "of", "no failure", "", "")'
    made = panels.columns(panels.lines(
        "Failed backups, by addon", [over_time(f"{named}\nor on () {none}", "{{of}}")], width=12, height=8, unit="none",
        description="By hour, or longer where the time range is long."), "1h")
    return made.override_by_name("no failure", settings(color=panels.fixed(FAINT)))


def outcomes():
    """A day's worst outcome for each addon, as a number."""
    ended = {"completed": ADDONS.ended("completed", DAY), "aborted": ADDONS.ended("aborted", DAY),
             "missed": ADDONS.missed(DAY), "failed": ADDONS.ended(FAILED, DAY)}
    terms = [f"{number} * ({ended[name]} > bool 0.5)" for number, name in enumerate(OUTCOMES, 1)]
    worst = f"max by ({KEYS}) (\n  " + "\n  or ".join(reversed(terms)) + "\n)"
    names = {0: ("nothing", FAINT)} | {number: each for number, each in enumerate(OUTCOMES.items(), 1)}
    return panels.calendar(
        "Calendar of outcomes", [over_time(worst, "{{project}}/{{addon}}")], width=24, height=11,
        description="The worst that happened to an addon on a day: red a backup failed, orange a slot was missed, "
                    "grey-blue one was aborted, green all completed, grey none ended.",
    ).interval("1d").time_from(DAYS).mappings(words(names))


def stored():
    kept = ADDONS.fold("northflank_addon_backup_stored_bytes", by=["type"])
    change = f"max by ({KEYS}, type) (delta({ADDONS.of('northflank_addon_backup_stored_bytes')}[1d]))"
    legend = "{{account}}/{{project}}"
    yield panels.stacked(panels.lines(
        "Stored bytes", [over_time(f"sum by (account, project) ({kept})", legend)], width=12, height=8, unit="bytes",
        description="Sizes of the completed backups that are listed, as far as they are known."))
    made = panels.lines(
        "Growth in a day", [over_time(f"sum by (account, project) ({change})", legend)],
        width=12, height=8, unit="bytes", description="Below zero where more expires than is added.")
    yield made.min(None)


def restorable():
    oldest = ADDONS.fold("northflank_addon_backup_oldest_completed_timestamp_seconds", OWN, how="min")
    newest = ADDONS.fold("northflank_addon_backup_last_completed_timestamp_seconds", OWN)
    expiry = ADDONS.fold("northflank_addon_backup_expiry_timestamp_seconds")
    kept = f"sum by ({KEYS}) ({ADDONS.fold('northflank_addon_backup_stored_bytes', by=['type'])})"
    count = ADDONS.fold("northflank_addon_backups", status="completed")
    age = {"unit": "s", "decimals": 1}
    return panels.grid(
        "To when one could go back", [
            *NAMES,
            Column("Restorable points", query=count, width=140, look={
                "thresholds": steps(BAD, (1, "text")).build(), **COLORED}),
            Column("Oldest", query=f"time() - {oldest}", width=110, look=age),
            Column("Newest", query=f"time() - {newest}", width=110, look=age),
            Column("From oldest to newest", query=f"{newest} - {oldest}", look={
                **age, "min": 0, "thresholds": steps("blue").build(), **GAUGE}),
            Column("Newest expires in", query=f"{expiry} - time()", width=150, look=age),
            Column("Stored", query=kept, width=110, look={"unit": "bytes"})],
        width=24, height=11, sort=[("From oldest to newest", False)], nothing="No addon is known",
        description="Restorable points: the completed backups in the list, imports too; everything else leaves imports "
                    "aside. When the newest one expires is inferred from the schedules' retention.")


def least_kept():
    """The addons that use the error budgets up."""
    kept = ADDONS.or_else(ADDONS.fold("addon:northflank_backup_slots_kept:ratio30d"), -1)
    share = {"unit": "percentunit", "decimals": 2}
    return panels.grid(
        "Service level by addon, the worst first", [
            *NAMES,
            Column("Time within", query=ADDONS.fold(levels.WITHIN), width=110, look=share),
            Column("Slots kept", query=kept, width=100, look={**share, "mappings": words({-1: ("none due", None)})}),
            Column("Not kept", query=ADDONS.fold(levels.NOT_KEPT), width=90, look={"decimals": 0})],
        width=12, height=8, sort=[("Time within", False)], nothing=levels.MISSING,
        description="Of the 30 days until now. Time within: share of the time within the objective. Not kept: slots.")


def build():
    state = dashboard.CustomVariable("state").label("State").values(",".join(reversed(STATES)))
    state.multi(True).include_all(True).all_value(".*")
    state.current(model.VariableOption(text="All", value="$__all"))
    return frame.made(
        "fleet", "Northflank backups / Fleet",
        "Is each addon as protected as it should be, and if not, which and why?",
        [*frame.addon_variables(several=True), state],
        [how_many(), can_it_be_believed(), worst_first(), firing(), findings(),
         "How it has been", by_day(), failures(), outcomes(),
         levels.TITLE, *levels.summary(ADDONS), levels.course(ADDONS, width=12), least_kept(),
         "What is kept", *stored(), restorable()],
        annotations=[frame.failures(ADDONS)])
