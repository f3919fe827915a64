"""Exporter: whether it sees the truth, what that costs, and how the process is.

Counters of requests are summed up over the instances, since each sends its own; what the API says of the account is the
same for all of them.
"""

from . import frame, panels
from .panels import Column, now, over_time, settings, steps, words
from .queries import HEALTH, JOB, KEYS, OUTAGE, STEP, select
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


def sees_everything():
    present = f'count by (namespace) (count_values by (namespace) ("shard", {own("northflank_exporter_shard_index")}))'
    missing = f"sum(max by (namespace) ({own('northflank_exporter_shards')}) - {present})"
    # Each shard has its own, which its replicas share.
    shard = f'count_values by (instance) ("shard", {own("northflank_exporter_shard_index")})'
    unknown = f"{of('northflank_exporter_addons_not_found')} * on (instance) group_left (shard) {shard}"
    names = {
        "Instances up": (f"sum({own('up')}) or vector(0)", steps(BAD, (1, OK))),
        "Instances down": (f"count({own('up')} == 0) or vector(0)", steps(FAINT, (1, BAD))),
        "Shards missing": (missing, steps(FAINT, (1, BAD))),
        "Accounts in outage": (f"count({OUTAGE}{{{ACCOUNT}}}) or vector(0)", steps(FAINT, (1, BAD))),
        "Discovery": (f"min({account('northflank_exporter_discovery_up', 'min')})", GOOD),
        "Addons not found": (f"sum(max by (account, shard) ({unknown}))", steps(FAINT, (1, ODD))),
        "Configuration": (f"min({own('northflank_exporter_config_last_reload_successful')})", GOOD),
        "History": (f"min({own('northflank_exporter_state_persistent')})", steps(FAINT)),
    }
    made = panels.tiles(
        "Does it see everything?", [now(query, name) for name, (query, _) in names.items()],
        width=24, height=4, nothing="not scraped",
        description="Discovery: whether all projects and addons could be listed. Configuration: whether the one that "
                    "was read last is in use. History: whether it is on disk, so that counters survive a restart.")
    for name, (_, thresholds) in names.items():
        made.override_by_name(name, settings(thresholds=thresholds.build()))
    made.override_by_name("Discovery", settings(mappings=words({0: ("incomplete", BAD), 1: ("complete", OK)})))
    made.override_by_name("Configuration", settings(mappings=words({0: ("refused", BAD), 1: ("in use", OK)})))
    return made.override_by_name("History", settings(mappings=words({0: ("in memory", ODD), 1: ("on disk", OK)})))


def requests():
    made = panels.lines(
        "Requests, by what answered", [over_time(rate("northflank_api_requests_total", "code"), "{{code}}")],
        width=8, height=8, unit="reqps", description="HTTP status; error if nothing answered.")
    made.override_by_regexp("/^(error|4..|5..)$/", settings(color=panels.fixed(BAD)))
    yield panels.stacked(made.override_by_name("200", settings(color=panels.fixed(OK))))

    yield panels.stacked(panels.lines(
        "Requests, by what for", [over_time(rate("northflank_exporter_requests_total", "reason"), "{{reason}}")],
        width=8, height=8, unit="reqps", description="docs/freshness.md says what the reasons are."))

    buckets = rate("northflank_api_request_duration_seconds_bucket", "le")
    yield panels.lines(
        "Latency of the API",
        # Without a request there is no latency: 0 rather than nothing.
        [over_time(f"histogram_quantile({quantile}, {buckets}) >= 0 or vector(0)", f"p{quantile * 100:.0f}")
         for quantile in (0.5, 0.95, 0.99)],
        width=8, height=8, unit="s",
        description="From sending to the last byte; retries count as requests of their own.")


def budget():
    forecast = f"sum by (account) ({of('northflank_exporter_budget_forecast_requests')})"
    made = panels.lines(
        "Budget of requests",
        [over_time(account("northflank_api_rate_limit"), "limit ({{account}})"),
         over_time(account("northflank_api_rate_limit_remaining", "min"), "remaining ({{account}})"),
         over_time(forecast, "forecast ({{account}})")],
        width=12, height=8, unit="none",
        description="Remaining: for everybody who uses the account, as of the last response. Forecast: what the "
                    "exporter is going to send until the window ends.")
    yield made.override_by_regexp("/^limit/", settings(
        color=panels.fixed(BAD), custom__lineStyle={"fill": "dash", "dash": [8, 6]}, custom__fillOpacity=0))

    ages = f"max by (account, stat) ({of('northflank_exporter_observed_age_seconds')})"
    yield panels.lines(
        "How old the knowledge is", [over_time(ages, "{{stat}} ({{account}})")], width=12, height=8, unit="s",
        description="Time since the addons were observed; of several shards, the one that is worst.")


