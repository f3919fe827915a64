/// A project of the fleet.
package struct SimulatedProject: Sendable, Equatable {
    /// The slug, unique in the fleet.
    package var id: String
    /// The display name: free text.
    package var name: String
    /// Free text.
    package var description: String
    /// The project's addons, in the order of the list.
    package var addons: [SimulatedAddon]

    /// A project; the name is the slug unless given.
    package init(
        id: String, name: String? = nil, description: String = "", addons: [SimulatedAddon] = []
    ) {
        self.id = id
        self.name = name ?? id
        self.description = description
        self.addons = addons
    }
}

/// An addon with all of its properties in the API.
package struct SimulatedAddon: Sendable, Equatable {
    /// The slug, unique in its project.
    package var id: String
    /// The display name: free text.
    package var name: String
    /// `spec.type`: `postgresql`, `mongodb`, `mysql`, `redis`, `minio`, `rabbitmq` or any other word.
    package var type: String
    /// `running`, `backup`, `paused` or any other word.
    package var status: String
    /// `spec.config.versionTag` and every backup's `config.addonVersion`.
    package var version: String
    /// `spec.config.deployment.storageSize` in megabytes.
    package var storageMegabytes: Int
    /// ISO 8601.
    package var createdAt: String
    /// Plain slugs.
    package var tags: [String]
    /// The personality of a generated addon; empty for an addon written by hand. Only the truth shows it.
    package var personality: String
    /// The backup schedules.
    package var schedules: [SimulatedSchedule]
    /// The backups, in the order of the list.
    package var backups: [SimulatedBackup]
    /// The restores.
    package var restores: [SimulatedRestore]

    /// An addon; the name is the slug unless given.
    package init(
        id: String, name: String? = nil, type: String = "postgresql", status: String = "running",
        version: String = "16.4", storageMegabytes: Int = 10_240,
        createdAt: String = "2024-01-15T09:30:00.000Z", tags: [String] = [], personality: String = "",
        schedules: [SimulatedSchedule] = [], backups: [SimulatedBackup] = [],
        restores: [SimulatedRestore] = []
    ) {
        self.id = id
        self.name = name ?? id
        self.type = type
        self.status = status
        self.version = version
        self.storageMegabytes = storageMegabytes
        self.createdAt = createdAt
        self.tags = tags
        self.personality = personality
        self.schedules = schedules
        self.backups = backups
        self.restores = restores
    }
}

/// A backup as the list shows it. A field that is nil is left out of the JSON.
package struct SimulatedBackup: Sendable, Equatable {
    /// The slug.
    package var id: String
    /// The display name.
    package var name: String
    /// The unique id, which older backups lack.
    package var uid: String?
    /// `completed`, `failed`, … or any other word.
    package var status: String
    /// The time at which the backup was initiated: ISO 8601, or another value to test a client.
    package var createdAt: JSONValue?
    /// The time at which the backup ended; absent, null or empty before that.
    package var completedAt: JSONValue?
    /// `config.source.type`; if nil, `source` is absent.
    package var source: String?
    /// `config.size`: bytes as a decimal string.
    package var size: JSONValue?
    /// `config.addonVersion`.
    package var addonVersion: String?
    /// `config.compressionType`: `gz` or `zstd`.
    package var compressionType: String?
    /// Further fields beside `id`, written last.
    package var extra: [JSONValue.Member]

    /// A backup; the name is the slug unless given.
    package init(
        id: String, name: String? = nil, uid: String? = nil, status: String = "completed",
        createdAt: JSONValue? = nil, completedAt: JSONValue? = nil, source: String? = "sameAddon",
        size: JSONValue? = nil, addonVersion: String? = nil, compressionType: String? = nil,
        extra: [JSONValue.Member] = []
    ) {
        self.id = id
        self.name = name ?? id
        self.uid = uid
        self.status = status
        self.createdAt = createdAt
        self.completedAt = completedAt
        self.source = source
        self.size = size
        self.addonVersion = addonVersion
        self.compressionType = compressionType
        self.extra = extra
    }
}

/// A backup schedule.
package struct SimulatedSchedule: Sendable, Equatable {
    /// The slug.
    package var id: String
    /// `dump` or `snapshot`.
    package var backupType: String
    /// `hourly`, `daily` or `weekly`.
    package var interval: String
    /// Minutes of the hour.
    package var minute: [Int]
    /// Hours of the day in UTC.
    package var hour: [Int]
    /// Days of the week; 0 is Monday.
    package var day: [Int]
    /// Days that a backup is kept.
    package var retentionDays: Int
    /// ISO 8601.
    package var createdAt: String

    /// By default a daily schedule at midnight.
    package init(
        id: String, backupType: String = "dump", interval: String = "daily", minute: [Int] = [0],
        hour: [Int] = [0], day: [Int] = [], retentionDays: Int = 30,
        createdAt: String = "2024-01-15T09:30:00.000Z"
    ) {
        self.id = id
        self.backupType = backupType
        self.interval = interval
        self.minute = minute
        self.hour = hour
        self.day = day
        self.retentionDays = retentionDays
        self.createdAt = createdAt
    }
}

/// A restore of a backup.
package struct SimulatedRestore: Sendable, Equatable {
    /// The slug.
    package var id: String
    /// The status, with the same values as for a backup.
    package var status: String
    /// The time at which the restore began: ISO 8601.
    package var restoreTimestamp: String
    /// The time at which the restore ended; absent before that.
    package var completedAt: String?
    /// The backup that was restored.
    package var backupId: String

    /// By default a completed restore.
    package init(
        id: String, status: String = "completed", restoreTimestamp: String,
        completedAt: String? = nil, backupId: String
    ) {
        self.id = id
        self.status = status
        self.restoreTimestamp = restoreTimestamp
        self.completedAt = completedAt
        self.backupId = backupId
    }
}
