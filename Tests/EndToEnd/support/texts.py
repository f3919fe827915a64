"""What the exporter says to people, where more than one test looks for it: the one place to change it."""

# Beginnings of log lines.
NOT_COLLECTED = "check failed"
NOT_READ = "account cannot be read"
TOKEN_NOT_READ = "token file cannot be read"
RELOADED = "configuration reloaded"
HISTORY_IN_USE = "Another process uses the history in"
HISTORY_TROUBLE = "The history in"

# Parts of what commands print.
DEMO = "This is a demo"
NO_EXPORTER = "start one (serve), or name its address with --url"
OTHER_PROGRAM = "is it another program? Name the exporter's address with --url"

# Problems with a configuration file.
UNKNOWN_KEY = "unknown key"
NOT_THERE = "does not exist"
OUT_OF_RANGE = "out of range"
IS_RIGHT = "valid"

# Parts of log lines about the history.
HISTORY_BACK = "The history is kept in"
NO_LOCKS = "The file system of the history in"
LOST_LOG = "The log "
LATER_VERSION = "A later version of the exporter wrote the history in"
NOT_REGULAR = "is no regular file"
