package import Backups
import FoundationEssentials
package import History

/// A configuration with a source for each account's token.
package struct LoadedConfiguration: Sendable {
    package let configuration: Configuration
    /// In the order of the accounts.
    package let tokens: [TokenSource]
    /// The secrets of webhooks by account.
    package let webhookTokens: [String: TokenSource]
    /// The part of the fleet that this exporter watches.
    package let shard: Shard
    /// The address at which Prometheus reaches each shard; nil if not configured.
    package let shardAddresses: [String]?
}

/// Reads the configuration from a file or the environment, and again at each reload.
package struct ConfigurationLoader: Sendable {
    private enum Source: Sendable {
        case file(String)
        case environment
        case fixed(Configuration)
    }

    /// More than a fleet of 100,000 addons needs with objectives of their own.
    private static let maxBytes = 64 << 20

    private let source: Source
    private let environment: [String: String]
    private let shards: ShardSettings
    private let onTokenProblem: @Sendable (TokenSource.Problem) -> Void

    /// - Parameters:
    ///   - file: nil to use the environment alone.
    ///   - shards: the part of the fleet that this exporter watches.
    ///   - onTokenProblem: called when a token file that was readable no longer is.
    package init(
        file: String?, environment: [String: String], shards: ShardSettings = ShardSettings(),
        onTokenProblem: @escaping @Sendable (TokenSource.Problem) -> Void = { _ in }
    ) {
        source = file.map(Source.file) ?? .environment
        self.environment = environment
        self.shards = shards
        self.onTokenProblem = onTokenProblem
    }

    /// Always returns the same configuration.
    package init(configuration: Configuration, environment: [String: String]) {
        source = .fixed(configuration)
        self.environment = environment
        shards = ShardSettings()
        onTokenProblem = { _ in }
    }

    /// Where the history is kept: as configured, else the platform's place for it.
    package func historyLocation(_ configuration: Configuration) -> HistoryLocation {
        configuration.state.path.map(HistoryLocation.init(path:)) ?? .standard(environment: environment)
    }

    /// - Throws: `ConfigurationError` with every problem, including tokens that cannot be read.
    package func load() throws(ConfigurationError) -> LoadedConfiguration {
        let shard = try shards.shard()
        let configuration = try read(.reading(environment: environment), shard)
        var tokens: [TokenSource] = []
        var webhookTokens: [String: TokenSource] = [:]
        for account in configuration.accounts {
            tokens.append(try token(account.token, of: account))
            if let reference = account.webhookToken {
                webhookTokens[account.name] = try token(reference, of: account)
            }
        }
        return LoadedConfiguration(
            configuration: configuration, tokens: tokens, webhookTokens: webhookTokens, shard: shard,
            shardAddresses: try shards.addresses())
    }

    /// The configuration alone. The tokens and other files that it names are not read: they can be in another place,
    /// such as a pod that does not exist yet.
    ///
    /// - Throws: `ConfigurationError` with every problem of its text.
    package func loadText() throws(ConfigurationError) -> Configuration {
        _ = try shards.addresses()
        return try read(.none, try shards.shard())
    }

    private func read(_ checks: ReferenceChecks, _ shard: Shard) throws(ConfigurationError) -> Configuration {
        var configuration =
            switch source {
            case .file(let file): try Configuration(yaml: try Self.text(of: file), file: file, checks: checks)
            case .environment: try Configuration(environment: environment, checks: checks)
            case .fixed(let fixed): fixed
            }
        configuration.divide(shard)
        return configuration
    }

    private func token(
        _ reference: TokenReference, of account: AccountConfiguration
    ) throws(ConfigurationError) -> TokenSource {
        do throws(TokenSource.Problem) {
            return try TokenSource(reference, environment: environment, onProblem: onTokenProblem)
        } catch {
            // A file's tokens were checked with their lines. This token is the environment's, or was lost since.
            throw ConfigurationError([
                ConfigurationProblem(key: "account \(account.name)", message: error.message)
            ])
        }
    }

    private static func text(of file: String) throws(ConfigurationError) -> String {
        let message: String
        do throws(NamedFile.Failure) {
            let bytes = try NamedFile.streamed(file, limit: maxBytes)
            if let text = String(validating: bytes, as: UTF8.self) { return text }
            message = "is not UTF-8 text"
        } catch {
            message = reason(error)
        }
        throw ConfigurationError([ConfigurationProblem(file: file, key: "", message: message)])
    }

    private static func reason(_ failure: NamedFile.Failure) -> String {
        switch failure {
        case .missing: "does not exist; check --config.file and the file's permissions"
        case .unreadable: "cannot be read; check --config.file and the file's permissions"
        case .kind(let kind): "is \(kind); expected a file"
        case .tooLarge: "has more than \(maxBytes) bytes; expected a configuration"
        case .silent(let seconds): "nothing was written to it for \(seconds) seconds; expected a configuration"
        }
    }
}
