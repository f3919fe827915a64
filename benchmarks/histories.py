"""Histories of deleted backups, as the exporter would have written them: see docs/state.md for the file."""

import random
import sqlite3

DAY = 86_400_000


def add_deleted_backups(path, days):
    """Adds a deleted backup of each day and addon to a history that no exporter uses; returns how many."""
    source = random.Random(1)
    with sqlite3.connect(path) as file:
        addons = [row[0] for row in file.execute("SELECT id FROM addon ORDER BY id")]
        end = file.execute("SELECT max(last_observed) FROM addon").fetchone()[0] // DAY * DAY
        # Completed dumps whose outcome was counted, day by day, as they would have come.
        rows = ((addon, end - (days - day) * DAY + addon * 1009, source.randbytes(16), 17, 240_000 + source.randrange(600_000),
                 source.randrange(1 << 33), 30 * DAY + source.randrange(DAY))
                for day in range(days) for addon in addons)
        file.executemany(
            "INSERT INTO gone_backup (addon, created_at, identity, state, completed_after, size, gone_after)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    file.close()
    return days * len(addons)
