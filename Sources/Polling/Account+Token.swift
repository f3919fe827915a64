import Backups
import Fleet
import Logging
import Northflank
import Settings

/// What the API says about the token.
extension Account {
    mutating func take(token result: Result<TokenFacts?, APIError>, now: Instant) {
        effects.append(count(1, .auth))
        switch result {
        case .success(let facts):
            tokenCheck.ended(worked: true, now: now.uptime)
            // An older API does not say it; a proxy's 404 must not end an alert.
            guard let facts else { return }
            for note in notes.token(facts, needed: neededPermissions, now: now.wall) { log(note) }
            guard facts != status.token else { return }
            status.token = facts
            effects.append(.publishStatus(status))
        case .failure(let error):
            tokenCheck.ended(worked: false, now: now.uptime)
            // Only a refusal of the token concerns every request.
            if error.reason == .unauthorized { heard(error, isList: false, now: now) }
        }
    }

    private var neededPermissions: [TokenPermission] {
        configuration.discovery.enabled ? [.readAddons, .listProjects] : [.readAddons]
    }
}

extension AccountNotes {
    /// Before a token's end; the alert about it has the same limit.
    private static let expiresSoon = Duration.seconds(14 * 86_400)

    /// What is wrong with the token, as far as the last look at it did not show the same.
    mutating func token(_ facts: TokenFacts, needed: [TokenPermission], now: Timestamp) -> [AccountNote] {
        let permissions = facts.permissions.map(TokenPermission.init)
        var found = TokenPermission.missing(needed, of: permissions).map { permission in
            AccountNote(.warning, "token lacks a permission", ["permission": permission.text])
        }
        let writing = permissions.filter(\.isWriting)
        if let first = writing.first {
            found.append(
                AccountNote(
                    .warning, "token can write",
                    [
                        "permission": first.text, "permissions": "\(writing.count)",
                        "remedy": "give the token's role reading permissions only",
                    ]))
        }
        if let end = facts.expiresAt, end - now < Self.expiresSoon {
            found.append(AccountNote(.warning, "token expires soon", ["at": end.text]))
        }
        defer { tokenNotes = found }
        return found.filter { !tokenNotes.contains($0) }
    }
}
