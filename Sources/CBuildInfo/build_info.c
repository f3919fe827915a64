#include "build_info.h"

const char *nbe_revision(void) { return NBE_REVISION; }
