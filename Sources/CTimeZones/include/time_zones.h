#ifndef NBE_TIME_ZONES_H
#define NBE_TIME_ZONES_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A time zone of the system's database. It stays for the life of the process.
typedef struct nbe_zone nbe_zone;

/// The folder of the system's database: TZDIR, else /usr/share/zoneinfo.
const char *nbe_zone_folder(void);

/// The zone of a name. Returns NULL if the folder has no such zone or it cannot be read. A name must not come unchecked
/// from outside, because CCTZ also takes paths.
const nbe_zone *nbe_zone_load(const char *name);

/// Seconds east of UTC at an instant in seconds since 1970.
int32_t nbe_zone_offset(const nbe_zone *zone, int64_t instant);

#ifdef __cplusplus
}
#endif

#endif
