#include "support.h"

#include <malloc.h>
#include <sys/resource.h>

const char *nbe_revision(void) { return NBE_REVISION; }

void nbe_tune_malloc(void) {
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
    mallopt(M_TRIM_THRESHOLD, 32 * 1024 * 1024);
}

int nbe_raise_open_files(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -1;
    // More would only make tables of descriptors larger.
    rlim_t enough = 65536;
    rlim_t wanted = limit.rlim_max < enough ? limit.rlim_max : enough;
    if (limit.rlim_cur < wanted) {
        struct rlimit raised = {wanted, limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    }
    return (int)(limit.rlim_cur < enough ? limit.rlim_cur : enough);
}
