import Dispatch
import Synchronization

/// Checks passwords against bcrypt hashes, and remembers the results.
///
/// How long an answer takes tells neither whether a user exists nor how much of a password is right: a name that no user
/// has is compared with the hash of one of the users, always the same, and a result that is remembered is found by a
/// keyed hash.
package final class PasswordCheck: Sendable {
    package enum Answer: Equatable, Sendable {
        case allowed
        case denied
        /// Too many other passwords are being checked.
        case busy
    }

    /// bcrypt's own limit is 72 bytes, and the system's 512.
    private static let maxBytes = 512

    private let users: [String: String]
    /// In an order that does not depend on that of the dictionary.
    private let hashes: [String]
    private let keyed = KeyedHash()
    private let matches: @Sendable (_ password: String, _ hash: String) -> Bool
    private let queue = Mutex(CheckQueue<CheckedContinuation<Answer, Never>>())
    /// Where hashes are computed: a computation blocks its thread for a tenth of a second and more.
    private let workers = DispatchQueue(label: "password-check", attributes: .concurrent)

    /// - Parameters:
    ///   - users: the hashes by the names of users. Without any, nothing is allowed.
    ///   - matches: whether a password has a hash.
    package init(
        users: [String: String],
        matches: @escaping @Sendable (_ password: String, _ hash: String) -> Bool = {
            Bcrypt.matches($0, $1)
        }
    ) {
        self.users = users
        hashes = users.values.sorted()
        self.matches = matches
    }

    package func allows(user: String, password: String) async -> Bool {
        await check(user: user, password: password) == .allowed
    }

    package func check(user: String, password: String) async -> Answer {
        guard !hashes.isEmpty, password.utf8.count <= Self.maxBytes, !password.utf8.contains(0) else { return .denied }
        let hash = users[user]
        let check = CheckQueue<CheckedContinuation<Answer, Never>>.Check(
            tag: keyed.tag(user, password), password: password, hash: hash ?? decoy(user), isUser: hash != nil)
        return await withCheckedContinuation { continuation in
            let (answer, first) = queue.withLock { queue in
                (queue.ask(check, continuation), queue.next())
            }
            if let answer { continuation.resume(returning: answer) }
            if let first { workers.async { self.compute(first) } }
        }
    }

    /// A user's hash for a name that no user has. Which one depends on the name: if the hashes have several costs, the
    /// names without a user have all of them as well.
    private func decoy(_ name: String) -> String {
        let tag = keyed.tag("decoy", name)
        return hashes[(Int(tag[0]) << 16 | Int(tag[1]) << 8 | Int(tag[2])) % hashes.count]
    }

    /// Computes a check, and then those that wait.
    private func compute(_ first: CheckQueue<CheckedContinuation<Answer, Never>>.Check) {
        var next: CheckQueue<CheckedContinuation<Answer, Never>>.Check? = first
        while let check = next {
            let isMatch = matches(check.password, check.hash)
            let isRight = check.isUser && isMatch
            let waiters = queue.withLock { queue in
                let waiters = queue.finish(check, isRight: isRight)
                next = queue.next()
                return waiters
            }
            for waiter in waiters { waiter.resume(returning: isRight ? .allowed : .denied) }
        }
    }
}
