"""Clocks that a test sets, for the programs that are started with them."""

import mmap
import struct

from support.preload import library

# Adds to each clock the nanoseconds that the file in CLOCK_OFFSETS has for it: of the time of day, of the time since boot,
# and of the time since boot without suspends.
SHIFTS = """
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile long long *offsets;

__attribute__((constructor)) static void load(void) {
    int file = open(getenv("CLOCK_OFFSETS"), O_RDONLY | O_CLOEXEC);
    void *map = mmap(NULL, 24, PROT_READ, MAP_SHARED, file, 0);
    if (map == MAP_FAILED) abort();
    close(file);
    offsets = map;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = syscall(SYS_clock_gettime, clock, time);
    if (result != 0 || offsets == NULL) return result;
    long long offset = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ? offsets[0]
        : clock == CLOCK_BOOTTIME ? offsets[1]
        : clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_MONOTONIC_COARSE ? offsets[2] : 0;
    long long nanoseconds = time->tv_sec * 1000000000LL + time->tv_nsec + offset;
    time->tv_sec = nanoseconds / 1000000000;
    time->tv_nsec = nanoseconds % 1000000000;
    return 0;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into != NULL) *into = now.tv_sec;
    return now.tv_sec;
}
"""


class Clock:
    """The clocks of the programs that are started with `environment`."""

    def __init__(self, directory, name="clock"):
        path = directory / f"{name}.offsets"
        path.write_bytes(bytes(24))
        with open(path, "r+b") as file:
            self._offsets = mmap.mmap(file.fileno(), 24)
        self.environment = {**library(directory, name, SHIFTS), "CLOCK_OFFSETS": str(path)}

    def shift(self, wall=0.0, boot=0.0, awake=0.0):
        """Sets by how many seconds each clock differs from the machine's."""
        self._offsets[:] = struct.pack("=3q", *(int(seconds * 1e9) for seconds in (wall, boot, awake)))
