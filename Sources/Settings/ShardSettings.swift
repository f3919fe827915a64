package import Backups
import FoundationEssentials

/// The part of the fleet that this exporter watches, as given by options or the environment.
package struct ShardSettings: Sendable {
    /// The word for an index that is the number at the end of the host's name, as in the names of a StatefulSet's pods.
    package static let ordinal = "ordinal"
    /// The placeholder for the index in an address.
    package static let indexPlace = "{index}"
    private static let most = 1024

    private let count: Setting?
    private let index: Setting?
    private let address: Setting?
    private let hostName: String

    /// A text, and the name of its option or variable.
    private typealias Setting = (key: String, text: String)

    /// An option has precedence over a variable. An empty variable counts as unset.
    ///
    /// - Parameter hostName: the name of this machine or pod.
    package init(
        count: String? = nil, index: String? = nil, address: String? = nil, environment: [String: String] = [:],
        hostName: String = ""
    ) {
        func setting(_ option: String, _ text: String?, _ variable: String) -> Setting? {
            if let text { return (option, text) }
            return environment[variable].flatMap { $0.isEmpty ? nil : (variable, $0) }
        }
        self.count = setting("--shard.count", count, "NORTHFLANK_SHARD_COUNT")
        self.index = setting("--shard.index", index, "NORTHFLANK_SHARD_INDEX")
        self.address = setting("--shard.address", address, "NORTHFLANK_SHARD_ADDRESS")
        self.hostName = hostName
    }

    /// - Throws: `ConfigurationError` if the numbers do not fit.
    package func shard() throws(ConfigurationError) -> Shard {
        let count = try number(count, among: 1...Self.most) ?? 1
        let range = 0...(count - 1)
        guard let index else {
            if count == 1 { return .whole }
            throw problem("--shard.index", "not set; expected a number from 0 to \(count - 1), or \(Self.ordinal)")
        }
        guard index.text == Self.ordinal else {
            return Shard(index: try number(index, among: range, or: ", or \(Self.ordinal)") ?? 0, of: count)
        }
        // The text after the first dot is the domain.
        let label = hostName.prefix { $0 != "." }
        let digits = label.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        // Letters and digits together are a random name, as in the names of a Deployment's pods.
        let isOrdinal = label.dropLast(digits.count).last.map { $0 == "-" } ?? true
        guard isOrdinal, let ordinal = Int(String(digits)), range.contains(ordinal) else {
            throw problem(
                index.key,
                """
                the host's name "\(hostName)" is not of the form name-NUMBER with a number from 0 to \(count - 1); \
                name the index itself
                """)
        }
        return Shard(index: ordinal, of: count)
    }

    /// The address at which Prometheus reaches each shard, in the order of the indices; nil if not configured.
    ///
    /// - Throws: `ConfigurationError` if the text is not an address, or gives several shards the same address.
    package func addresses() throws(ConfigurationError) -> [String]? {
        guard let (key, text) = address else { return nil }
        let count = try shard().count
        let addresses = (0..<count).map { text.replacing(Self.indexPlace, with: "\($0)") }
        guard addresses.allSatisfy(Self.isHostAndPort) else {
            throw problem(key, "\"\(text)\": expected a host and a port, such as exporter-{index}.exporter:9974")
        }
        guard count == 1 || text.contains(Self.indexPlace) else {
            throw problem(key, "\"\(text)\": expected {index} in it, in the place of the shard's index")
        }
        return addresses
    }

    private static func isHostAndPort(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let host = parts.dropLast().joined(separator: ":")
        let port = parts.last.flatMap { Int($0) }
        return !host.isEmpty && !text.contains("/") && !text.contains(where: \.isWhitespace)
            && port.map((1...65535).contains) ?? false
    }

    private func number(
        _ setting: Setting?, among range: ClosedRange<Int>, or other: String = ""
    ) throws(ConfigurationError) -> Int? {
        guard let (key, text) = setting else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw problem(
                key, "\"\(text)\": expected a whole number from \(range.lowerBound) to \(range.upperBound)\(other)")
        }
        return number
    }

    private func problem(_ key: String, _ message: String) -> ConfigurationError {
        ConfigurationError([ConfigurationProblem(key: key, message: message)])
    }
}

extension Configuration {
    /// Keeps only the shard's part of the addons and of each account's budget.
    mutating func divide(_ shard: Shard) {
        for index in accounts.indices {
            let name = accounts[index].name
            accounts[index].shard = shard
            accounts[index].addons.removeAll { !shard.owns(AddonKey(account: name, $0)) }
        }
    }
}
