"""Pieces of the texts, each defined once: how ages, limits and sizes are written, and what is said about an addon."""

KEYS = "account, project, addon"
# The labels of an alert about an addon. No label names the cause: a cause that changes must not end the alert.
LABELS = f"{KEYS}, project_name, addon_name, policy, owner"
NAME = "{{ $labels.addon_name }} ({{ $labels.project_name }})"
WHO = '{{ $who := printf "account=%q,project=%q,addon=%q" $labels.account $labels.project $labels.addon -}}'
PATH = "{{ $labels.account }}/{{ $labels.project }}/{{ $labels.addon }}"

HELD = "addon:northflank_backup_finding:held"
SINCE = "northflank_addon_backup_finding_since_timestamp_seconds"
TYPE_AGE = "type:northflank_backup_age:seconds"


def age(value):
    """A duration in its two largest units, rounded down."""
    return f'{{{{ {value} | humanizeDuration | reReplaceAll "^(\\\\S+ \\\\S+) .*" "$1" }}}}'


def limit(value):
    """An exact duration, without what is zero at its end."""
    return f'{{{{ {value} | humanizeDuration | reReplaceAll "( 0[hms])+$" "" }}}}'


def size(value):
    return f'{{{{ {value} | humanize | reReplaceAll "([kMGTP]?)$" " ${{1}}B" }}}}'


FIRST = ". | first | value"


def ask(query, *more, verb="with"):
    """The beginning of a part that is left out if the query has no result. `%s` in the query is the addon's selector."""
    words = " ".join(["$who"] * query.count("%s") + list(more))
    quoted = query.replace('"', '\\"')
    return f'{{{{- {verb} printf "{quoted}" {words} | query'


def part(query, text, *more):
    return f"{ask(query, *more)} }}}} {text}{{{{ end }}}}"


def each(query, label, text, *more):
    """The text for each series of the result, in the order of a label."""
    return f'{ask(query, *more, verb="range")} | sortByLabel "{label}" }}}} {text}{{{{ end }}}}'


def last(metric, matchers="", how="max", by=None):
    """The addon's value within the last ten minutes, of all instances."""
    folded = f"{how} by ({by})" if by else how
    return f"{folded} (last_over_time({metric}{{%s{matchers}}}[10m]))"


def since(findings=None):
    """Seconds since the oldest of these findings began, of those that hold now."""
    chosen = f',finding=~"{findings}"' if findings else ""
    return f"time() - min({last(SINCE, chosen, 'min', 'finding')} and on (finding) {HELD}{{%s}})"


def for_how_long(findings, words="for"):
    """Such as `, for 4h 37m`."""
    return f"{ask(since(findings))} }}}}, {words} {age(FIRST)}{{{{ end }}}}"


FINDINGS = each(f"time() - {last(SINCE, '', 'min', 'finding')} and on (finding) {HELD}{{%s}}", "finding",
                f"{{{{ .Labels.finding }}}} for {age('.Value')}.")
LAST_SIZE = last("northflank_addon_backup_last_completed_size_bytes", ',type=%q')
TYPE_LIMIT = last("northflank_addon_backup_objective_seconds", ',type=%q', "min")
COMPLETED = "".join((
    each(f'{TYPE_AGE}{{%s,type!="any"}}', "type", f"Last completed {{{{ .Labels.type }}}}: {age('.Value')} ago"
         f"{ask(LAST_SIZE, '.Labels.type')} }}}}, {size(FIRST)}{{{{ end }}}}"
         f"{ask(TYPE_LIMIT, '.Labels.type')} }}}}; limit {limit(FIRST)}{{{{ end }}}}."),
    "\n",
    each(f"{last('northflank_addon_backup_objective_seconds', '', 'min', 'type')} unless on (type) {TYPE_AGE}{{%s}}", "type",
         "No completed {{ if eq .Labels.type \"any\" }}backup{{ else }}{{ .Labels.type }}{{ end }}; "
         f"limit {limit('.Value')}."),
))
NEXT = part(f"{last('northflank_addon_backup_next_due_timestamp_seconds', '', 'min')} - time() > 0",
            f"Next attempt due in {age(FIRST)}.")
DECIDED = ("{{- if $labels.policy }} Policy {{ $labels.policy }}{{ with $labels.owner }}, owner {{ . }}{{ end }}."
           "{{- else }}{{ with $labels.owner }} Owner {{ . }}.{{ end }}{{ end }}")
EXPIRES = part(f"{last('northflank_addon_backup_expiry_timestamp_seconds')} - time() > 0",
               f"The last one expires in {age(FIRST)}.")
REMOVED = ("sum(max by (type, instance) (increase(northflank_addon_backups_removed_early_total{%s}[1d])))")
LEFT = last("northflank_addon_backups", ',status="completed"')


def facts(*before_next):
    """What every description about an addon has; further sentences come before the next attempt."""
    return "\n".join([WHO, f"{PATH}.", FINDINGS, COMPLETED, *before_next, NEXT, DECIDED])
