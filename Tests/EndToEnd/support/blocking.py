"""A disk that stops to answer."""

from support.preload import library

# Calls that write to a file of the folder in BLOCKED_FOLDER do not return while there is a file `blocked` in it.
BLOCKS_WRITES = """
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static void block(int file) {
    const char *folder = getenv("BLOCKED_FOLDER");
    char link[64], path[4096], marker[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0 || strncmp(path, folder, strlen(folder)) != 0) return;
    snprintf(marker, sizeof marker, "%s/blocked", folder);
    while (access(marker, F_OK) == 0) usleep(10000);
}

#define WRITING(name, offset) \\
    ssize_t name(int file, const void *bytes, size_t count, offset at) { \\
        block(file); \\
        ssize_t (*next)(int, const void *, size_t, offset) = dlsym(RTLD_NEXT, #name); \\
        return next(file, bytes, count, at); \\
    }
WRITING(pwrite, off_t)
WRITING(pwrite64, off64_t)

#define SYNCING(name) \\
    int name(int file) { \\
        block(file); \\
        int (*next)(int) = dlsym(RTLD_NEXT, #name); \\
        return next(file); \\
    }
SYNCING(fsync)
SYNCING(fdatasync)
"""


class BlockableDisk:
    """A folder whose files can be made to block a program that is started with `environment`."""

    def __init__(self, directory, folder):
        self._marker = folder / "blocked"
        self.environment = {**library(directory, "blocking", BLOCKS_WRITES), "BLOCKED_FOLDER": str(folder)}

    def block(self):
        self._marker.write_text("")

    def release(self):
        self._marker.unlink()
