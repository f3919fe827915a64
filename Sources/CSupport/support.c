#include "support.h"

#include <malloc.h>

const char *nbe_revision(void) { return NBE_REVISION; }

void nbe_tune_malloc(void) {
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 32 * 1024 * 1024);
}
