/// Bytes that gzip made at its highest level.
enum Gzip {
    static let decodedJSON = String(repeating: "{\"status\":\"ok\"}\n", count: 3)

    static let json: [UInt8] = [
        31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 46, 73, 44, 41, 45, 86, 178, 82, 202, 207, 86, 170,
        229, 170, 38, 192, 7, 0, 136, 140, 96, 250, 48, 0, 0, 0,
    ]

    /// 65,536 zeros in 96 bytes.
    static let zeros: [UInt8] =
        [31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 237, 193, 1, 1, 0, 0, 0, 128, 144, 254, 175, 238, 8, 10]
        + [UInt8](repeating: 0, count: 63)
        + [106, 235, 142, 151, 215, 0, 0, 1, 0]
}
