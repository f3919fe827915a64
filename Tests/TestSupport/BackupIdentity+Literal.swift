package import Backups

/// Tests name identities by literals.
extension BackupIdentity: ExpressibleByStringInterpolation {
    package init(stringLiteral text: String) { self.init(text) }
}
