#include "support.h"

#include <sys/prctl.h>
#include <sys/resource.h>

/* Neither call can fail here: a process may always lower its own limit, and 0 is a value that prctl takes. */
void nbe_keep_memory_private(void) {
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
}
