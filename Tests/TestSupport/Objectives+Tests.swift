package import Backups

extension Objectives {
    /// Objectives of which only these values were decided.
    package init(maxAge: Duration? = nil, grace: Duration?) {
        self.init()
        decisions.maxAge = maxAge
        decisions.grace = grace
    }

    /// Objectives of which only the longest age was decided.
    package init(maxAge: Duration) { self.init(maxAge: maxAge, grace: nil) }
}
