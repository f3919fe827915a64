extension Double {
    /// This many seconds, doubled for each time that was in vain: how long to wait before the next try.
    ///
    /// - Parameters:
    ///   - times: from 0.
    ///   - most: further ones make it no longer.
    func doubled(_ times: Int, atMost most: Int = 16) -> Double { self * Double(1 << min(times, most)) }
}
