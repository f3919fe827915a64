#ifndef CSQLITE_SHIM_H
#define CSQLITE_SHIM_H

#include <sqlite3.h>

/* STRICT tables and SQLITE_OPEN_EXRESCODE came with 3.37.0. */
#if SQLITE_VERSION_NUMBER < 3037000
#error "SQLite 3.37.0 or newer is needed"
#endif

/*
 * SQLITE_TRANSIENT, which has SQLite copy the bytes, is a macro with a cast, which Swift does not import.
 * SQLite takes a text or a BLOB without an address for NULL.
 */

static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_text64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

/* Lets `sqlite3_close` leave the log as it is. The function takes a variable number of arguments, which Swift does not import. */
static inline int csqlite_keep_log(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

#endif
