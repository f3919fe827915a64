"""The samples that an addon must have, worked out from its list of backups by the words of the documentation.

Written without a look at how the exporter does it, so that the two can be held against each other.
"""

from datetime import datetime

# Their counts exist even if they are 0.
COUNTED = ("completed", "failed")
STATUSES = ("scheduled", "in-progress", "completed", "aborting", "aborted", "failed", "not-supported", "unknown")
TYPES = {"snapshot": "snapshot", "sameAddon": "dump", "liveInstance": "dump", "fileUpload": "import",
         "externalDump": "import"}
UNFINISHED = ("scheduled", "in-progress", "aborting")
PREFIX = "northflank_addon_backup"
# What this file works out; there is more about an addon, from its schedules and its history.
NAMES = {"northflank_addon_backups", *(f"{PREFIX}_{end}" for end in (
    "last_completed_timestamp_seconds", "oldest_completed_timestamp_seconds", "last_completed_size_bytes",
    "last_completed_duration_seconds", "stored_bytes", "last_failed_timestamp_seconds",
    "oldest_unfinished_timestamp_seconds"))}


def milliseconds(backup, key):
    """An instant of a backup in whole milliseconds since the epoch, None if it has none."""
    if not backup.get(key):
        return None
    moment = datetime.fromisoformat(backup[key].replace("Z", "+00:00"))
    return int(moment.timestamp()) * 1000 + moment.microsecond // 1000


def created(backup):
    return milliseconds(backup, "createdAt")


def end(backup):
    finished = milliseconds(backup, "completedAt")
    return created(backup) if finished is None else finished


def type_of(backup):
    return TYPES.get(backup.get("config", {}).get("source", {}).get("type"), "unknown")


def size_of(backup):
    size = backup.get("config", {}).get("size")
    return int(size) if size not in (None, "") else None


def expected_samples(backups):
    """Values by name and the label that the name has, as pairs such as `("…_stored_bytes", "dump")`."""
    samples = {("northflank_addon_backups", status): 0 for status in COUNTED}
    for backup in backups:
        status = backup["status"] if backup["status"] in STATUSES else "unknown"
        samples["northflank_addon_backups", status] = samples.get(("northflank_addon_backups", status), 0) + 1
    for name in set(map(type_of, backups)):
        completed = [each for each in backups if each["status"] == "completed" and type_of(each) == name]
        samples |= {(f"{PREFIX}_{key}", name): value for key, value in completed_samples(completed)}
    failed = [backup for backup in backups if backup["status"] == "failed"]
    if failed:
        samples[f"{PREFIX}_last_failed_timestamp_seconds", None] = end(max(failed, key=created)) / 1000
    unfinished = [created(backup) for backup in backups if backup["status"] in UNFINISHED]
    if unfinished:
        samples[f"{PREFIX}_oldest_unfinished_timestamp_seconds", None] = min(unfinished) / 1000
    return samples


def completed_samples(completed):
    """Of the completed backups of one type, in pairs of a name's end and a value."""
    if not completed:
        return
    newest = max(completed, key=created)
    sizes = [size_of(backup) for backup in completed if size_of(backup) is not None]
    yield "last_completed_timestamp_seconds", end(newest) / 1000
    yield "oldest_completed_timestamp_seconds", end(min(completed, key=created)) / 1000
    if size_of(newest) is not None:
        yield "last_completed_size_bytes", size_of(newest)
    if milliseconds(newest, "completedAt") is not None:
        yield "last_completed_duration_seconds", (end(newest) - created(newest)) / 1000
    if sizes:
        yield "stored_bytes", sum(sizes)


def expected_fleet(truth):
    """The samples of all addons of the simulator's truth, by project and addon."""
    return {(project["id"], addon["id"]): expected_samples(addon["backups"])
            for project in truth["projects"] for addon in project["addons"]}


def without_lists_that_moved(fleet, before):
    """An expected fleet without the lists of more than one page that have changed since an earlier one.

    Of such a list only the newest page is read most of the time, which shows what is new, but not what retention has
    deleted.
    """
    def is_long(samples):
        return sum(count for (name, _), count in samples.items() if name == "northflank_addon_backups") > 100

    return {addon: samples for addon, samples in fleet.items()
            if not is_long(samples) or samples == before.get(addon)}


def samples_of(page, addon):
    """What a page has of an addon, in the form of `expected_samples`; ages, names and states left out."""
    found = {}
    for (name, labels), value in page.samples.items():
        labels = dict(labels)
        mine = (labels.pop("project", None), labels.pop("addon", None)) == tuple(addon)
        if mine and name in NAMES:
            labels.pop("account")
            assert set(labels) <= {"status", "type"}, labels
            found[name, labels.get("status") or labels.get("type")] = value
    return found
