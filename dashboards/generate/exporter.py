"""Exporter: whether the data is fresh, how many requests it costs, and whether the process is healthy.

Counters of requests are summed up over the instances, since each sends its own; what the API says of the account is the
same for all of them.
"""

from . import frame, panels
from .panels import DAYS, EXACT, MINUTES, NONE, Column, now, over_time, settings, steps, words
from .queries import HEALTH, JOB, KEYS, STEP, account_errors, kept, select
from .words import BAD, FAINT, ODD, OK, QUIET

INSTANCE = 'instance=~"$instance"'
ACCOUNT = 'account=~"$account"'
RATE = "[$__rate_interval]"
GOOD = steps(BAD, (1, OK))


def of(metric, **equal):
    """A metric of the chosen accounts, from the chosen instances."""
    return select(metric, ACCOUNT, INSTANCE, **equal)


def own(metric):
    """A metric of the process, or of its scrapes."""
    return select(metric, JOB, INSTANCE)


def rate(metric, by):
    return f"sum by ({by}) (rate({of(metric)}{RATE}))"


def account(metric, how="max", **equal):
    """What every instance says of an account."""
    return f"{how} by (account) ({of(metric, **equal)})"


def works():
    def last(metric):
        return kept(metric, JOB, INSTANCE)

    def of_account(metric, how):
        return f"{how} by (account) ({kept(metric, ACCOUNT, INSTANCE)})"

    expected = f"max by (namespace) ({last('northflank_exporter_shards')})"
    present = f'count by (namespace) (count_values by (namespace) ("shard", {own("northflank_exporter_shard_index")}))'
    # Each shard has its own, which its replicas share.
    shard = f'count_values by (instance) ("shard", {last("northflank_exporter_shard_index")})'
    unknown = kept("northflank_exporter_addons_not_found", ACCOUNT, INSTANCE)
    unknown = f"{unknown} * on (instance) group_left (shard) {shard}"
    names = {
        "Instances up": (f"sum({own('up')}) or vector(0)", steps(BAD, (1, OK))),
        "Instances down": (f"count({own('up')} == 0) or vector(0)", steps(FAINT, (1, BAD))),
        "Shards missing": (f"sum({expected} - ({present} or 0 * {expected}))", steps(FAINT, (1, BAD))),
        "Accounts down": (
            f"count(count by (account) ({account_errors(ACCOUNT, INSTANCE)}))"
            f" or 0 * count({kept('northflank_exporter_addons', ACCOUNT, INSTANCE)})",
            steps(FAINT, (1, BAD))),
        "Discovery": (f"min({of_account('northflank_exporter_discovery_up', 'min')})", GOOD),
        "Not found": (f"sum(max by (account, shard) ({unknown}))", steps(FAINT, (1, ODD))),
        "Configuration": (f"min({last('northflank_exporter_config_last_reload_successful')})", GOOD),
        "History": (f"min({last('northflank_exporter_state_persistent')})", steps(FAINT)),
    }
    made = panels.tiles(
        "Discovery, configuration, history", [now(query, name) for name, (query, _) in names.items()],
        width=19, height=4, size=12, nothing="Not scraped",
        description="Green: works. Not found: databases of the configuration that Northflank does not have.")
    for name, (_, thresholds) in names.items():
        made.override_by_name(name, settings(thresholds=thresholds.build()))
    made.override_by_name("Discovery", settings(mappings=words({0: ("incomplete", BAD), 1: ("complete", OK)})))
    made.override_by_name("Configuration", settings(mappings=words({0: ("refused", BAD), 1: ("in use", OK)})))
    return made.override_by_name("History", settings(mappings=words({0: ("in memory", ODD), 1: ("on disk", OK)})))


