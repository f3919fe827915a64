#include "time_zones.h"

#include <cctz/time_zone.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <unistd.h>

struct nbe_zone {
    cctz::time_zone zone;
};

const char *nbe_zone_folder(void) {
    const char *folder = std::getenv("TZDIR");
    return folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

const nbe_zone *nbe_zone_load(const char *name) {
    static std::mutex mutex;
    // Nodes of a map stay where they are.
    static std::map<std::string, nbe_zone> zones;
    std::lock_guard<std::mutex> lock(mutex);
    const auto known = zones.find(name);
    if (known != zones.end()) return &known->second;
    // CCTZ would remember that the zone is missing, also after the database is installed.
    if (access((std::string(nbe_zone_folder()) + "/" + name).c_str(), R_OK) != 0) return nullptr;
    nbe_zone loaded;
    if (!cctz::load_time_zone(name, &loaded.zone)) return nullptr;
    return &zones.emplace(name, loaded).first->second;
}

int32_t nbe_zone_offset(const nbe_zone *zone, int64_t instant) {
    const cctz::time_point<cctz::seconds> point{cctz::seconds(instant)};
    return zone->zone.lookup(point).offset;
}
