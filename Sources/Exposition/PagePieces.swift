/// A page that is made piece by piece, so that it never is in memory whole.
package protocol PagePieces: Sendable {
    /// Appends the next piece; an empty one if nothing stands there at the moment.
    ///
    /// A piece has whole lines. A change in one piece does not move the lines of another, so that a receiver can keep
    /// what it made of the same piece of an earlier page.
    ///
    /// - Returns: false if there is no further piece, and nothing was appended.
    mutating func next(_ piece: inout [UInt8]) -> Bool
}

extension PagePieces {
    /// The rest of the page.
    package consuming func whole() -> [UInt8] {
        var bytes: [UInt8] = []
        while next(&bytes) {}
        return bytes
    }
}
