"""Fleet: how many databases are not protected as decided, which are the worst and why, and how it has been lately."""

from grafana_foundation_sdk.builders import dashboard
from grafana_foundation_sdk.models import dashboard as model

from . import frame, history, levels, panels, storage
from .panels import COLORED, EXACT, FILLED, NONE, RATIO_CELL, Column, now, settings, steps, words
from .queries import FINDING, HEALTH, JOB, KEYS, OWN, RATIO, Addons, account_errors, kept, one_of, select
from .words import BAD, FAINT, FINDINGS, NOT_PROTECTED, ODD, OK, QUIET, REASONS, STATES

ADDONS = Addons("=~", keeping=True)
LINKED = {"links": [frame.TO_ADDON]}
NAMES = [Column("Account", label="account", width=76), Column("Project", label="project", least=88),
         Column("Database", label="addon", least=112, look=LINKED)]


def not_protected():
    bad = f"max by ({KEYS}) ({ADDONS.in_state(one_of('state', NOT_PROTECTED))})"
    everyone = f"count({ADDONS.watched})"
    made = panels.tiles(
        "Not protected (of all databases)",
        [now(f"count({bad}) or 0 * {everyone}", "not protected"), now(everyone, "of all")],
        width=5, height=3, size=12, nothing="Not scraped",
        description="Databases in a state from never to unprotected. 0 is the aim.")
    return made.override_by_name("not protected", settings(thresholds=steps(OK, (1, BAD)).build()))


def by_state():
    """A tile for each state, the worst first; a click leaves only its databases in the table."""
    order = list(reversed(STATES))
    made = panels.tiles(
        "Databases by state", [now(f"sum({ADDONS.fold(HEALTH, state=state)})", state) for state in order],
        width=19, height=3, size=12, nothing="Not scraped",
        description="Click a state to filter the table below. docs/health.md says what each state means.")
    for state in order:
        kept_names = ("datasource", "account", "project", "addon", "lookback")
        chosen = "&".join(f"${{{name}:queryparam}}" for name in kept_names)
        url = f"/d/{frame.UIDS['fleet']}?{chosen}&var-state={state}&${{__url_time_range}}"
        made.override_by_name(state, settings(
            thresholds=steps(FAINT, (1, STATES[state])).build(),
            links=[{"title": f"Only {state}", "url": url}]))
    return made


def freshness():
    """How old all the other panels are."""
    scraped = select("process_start_time_seconds", JOB)
    # A subquery sees samples at its steps only, and the newest one may be later.
    last = f"timestamp({scraped}) or max_over_time(timestamp({scraped})[1d:10s])"
    not_checked = f"count({ADDONS.fold(FINDING, finding='not-observed')}) or 0 * count({ADDONS.watched})"
    made = panels.tiles(
        "Is this data fresh?",
        [now(f"time() - max({last})", "Last scrape"), now(f"max({ADDONS.unseen()})", "Oldest check"),
         now(not_checked, "Not checked"), now(f"sum(up{{{JOB}}}) or vector(0)", "Exporters up"),
         now(f"count(up{{{JOB}}} == 0) or vector(0)", "Exporters down")],
        width=13, height=4, nothing="None",
        description="Red: do not trust the other panels. They show the last data of ten minutes; for older data, "
                    "choose a longer Look back.")
    made.override_by_name("Last scrape", settings(**EXACT, thresholds=steps(FAINT, (120, ODD), (300, BAD)).build()))
    made.override_by_name("Oldest check", settings(**EXACT))
    made.override_by_name("Not checked", settings(thresholds=steps(FAINT, (1, BAD)).build()))
    made.override_by_name("Exporters up", settings(thresholds=steps(BAD, (1, FAINT)).build()))
    return made.override_by_name("Exporters down", settings(thresholds=steps(FAINT, (1, BAD)).build()))


def accounts():
    account = 'account=~"$account"'
    held = account_errors(account)
    none = f'label_replace(0 * max({kept("northflank_exporter_addons", account)}), "reason", "none", "", "")'
    checked = f"time() - max by (account) ({ADDONS.of('northflank_addon_last_observed_timestamp_seconds')})"
    checked = f"0 * {held}\n+ on (account) group_left () ({checked})\nor -1 + 0 * {held}"
    texts = {reason: (text, BAD) for reason, text in REASONS.items()} | {"none": ("All accounts can be read", OK)}
    return panels.grid(
        "Accounts that cannot be read", [
            Column("Account", label="account", width=90),
            Column("Reason", label="reason", least=240, look={"mappings": words(texts), **COLORED}),
            Column("Held", query=f"{held}\nor on () {none}"),
            Column("Last check", query=checked, width=105, look={**EXACT, "mappings": words({-1: ("never", BAD)})})],
        width=11, height=4, hidden=["Value #A"], nothing="Not scraped",
        description="Last check: when a database of the account could last be read. The runbook of "
                    "NorthflankBackupAccountNotObserved says what to do.")