def first_checks():
    """How far the checks after a start are, of the account that is furthest behind."""
    def checks(**state):
        return f"sum by (account, instance) ({kept('northflank_exporter_first_checks', ACCOUNT, INSTANCE, **state)})"

    done = f"min(1 - {checks(state='waiting')} / clamp_min({checks()}, 1))"
    end = f"max({of('northflank_exporter_first_checks_expected_end_timestamp_seconds')}) - time() or vector(-1)"
    made = panels.tiles(
        "First checks done (%)", [now(done, "Done"), now(end, "Ends in")], width=5, height=4, size=12,
        unit="percentunit", nothing="Not scraped",
        description="After a start, until each database was checked once; with the expected end.").decimals(0)
    made.override_by_name("Done", settings(thresholds=steps(ODD, (1, FAINT)).build()))
    return made.override_by_name("Ends in", settings(
        **EXACT, thresholds=steps(FAINT).build(), mappings=words({-1: (NONE, None)})))


def requests():
    made = panels.lines(
        "API requests by HTTP status", [over_time(rate("northflank_api_requests_total", "code"), "{{code}}")],
        width=8, height=8, unit="reqps", description="error: no answer.")
    made.override_by_regexp("/^(error|4..|5..)$/", settings(color=panels.fixed(BAD)))
    yield panels.stacked(made.override_by_name("200", settings(color=panels.fixed(OK))))

    yield panels.stacked(panels.lines(
        "API requests by purpose", [over_time(rate("northflank_exporter_requests_total", "reason"), "{{reason}}")],
        width=8, height=8, unit="reqps", description="docs/freshness.md explains each purpose."))

    buckets = rate("northflank_api_request_duration_seconds_bucket", "le")
    yield panels.lines(
        "API latency (p50, p95, p99)",
        # Without a request there is no latency: 0 rather than nothing.
        [over_time(f"histogram_quantile({quantile}, {buckets}) >= 0 or vector(0)", f"p{quantile * 100:.0f}")
         for quantile in (0.5, 0.95, 0.99)],
        width=8, height=8, unit="s",
        description="From sending to the last byte. A retry counts as a request.")


def budget():
    forecast = f"sum by (account) ({of('northflank_exporter_budget_forecast_requests')})"
    made = panels.lines(
        "Requests left and forecast",
        [over_time(account("northflank_api_rate_limit"), "limit ({{account}})"),
         over_time(account("northflank_api_rate_limit_remaining", "min"), "left ({{account}})"),
         over_time(forecast, "forecast ({{account}})")],
        width=8, height=8, unit="none",
        description="Left: for all users of the account, as of the last response. Forecast: what the exporter is "
                    "expected to send until the window ends.")
    yield made.override_by_regexp("/^limit/", settings(
        color=panels.fixed(BAD), custom__lineStyle={"fill": "dash", "dash": [8, 6]}, custom__fillOpacity=0))

    unit, length = MINUTES
    ages = f"max by (account, stat) ({of('northflank_exporter_observed_age_seconds')})"
    yield panels.lines(
        "Age of the last check by database", [over_time(f"{ages} / {length}", "{{stat}} ({{account}})")],
        width=8, height=8, unit=unit, description="max: the oldest check. Of several shards, the worst.")

    ahead = f"max by (account, instance) ({of('northflank_api_clock_skew_seconds')})"
    yield panels.lines(
        "Clock difference to Northflank", [over_time(ahead, "{{instance}} ({{account}})")],
        width=8, height=8, unit="suffix:s",
        description="Above 5 minutes nothing is newly judged late. Below 0 the exporter's clock is behind.").min(None)


