package import Backups
import Synchronization

/// All addons with their last good data. Changed by the polls, read by the scrapes, which get a snapshot that
/// never changes.
package final class Fleet: Sendable {
    private let state = Mutex(State())

    private struct State {
        /// Sorted by key, as pages are.
        var addons: [RenderedAddon] = []

        func position(of key: AddonKey) -> (index: Int, exists: Bool) {
            var low = 0
            var high = addons.count
            while low < high {
                let middle = (low + high) / 2
                if addons[middle].state.key < key { low = middle + 1 } else { high = middle }
            }
            return (low, low < addons.count && addons[low].state.key == key)
        }
    }

    package init() {}

    /// The addons as they are now, sorted by key.
    package var snapshot: [RenderedAddon] { state.withLock { $0.addons } }

    package func addon(_ key: AddonKey) -> AddonState? {
        state.withLock { state in
            let (index, exists) = state.position(of: key)
            return exists ? state.addons[index].state : nil
        }
    }

    /// Changes an addon, which is added first if it is new.
    package func update(_ key: AddonKey, _ change: (inout AddonState) -> Void) {
        // Rendered outside of the lock: all changes of an account's addons come from its one runner.
        let old = addon(key)
        var new = old ?? AddonState(key: key)
        change(&new)
        guard new != old else { return }
        let rendered = RenderedAddon(new)
        state.withLock { state in
            let (index, exists) = state.position(of: key)
            if exists { state.addons[index] = rendered } else { state.addons.insert(rendered, at: index) }
        }
    }

    /// Removes the addons that `isStaying` is false for.
    package func retain(where isStaying: (AddonKey) -> Bool) {
        state.withLock { state in state.addons.removeAll { !isStaying($0.state.key) } }
    }
}