def worst_first():
    def column(title, expression, width=0, absent=None, least=0, **look):
        """`absent` is the value where the expression says nothing."""
        query = expression if absent is None else ADDONS.or_else(expression, absent)
        return Column(title, query=query, width=width, least=least, look=look)

    def in_a_row(title, metric, width):
        return column(title, ADDONS.fold(metric), width, absent=0, thresholds=steps("text", (1, BAD)).build(),
                      mappings=words({0: (NONE, None)}), **COLORED)

    running = ADDONS.fold("northflank_addon_backup_oldest_unfinished_timestamp_seconds", how="min")
    hanging = f"time() - {running}\nand on ({KEYS}) {ADDONS.of(FINDING, finding='unfinished')}"
    # Not the recorded series: without the rules there would seem to be no backup.
    age = ADDONS.fold("northflank_addon_backup_last_completed_age_seconds", OWN, how="min")
    limit = ADDONS.fold("northflank_addon_backup_objective_seconds", how="min")
    verdicts = words({number: (state, color) for number, (state, color) in enumerate(STATES.items())})
    # The state that is chosen filters this one query, since the test of all states is the dearest part.
    in_chosen = 'state=~"$state"'
    chosen = f"{ADDONS.severity}\nand on ({KEYS}) {ADDONS.in_state(in_chosen)}"
    return panels.grid(
        "Databases, worst first", [
            column("State", chosen, 92, mappings=verdicts, **FILLED),
            *NAMES,
            column("Last good backup", age, 120, absent=-1, mappings=words({-1: ("none", BAD)}), **EXACT, **COLORED),
            column("Limit", limit, 98, absent=-1, mappings=words({-1: ("not set", ODD)}), **EXACT, **COLORED),
            column("Age / limit", ADDONS.fold(RATIO), absent=-1, least=90, **RATIO_CELL),
            in_a_row("Failed in a row", "northflank_addon_backup_consecutive_failed_attempts", 110),
            in_a_row("Missed in a row", "northflank_addon_backup_consecutive_missed_slots", 110),
            column("Running for", hanging, 98, absent=0, mappings=words({0: (NONE, None)}),
                   thresholds=steps("text", (1, BAD)).build(), **EXACT, **COLORED),
            column("Checked", ADDONS.unseen(), 72, absent=-1, unit="s", decimals=0,
                   mappings=words({-1: ("never", ODD)}), **COLORED)],
        width=24, height=8, sort=[("State", True), ("Age / limit", True)], only="Value #A",
        nothing="No database is in these states",
        description="Age / limit above 100 % is late. Click a name for its dashboard.")


def findings():
    held = ADDONS.fold(FINDING, by=["finding"])
    made = panels.bars(
        "Findings (databases)", [now(f"sort_desc(count by (finding) ({held}))", "{{finding}}")],
        width=9, height=5, description="One database can have several findings.",
        nothing="No findings, or not scraped")
    for finding, (state, _, short) in FINDINGS.items():
        made.override_by_name(finding, settings(
            displayName=short, thresholds=steps(FAINT, (1, STATES[state])).build()))
    return made


def firing():
    """Alerts about the chosen databases, and those that are about none."""
    chosen = ",".join(f'{name}=~"${name}|"' for name in ("account", "project", "addon"))
    names = f'alertname=~"NorthflankBackup.*",{chosen}'
    alerts = f'ALERTS{{{names},alertstate="firing"}}'

    def short(expression):
        """All names begin with the same word, which would leave no place for the others."""
        shortened = f'label_replace({expression}, "alert", "$1", "alertname", "NorthflankBackup(.*)")'
        return f"max by (alert, severity, {KEYS}) ({shortened})"

    none = 'label_replace(vector(0), "alert", "none", "", "")'
    since = f"time() - ALERTS_FOR_STATE{{{names}}} and ignoring (alertstate) {alerts}"
    severities = words({"critical": (None, BAD), "warning": (None, ODD), "info": (None, QUIET)})
    return panels.grid(
        "Firing alerts", [
            Column("Severity", label="severity", width=80, look={"mappings": severities, **COLORED}),
            Column("Alert", label="alert", width=165, look={
                "mappings": words({"none": ("No alert fires", OK)}), **COLORED}),
            *NAMES,
            Column("Held", query=f"{short(alerts)}\nor on () {none}"),
            Column("For", query=short(since), width=110, look=EXACT)],
        width=15, height=5, hidden=["Value #A"], sort=[("Severity", False), ("For", True)], nothing="No alert fires",
        description="Alerts that Alertmanager mutes are shown, pending ones are not. docs/runbooks has a page for each, "
                    "named NorthflankBackup and the name here.")


def least_kept():
    """The databases that use the error budgets up."""
    slots = ADDONS.or_else(ADDONS.fold("addon:northflank_backup_slots_kept:ratio30d"), -1)
    share = {"unit": "percentunit", "decimals": 2}
    return panels.grid(
        "Service level by database, worst first", [
            *NAMES,
            Column("Time within", query=ADDONS.fold(levels.WITHIN), width=90, look=share),
            Column("Slots kept", query=slots, width=80, look={**share, "mappings": words({-1: ("none due", None)})}),
            Column("Not kept", query=ADDONS.fold(levels.NOT_KEPT), width=70, look={"decimals": 0})],
        width=12, height=8, sort=[("Time within", False)], nothing=levels.MISSING,
        description="Of the 30 days until now. Time within: share of the time within the objective; not kept: slots.")


def build():
    state = dashboard.CustomVariable("state").label("State").values(",".join(reversed(STATES)))
    state.multi(True).include_all(True).all_value(".*")
    state.current(model.VariableOption(text="All", value="$__all"))
    past = history.ADDONS
    return frame.made(
        "fleet", "Northflank backups / Fleet", "Which databases are not protected as decided, and why",
        [*frame.addon_variables(several=True), state],
        [not_protected(), by_state(), freshness(), accounts(), worst_first(), firing(), findings(),
         "History", history.by_day(), history.failures(), history.outcomes(),
         levels.TITLE, *levels.summary(past), levels.course(past, width=12), least_kept(),
         "Storage and restore", *storage.stored(), storage.restorable(NAMES), storage.restores(NAMES),
         "Policies", storage.policies(), storage.gone(NAMES), storage.waivers(NAMES)],
        annotations=[frame.failures(past)])
