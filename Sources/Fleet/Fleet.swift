package import Backups
import Synchronization

/// An addon in the fleet, with the values that are computed when it changes.
package protocol FleetItem: Sendable {
    var addon: Addon { get }

    /// - Parameter previous: the item as it was before; nil for a new addon.
    init(_ addon: Addon, after previous: Self?)
}

/// The fleet as polling sees it: write-only.
package protocol FleetWriter: Sendable {
    /// Shows an addon as it is now, in the place of its earlier value.
    func publish(_ addon: Addon)
    /// Removes an addon.
    func withdraw(_ key: AddonKey)
    /// Shows the current status of an account's polling.
    func publish(_ status: PollingStatus, of account: String)
    /// Counts requests that were sent.
    func count(_ requests: Int, for purpose: RequestPurpose, of account: String)
}

/// The current facts about all addons and accounts. Polling replaces values whole; a scrape takes snapshots, which
/// never change.
package final class Fleet<Item: FleetItem>: Sendable {
    private struct State {
        /// Sorted by key, as pages are.
        var items: [Item] = []
        /// By name. Counters continue over reloads for as long as the account stays.
        var accounts: [String: AccountStatus] = [:]

        func position(of key: AddonKey) -> (index: Int, exists: Bool) {
            var low = 0
            var high = items.count
            while low < high {
                let middle = (low + high) / 2
                if items[middle].addon.key < key { low = middle + 1 } else { high = middle }
            }
            return (low, low < items.count && items[low].addon.key == key)
        }
    }

    private let state = Mutex(State())

    package init() {}

    /// The addons as they are now, sorted by key.
    package var items: [Item] { state.withLock { $0.items } }

    /// The accounts as they are now, sorted by name.
    package var accounts: [AccountStatus] { state.withLock { $0.accounts.values.sorted { $0.name < $1.name } } }

    /// Whether the addon is there; one that is gone is not.
    package func isWatching(_ key: AddonKey) -> Bool {
        state.withLock { state in
            let (index, exists) = state.position(of: key)
            return exists && !state.items[index].addon.isGone
        }
    }

    /// The addons of an account that have this id and are there; ids are unique in a project only.
    package func keys(account: String, addon: String) -> [AddonKey] {
        items.lazy.map(\.addon).filter { $0.key.account == account && $0.key.addon == addon && !$0.isGone }.map(\.key)
    }

    /// Changes the status of an account, which is added first if it is new.
    package func update(_ account: String, _ change: (inout AccountStatus) -> Void) {
        state.withLock { change(&$0.accounts[account, default: AccountStatus(name: account)]) }
    }

    /// Removes all other accounts, and their addons.
    package func retain(accounts names: Set<String>) {
        state.withLock { state in
            state.accounts = state.accounts.filter { names.contains($0.key) }
            state.items.removeAll { !names.contains($0.addon.key.account) }
        }
    }
}

extension Fleet: FleetWriter {
    package func publish(_ addon: Addon) {
        // Outside of the lock, because rendering takes time.
        let previous = state.withLock { state in
            let (index, exists) = state.position(of: addon.key)
            return exists ? state.items[index] : nil
        }
        let item = Item(addon, after: previous)
        state.withLock { state in
            let (index, exists) = state.position(of: addon.key)
            if exists { state.items[index] = item } else { state.items.insert(item, at: index) }
        }
    }

    package func withdraw(_ key: AddonKey) {
        state.withLock { state in
            let (index, exists) = state.position(of: key)
            if exists { state.items.remove(at: index) }
        }
    }

    package func publish(_ status: PollingStatus, of account: String) { update(account) { $0.polling = status } }

    package func count(_ requests: Int, for purpose: RequestPurpose, of account: String) {
        update(account) { $0.requestsByPurpose[purpose, default: 0] += requests }
    }
}
