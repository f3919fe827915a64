#ifndef NBE_BUILD_INFO_H
#define NBE_BUILD_INFO_H

/// The commit that the binary was built from.
const char *nbe_revision(void);

#endif
