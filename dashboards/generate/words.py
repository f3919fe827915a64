"""The words and colours of states, findings and outcomes: the same on every dashboard."""

BAD, ODD, OK, QUIET = "red", "orange", "green", "#8aa0bd"
# Where there is nothing to see: readable on the light theme and the dark one.
FAINT = "rgba(128, 128, 128, 0.3)"

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

# In a sentence for tables, in a word or two for rows of a timeline; the worst first.
FINDINGS = {
    "never-completed": ("No backup has completed, though one should have", "never completed", BAD),
    "gone": ("The addon was backed up and is not there any more", "gone", BAD),
    "attempt-failed": ("The newest finished attempt failed", "newest failed", BAD),
    "unfinished": ("A backup does not end: it runs more than three times as long as usual", "does not end", BAD),
    "slots-missed": ("A scheduled backup was not started", "slot missed", BAD),
    "too-old": ("The newest completed backup is older than its objective allows", "too old", BAD),
    "empty": ("The newest completed backup is empty", "empty", ODD),
    "odd-size": ("The size of the newest completed backup is far from the last ones", "odd size", ODD),
    "removed-early": ("Completed backups left the list before their retention was over", "removed early", ODD),
    "future-dated": ("A backup is dated in the future", "future date", ODD),
    "too-few": ("There are fewer completed backups than decided", "too few", ODD),
    "too-shallow": ("The backups do not reach as far back as decided, or to the next slot", "too shallow", ODD),
    "restore-overdue": ("The last restore is longer ago than decided", "restore overdue", ODD),
    "not-since-upgrade": ("No backup has completed since an upgrade", "not since upgrade", ODD),
    "no-objective": ("Neither a schedule nor max_age says how old a backup may be", "no objective", ODD),
    "not-observed": ("The list of backups could not be read lately: what is known is old", "not seen", QUIET),
    "unreadable": ("An entry of the list could not be read", "unreadable", QUIET),
}

# What became of a day or an hour, by status; the worst last. A missed slot is no status, but belongs here.
OUTCOMES = {"completed": OK, "aborted": QUIET, "missed": ODD, "failed": BAD}

# The objectives of the service levels over 30 days, as in alerts/sloth.example.yml.
SLOTS_OBJECTIVE, TIME_OBJECTIVE = 0.99, 0.995
