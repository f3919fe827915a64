"""The words and colours of states, findings and outcomes: the same on every dashboard."""

BAD, ODD, OK, QUIET = "red", "orange", "green", "#5f7c9d"
# For a tile without news. Grafana takes the theme's own text colour only on an alpha below 0.3; from there on the text
# is white, on light grey in the light theme.
FAINT = "rgba(128, 128, 128, 0.25)"

# From the best to the worst: the place of a state in the list is its number in queries.
STATES = {
    "ok": OK,
    "paused": QUIET,
    "waived": QUIET,
    "unknown": QUIET,
    "unprotected": ODD,
    "suspect": ODD,
    "late": BAD,
    "stuck": BAD,
    "failing": BAD,
    "gone": BAD,
    "never": BAD,
}
# States of a database that is not protected as decided.
NOT_PROTECTED = list(STATES)[list(STATES).index("unprotected"):]

# The state that a finding leads to, its sentence in tables, and its word or two in timelines; the worst first.
FINDINGS = {
    "never-completed": ("never", "No completed backup, and one was due", "never"),
    "gone": ("gone", "Not in Northflank's lists any more", "gone"),
    "attempt-failed": ("failing", "The last attempt failed", "failed"),
    "unfinished": ("stuck", "An attempt runs longer than its limit", "stuck"),
    "slots-missed": ("late", "A scheduled backup did not start", "missed"),
    "too-old": ("late", "The last good backup is older than its limit", "too old"),
    "empty": ("suspect", "The last completed backup has 0 bytes", "empty"),
    "odd-size": ("suspect", "The last completed backup has an unusual size", "odd size"),
    "removed-early": ("suspect", "Backups were removed before their retention ended", "removed early"),
    "future-dated": ("suspect", "A backup is dated in the future", "future date"),
    "too-few": ("suspect", "Fewer restorable points than the policy requires", "too few"),
    "too-shallow": ("suspect", "A shorter reach than the policy requires", "too shallow"),
    "restore-overdue": ("suspect", "The last restore is older than its limit", "restore overdue"),
    "not-since-upgrade": ("suspect", "No completed backup since the upgrade", "not since upgrade"),
    "no-objective": ("unprotected", "No schedule and no max_age", "no objective"),
    "not-observed": ("unknown", "The list of backups cannot be read", "not checked"),
    "unreadable": ("unknown", "Some list entries are unreadable", "unreadable"),
}

# Why an account cannot be read.
REASONS = {
    "unauthorized": "Northflank refuses the token (HTTP 401)",
    "forbidden": "Northflank denies a list (HTTP 403)",
    "not_found": "Northflank has no such team or project (HTTP 404)",
    "unavailable": "Northflank answers HTTP 5xx",
    "client_error": "The answer is not Northflank's",
    "timeout": "No answer in time",
    "connect": "No connection to Northflank",
    "dns": "The name of the API does not resolve",
    "tls": "TLS with the API fails",
    "proxy": "The proxy refuses the connection",
    "decode": "The answer cannot be read",
    "pagination": "The pages of a list do not end",
}
# Reasons to wait, with an account that can be read.
WAITING = ("budget", "clock", "first_checks", "rate_limited")

# What became of a day or an hour, by status; the worst last. A missed slot is no status, but belongs here.
OUTCOMES = {"completed": OK, "aborted": QUIET, "missed": ODD, "failed": BAD}

# The objectives of the service levels over 30 days, as in alerts/sloth.example.yml.
SLOTS_OBJECTIVE, TIME_OBJECTIVE = 0.99, 0.995
