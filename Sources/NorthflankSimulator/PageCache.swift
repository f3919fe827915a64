/// Rendered pages of fleets whose lists change rarely, so that a benchmark measures the client and not the simulator.
/// Bounded: a full cache is emptied.
struct PageCache: Sendable {
    struct Key: Sendable, Hashable {
        let address: AddonAddress
        let size: Int
        let offset: Int
        let generation: Int64

        init(address: AddonAddress, page: PageRequest, generation: Int64) {
            self.address = address
            size = page.size
            offset = page.offset
            self.generation = generation
        }
    }

    private var pages: [Key: [UInt8]] = [:]
    private var bytes = 0
    private let capacity: Int

    init(capacity: Int = 64 << 20) {
        self.capacity = capacity
    }

    subscript(key: Key) -> [UInt8]? { pages[key] }

    mutating func insert(_ page: [UInt8], for key: Key) {
        if bytes + page.count > capacity {
            pages.removeAll()
            bytes = 0
        }
        pages[key] = page
        bytes += page.count
    }
}
