"""Prints every change of every zone's offset from 1970 to 2100, as Python's zoneinfo has them.

One line a zone: its name, its offset in seconds at the beginning of 1970, then INSTANT:OFFSET for each change.
"""

import bisect
import pathlib
import zoneinfo
from datetime import datetime, timedelta, timezone

# Two changes of one zone are always further apart: most of a week at least.
STEP = 6 * 86400
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
LAST = int((datetime(2101, 1, 1, tzinfo=timezone.utc) - EPOCH).total_seconds())


def changes(zone):
    def offset(seconds):
        return int((EPOCH + timedelta(seconds=seconds)).astimezone(zone).utcoffset().total_seconds())

    last = offset(0)
    found = [str(last)]
    for start in range(0, LAST, STEP):
        if offset(start + STEP) == last:
            continue
        instant = start + bisect.bisect_left(range(STEP), True, key=lambda after: offset(start + after) != last)
        last = offset(start + STEP)
        found.append(f"{instant}:{last}")
    return " ".join(found)


texts = {}
# `localtime` is a link to the machine's own zone.
for name in sorted(zoneinfo.available_timezones() - {"localtime"}):
    # Many zones are one file with several names.
    content = pathlib.Path(zoneinfo.TZPATH[0], name).read_bytes()
    if content not in texts:
        texts[content] = changes(zoneinfo.ZoneInfo(name))
    print(name, texts[content])
