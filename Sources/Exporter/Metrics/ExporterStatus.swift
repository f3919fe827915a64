package import Backups

/// All that a page shows besides addons.
package struct ExporterStatus: Sendable {
    /// Sorted by name.
    package var accounts: [AccountStatus]
    package var reload: ReloadStatus
    /// Nil where the system does not tell.
    package var process: ProcessStatus?

    package init(accounts: [AccountStatus], reload: ReloadStatus, process: ProcessStatus?) {
        self.accounts = accounts
        self.reload = reload
        self.process = process
    }
}

/// How the configuration came to be.
package struct ReloadStatus: Equatable, Sendable {
    package var isSuccessful: Bool
    package var lastSuccess: Timestamp

    package init(isSuccessful: Bool, lastSuccess: Timestamp) {
        self.isSuccessful = isSuccessful
        self.lastSuccess = lastSuccess
    }
}
