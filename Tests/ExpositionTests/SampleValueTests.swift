import Testing

@testable import Exposition

@Suite struct SampleValueTests {
    @Test(
        "integers are written exactly",
        arguments: [
            (0, "0"), (1, "1"), (-1, "-1"), (10, "10"), (1234, "1234"), (-907, "-907"),
            (9_007_199_254_740_993, "9007199254740993"), (.max, "9223372036854775807"), (.min, "-9223372036854775808"),
        ] as [(Int64, String)])
    func integers(value: Int64, text: String) {
        #expect(written(.integer(value)) == text)
    }

    @Test(
        "milliseconds are seconds without trailing zeros",
        arguments: [
            (0, "0"), (1, "0.001"), (10, "0.01"), (100, "0.1"), (1000, "1"), (1001, "1.001"), (1010, "1.01"),
            (1100, "1.1"), (1319, "1.319"), (-1, "-0.001"), (-999, "-0.999"), (-1500, "-1.5"), (-2000, "-2"),
            (1_611_141_594_494, "1611141594.494"), (1_611_141_594_000, "1611141594"),
            (.max, "9223372036854775.807"), (.min, "-9223372036854775.808"),
        ] as [(Int64, String)])
    func milliseconds(value: Int64, text: String) {
        #expect(written(.milliseconds(value)) == text)
    }

    @Test(
        "doubles are the shortest text that reads back as the same",
        arguments: [
            (0, "0.0"), (-0.0, "-0.0"), (1, "1.0"), (0.1, "0.1"), (-2.5, "-2.5"), (300, "300.0"),
            (1e15, "1000000000000000.0"),
            (1e16, "1e+16"), (0.00001, "1e-05"), (.leastNonzeroMagnitude, "5e-324"),
            (1.7976931348623157e308, "1.7976931348623157e+308"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (.nan, "NaN"), (-.nan, "NaN"),
        ] as [(Double, String)])
    func doubles(value: Double, text: String) {
        #expect(written(.double(value)) == text)
    }

    @Test func flags() {
        #expect(written(.flag(true)) == "1")
        #expect(written(.flag(false)) == "0")
    }

    @Test("values follow one another on whatever is there already")
    func appending() {
        var bytes = Array("x ".utf8)
        bytes.append(SampleValue.integer(12))
        bytes.append(.milliseconds(340))
        #expect(String(decoding: bytes, as: UTF8.self) == "x 120.34")
    }
}
