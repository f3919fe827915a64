extension HealthReport {
    private enum CodingKeys: String, CodingKey {
        case generatedAt, filter, page, shard, accounts, addons
        // Only written: they follow from the addons.
        case counts, headline
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        generatedAt = try container.decode(String.self, forKey: .generatedAt)
        filter = try container.decodeIfPresent(Filter.self, forKey: .filter)
        page = try container.decodeIfPresent(Page.self, forKey: .page)
        shard = try container.decodeIfPresent(String.self, forKey: .shard)
        accounts = try container.decode([Account].self, forKey: .accounts)
        addons = try container.decode([Addon].self, forKey: .addons)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(generatedAt, forKey: .generatedAt)
        try container.encodeIfPresent(filter, forKey: .filter)
        try container.encodeIfPresent(page, forKey: .page)
        try container.encodeIfPresent(shard, forKey: .shard)
        try container.encode(accounts, forKey: .accounts)
        try container.encode(Array(addonsOfPage), forKey: .addons)
        try container.encode(Self.byState(addons), forKey: .counts)
        try container.encode(headline, forKey: .headline)
    }
}

extension HealthReport {
    /// The report as JSON, keys in a fixed order.
    package var json: [UInt8] { JSONText.bytes(self) }

    /// - Throws: `DecodingError` if the bytes are not a report.
    package init(json: [UInt8]) throws { self = try JSONText.value(HealthReport.self, json) }
}
