/// A time zone: the offset from UTC at any instant. The source of the offsets is passed in, so that this target needs
/// no time zone data.
package struct Zone: Sendable, Equatable {
    /// The name in the IANA database, such as `Europe/Berlin`.
    package let identifier: String
    /// Seconds east of UTC at an instant.
    package let offset: @Sendable (Timestamp) -> Int

    package init(identifier: String, offset: @escaping @Sendable (Timestamp) -> Int) {
        self.identifier = identifier
        self.offset = offset
    }

    package static let utc = Zone(identifier: "UTC") { _ in 0 }

    /// Zones are equal if their names are.
    package static func == (lhs: Zone, rhs: Zone) -> Bool { lhs.identifier == rhs.identifier }
}
