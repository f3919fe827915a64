#include "support.h"

static int count;
static char **arguments;

/* glibc calls a constructor with the arguments of main. */
__attribute__((constructor)) static void keep(int argc, char **argv) {
    count = argc;
    arguments = argv;
}

int nbe_argument_count(void) { return count; }

const char *nbe_argument(int index) { return arguments[index]; }
