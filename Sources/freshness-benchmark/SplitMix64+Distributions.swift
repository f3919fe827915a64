import Foundation
import SplitMix64

extension SplitMix64 {
    mutating func isTrue(_ probability: Double) -> Bool { unit() < probability }

    mutating func integer(in range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    mutating func exponential(mean: Double) -> Double { -mean * log(1 - unit()) }

    mutating func normal() -> Double {
        (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    }

    mutating func logNormal(median: Double, sigma: Double) -> Double { median * exp(sigma * normal()) }
}
