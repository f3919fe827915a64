#ifndef NBE_SUPPORT_H
#define NBE_SUPPORT_H

#include <stdbool.h>

/// The commit that the binary was built from.
const char *nbe_revision(void);

/// The number of arguments of this process, including the name of the program.
///
/// Swift's CommandLine reads the arguments from the memory before the environment. After a preloaded library has called
/// setenv they are not there, and CommandLine is empty. These functions use the C library's arguments.
int nbe_argument_count(void);

/// An argument of this process; 0 is the name of the program.
const char *nbe_argument(int index);

/// Tunes malloc for this process: one arena instead of eight per core, because few threads allocate; and a page of
/// metrics reuses the memory of the page before, because fresh memory costs more than the page. Must be called before
/// the first thread starts.
void nbe_tune_malloc(void);

/// Raises the limit of open files to what the system allows this process, 65536 at most.
///
/// Returns the limit, or -1 if it is not known.
int nbe_raise_open_files(void);

/// Keeps other processes of the same user from reading this process's memory and environment, in which tokens are: no
/// core file is written, no debugger can attach, and the private files in /proc belong to root. The process itself
/// reads its own files there as before, and root can still attach a debugger.
void nbe_keep_memory_private(void);

/// Sends the state of this process to the service manager, by the protocol of sd_notify(3): one datagram with lines
/// such as READY=1, without waiting.
///
/// `path` is the value of NOTIFY_SOCKET. Returns whether the message was sent.
bool nbe_notify(const char *path, const char *state);

/// Takes SIGTERM, SIGINT and SIGHUP from now on. Returns a file descriptor from which the number of each can be read, as
/// one byte; -1 if the process has no descriptor left, and the signals keep their effect.
int nbe_catch_signals(void);

#endif
