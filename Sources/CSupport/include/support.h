#ifndef NBE_SUPPORT_H
#define NBE_SUPPORT_H

/// The commit that the binary was built from.
const char *nbe_revision(void);

/// Makes malloc give memory back: one arena instead of eight a core, and large blocks, such as a page of
/// metrics, returned when they are freed. To be called before the first thread is started.
void nbe_keep_memory_small(void);

#endif