def polling():
    yield panels.lines(
        "Intervals in force",
        [over_time(account("northflank_exporter_poll_interval_seconds"), "addons ({{account}})"),
         over_time(account("northflank_exporter_discovery_interval_seconds"), "discovery ({{account}})")],
        width=8, height=7, unit="s", description="Longer than configured when the budget forces it.")
    queue = f"sum by (reason) ({of('northflank_exporter_poll_queue_length')})"
    yield panels.stacked(panels.lines(
        "Polls that wait", [over_time(queue, "{{reason}}")], width=8, height=7, unit="none",
        description="Due, and waiting for the budget."))
    watched = f"count by (account) (max by ({KEYS}) ({of(HEALTH, state='ok')}))"
    yield panels.lines("Addons watched", [over_time(watched, "{{account}}")], width=8, height=7, unit="none")
    errors = f"sum by (reason) (increase({of('northflank_api_errors_total')}{STEP})) > 0"
    retries = f"sum(increase({of('northflank_api_retries_total')}{STEP}))"
    none = 'label_replace(vector(0), "reason", "no error", "", "")'
    yield panels.columns(panels.lines(
        "Lists that could not be read, and retries",
        [over_time(f"{errors}\nor on () {none}", "{{reason}}"), over_time(retries, "retries")],
        width=12, height=7, unit="none"), "1m").override_by_name("retries", settings(color=panels.fixed(QUIET)))
    webhooks = f"sum by (result) (increase({own('northflank_exporter_webhook_events_total')}{STEP}))"
    yield panels.columns(panels.lines(
        "Webhook events", [over_time(webhooks, "{{result}}")], width=12, height=7, unit="none",
        description="Coalesced ones are polled for anyway; forged ones lack the secret."), "1m")


def process():
    def chart(title, unit, queries, width=8, **more):
        found = [over_time(query, legend) for legend, query in queries.items()]
        return panels.lines(title, found, width=width, height=7, unit=unit, **more)

    def each(metric):
        return f"max by (instance) ({own(metric)})"

    name = "{{instance}}"
    yield chart("Duration of a scrape", "s", {name: each("scrape_duration_seconds")})
    yield chart("Samples in a scrape", "none", {name: each("scrape_samples_scraped")})
    busy = f"max by (instance) (rate({own('process_cpu_seconds_total')}{RATE}))"
    yield chart("Processor", "percentunit", {name: busy}, description="100 % is one core.")
    yield chart("Memory", "bytes", {name: each("process_resident_memory_bytes")})
    yield chart("Open files, of what is allowed", "percentunit",
                {name: f"{each('process_open_fds')} / {each('process_max_fds')}"}, description="Connections count.")
    yield chart("Uptime", "s", {name: f"time() - {each('process_start_time_seconds')}"})
    broken = " + ".join(f"max by (instance) (increase({own(f'northflank_exporter_state_{what}_total')}{RATE}))"
                        for what in ("write_errors", "corruptions"))
    yield chart("Size of the history", "bytes", {name: each("northflank_exporter_state_bytes")}, width=12)
    yield chart("History: changes not written, files set aside", "none", {name: broken}, width=12)


def versions():
    build = f"max by (instance, version, revision, libcurl_version) ({own('northflank_exporter_build_info')})"
    shard = f"max by (instance) ({own('northflank_exporter_shard_index')})"
    reload = f"time() - max by (instance) ({own('northflank_exporter_config_last_reload_success_timestamp_seconds')})"
    return panels.grid(
        "Instances", [
            Column("Instance", label="instance"), Column("Version", label="version", width=120),
            Column("Revision", label="revision", width=360), Column("libcurl", label="libcurl_version", width=120),
            Column("Shard", query=f"0 * {build}\n+ on (instance) group_left () {shard}", width=120),
            Column("Configuration read", query=reload, width=170, look={"unit": "s", "decimals": 1})],
        width=24, height=6, nothing="No instance is scraped.")


def build():
    instance = frame.variable("instance", f"label_values(up{{{JOB}}}, instance)")
    return frame.made(
        "exporter", "Northflank backups / Exporter", "Does the exporter see the truth, at what cost, and how is it?",
        [frame.variable("account", "label_values(northflank_exporter_addons, account)"), instance],
        [sees_everything(), *requests(), *budget(),
         "Polling", *polling(),
         "Process", *process(), versions()],
        since="now-24h")
