#ifndef NBE_SUPPORT_H
#define NBE_SUPPORT_H

#include <stdbool.h>

/// The commit that the binary was built from.
const char *nbe_revision(void);

/// How many arguments this process has, the name of the program included.
///
/// Swift's CommandLine looks for the arguments in the memory before the environment. They are not there once a
/// preloaded library has called setenv, and then it has none. These come from the C library.
int nbe_argument_count(void);

/// An argument of this process, counted from 0, the name of the program.
const char *nbe_argument(int index);

/// Makes malloc fit what this process does: one arena instead of eight a core, since few threads allocate, and
/// pages of metrics from memory that was used for the page before, since fresh memory costs more than the page.
/// To be called before the first thread is started.
void nbe_tune_malloc(void);

/// Tells the service manager the state of this process, by the protocol of sd_notify(3): one datagram with lines such
/// as READY=1, never waited for.
///
/// `path` is the value of NOTIFY_SOCKET. Returns whether it was sent.
bool nbe_notify(const char *path, const char *state);

#endif