def polling():
    unit, length = MINUTES
    databases, lists = (account(f"northflank_exporter_{what}_interval_seconds") for what in ("poll", "discovery"))
    yield panels.lines(
        "Poll interval in force",
        [over_time(f"{databases} / {length}", "databases ({{account}})"),
         over_time(f"{lists} / {length}", "discovery ({{account}})")],
        width=8, height=7, unit=unit, description="Longer than configured when the request budget forces it.")
    queue = f"sum by (reason) ({of('northflank_exporter_poll_queue_length')})"
    yield panels.stacked(panels.lines(
        "Checks waiting for requests", [over_time(queue, "{{reason}}")], width=8, height=7, unit="none",
        description="Checks that are due and wait for the request budget."))
    watched = f"count by (account) (max by ({KEYS}) ({of(HEALTH, state='ok')}))"
    yield panels.lines("Watched databases", [over_time(watched, "{{account}}")], width=8, height=7, unit="none")
    errors = f"sum by (reason) (increase({of('northflank_api_errors_total')}{STEP})) > 0"
    retries = f"sum(increase({of('northflank_api_retries_total')}{STEP}))"
    none = 'label_replace(vector(0), "reason", "no error", "", "")'
    yield panels.columns(panels.lines(
        "Failed reads and retries by reason",
        [over_time(f"{errors}\nor on () {none}", "{{reason}}"), over_time(retries, "retries")],
        width=12, height=7, unit="none"), "1m").override_by_name("retries", settings(color=panels.fixed(QUIET)))
    webhooks = f"sum by (result) (increase({own('northflank_exporter_webhook_events_total')}{STEP}))"
    yield panels.columns(panels.lines(
        "Webhook events by result", [over_time(webhooks, "{{result}}")], width=12, height=7, unit="none",
        description="coalesced: the check was due anyway. forged: the secret is missing or wrong."), "1m")


def process():
    def chart(title, unit, queries, width=8, **more):
        found = [over_time(query, legend) for legend, query in queries.items()]
        return panels.lines(title, found, width=width, height=7, unit=unit, **more)

    def each(metric):
        return f"max by (instance) ({own(metric)})"

    name = "{{instance}}"
    yield chart("Scrape duration", "s", {name: each("scrape_duration_seconds")})
    yield chart("Samples per scrape", "none", {name: each("scrape_samples_scraped")})
    busy = f"max by (instance) (rate({own('process_cpu_seconds_total')}{RATE}))"
    yield chart("CPU (cores)", "none", {name: busy}, description="1 is one core.")
    yield chart("Memory (resident bytes)", "bytes", {name: each("process_resident_memory_bytes")})
    yield chart("Open files / limit (%)", "percentunit",
                {name: f"{each('process_open_fds')} / {each('process_max_fds')}"},
                description="Connections count as open files.")
    yield chart("Uptime", DAYS[0], {name: f"(time() - {each('process_start_time_seconds')}) / {DAYS[1]}"})
    broken = " + ".join(f"max by (instance) (increase({own(f'northflank_exporter_state_{what}_total')}{RATE}))"
                        for what in ("write_errors", "corruptions"))
    yield chart("History file (bytes)", "bytes", {name: each("northflank_exporter_state_bytes")}, width=12)
    yield chart("History write errors and corruptions", "none", {name: broken}, width=12)


def versions():
    build = f"max by (instance, version, revision, libcurl_version) ({own('northflank_exporter_build_info')})"
    shard = f"max by (instance) ({own('northflank_exporter_shard_index')})"
    reload = f"time() - max by (instance) ({own('northflank_exporter_config_last_reload_success_timestamp_seconds')})"
    return panels.grid(
        "Instances", [
            Column("Instance", label="instance"), Column("Version", label="version", width=120),
            Column("Revision", label="revision", width=360), Column("libcurl", label="libcurl_version", width=120),
            Column("Shard", query=f"0 * {build}\n+ on (instance) group_left () {shard}", width=120),
            Column("Configuration read", query=reload, width=170, look=EXACT)],
        width=24, height=6, nothing="Not scraped",
        description="Configuration read: how long ago the configuration in use was read.")


def build():
    instance = frame.variable("instance", f"label_values(up{{{JOB}}}, instance)")
    return frame.made(
        "exporter", "Northflank backups / Exporter",
        "Is the data fresh, how many requests it costs, is the process healthy",
        [frame.variable("account", "label_values(northflank_exporter_addons, account)"), instance],
        [works(), first_checks(), *requests(), *budget(),
         "Polling", *polling(),
         "Process", *process(), versions()],
        since="now-24h")
