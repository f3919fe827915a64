/// The sample lines of one subject in several families, without what its lines have in common.
///
/// All lines begin with the family's name and the subject's labels, which are most of their bytes. The labels are kept
/// once, the name is the family's, and of a line only its end is kept: this takes a fifth of the memory.
package struct CompactSamples: @unchecked Sendable {
    /// Memory in one piece that is written once: offsets (`UInt32`), the subject's labels, then one section for each
    /// family: the number of its lines, 255 if there are more, and their ends. The first offset is that of the labels, then come those of the sections, at
    /// last the offset of the end.
    final class Storage: ManagedBuffer<Void, UInt8> {}

    let storage: Storage

    /// The same samples with another instant.
    ///
    /// - Parameter section: the index of a section with one instant.
    package func with(instant: Int64, in section: Int) -> CompactSamples {
        let copy = unsafe storage.withUnsafeMutablePointerToElements { elements in
            let offsets = UnsafeRawPointer(elements)
            func offset(_ index: Int) -> Int {
                Int(unsafe offsets.load(fromByteOffset: index * MemoryLayout<UInt32>.stride, as: UInt32.self))
            }
            // The first offset, which is where the offsets themselves end, gives their number.
            let size = offset(offset(0) / MemoryLayout<UInt32>.stride - 1)
            let place = offset(section + 1)
            precondition(offset(section + 2) - place > MemoryLayout<Int64>.size, "the section has no instant")
            let copy = Storage.create(minimumCapacity: size) { _ in }
            unsafe copy.withUnsafeMutablePointerToElements { new in
                unsafe new.initialize(from: elements, count: size)
                unsafe UnsafeMutableRawPointer(new + place).storeBytes(of: instant, as: Int64.self)
            }
            return copy
        }
        return CompactSamples(storage: unsafe unsafeDowncast(copy, to: Storage.self))
    }

    /// Makes the samples of a subject, section by section.
    package struct Writer: Sendable {
        private var offsets: [UInt32]
        /// The labels and sections.
        private var bytes: [UInt8]

        /// - Parameters:
        ///   - labels: the labels of the subject; at least one.
        ///   - capacity: bytes of all sections to have memory for.
        package init(_ labels: LabelSet, reserving capacity: Int = 0) {
            offsets = [0]
            bytes = []
            bytes.reserveCapacity(labels.rendered.count + capacity)
            bytes.append(contentsOf: labels.rendered)
        }

        /// Begins the section of the next family.
        package mutating func beginSection() { offsets.append(UInt32(bytes.count)) }

        /// Adds a sample to the section.
        ///
        /// - Parameter own: the labels that the subject does not have.
        package mutating func add(_ value: SampleValue, _ own: KeyValuePairs<String, String>) {
            let start = Int(offsets[offsets.count - 1])
            if start == bytes.count {
                bytes.append(1)
            } else if bytes[start] < UInt8.max {
                bytes[start] += 1
            }
            append(own)
            bytes.append(value)
            bytes.append(.lineFeed)
        }

        /// Adds an instant to the section, of which all samples have to be instants. Its value, such as an age, is
        /// rendered with each page.
        ///
        /// - Parameters:
        ///   - instant: in milliseconds.
        ///   - own: the labels that the subject does not have.
        package mutating func add(instant: Int64, _ own: KeyValuePairs<String, String>) {
            unsafe withUnsafeBytes(of: instant) { unsafe bytes.append(contentsOf: $0) }
            append(own)
            bytes.append(.lineFeed)
        }

        /// The samples, in memory of their size, because they stay until the subject changes.
        package consuming func finish() -> CompactSamples {
            offsets.append(UInt32(bytes.count))
            let size = offsets.count * MemoryLayout<UInt32>.stride
            for index in offsets.indices { offsets[index] += UInt32(size) }
            let storage = Storage.create(minimumCapacity: size + bytes.count) { _ in }
            unsafe storage.withUnsafeMutablePointerToElements { elements in
                unsafe offsets.withUnsafeBytes {
                    unsafe UnsafeMutableRawPointer(elements).copyMemory(from: $0.baseAddress!, byteCount: size)
                }
                unsafe bytes.withUnsafeBufferPointer {
                    unsafe (elements + size).initialize(from: $0.baseAddress!, count: $0.count)
                }
            }
            return CompactSamples(storage: unsafe unsafeDowncast(storage, to: Storage.self))
        }

        private mutating func append(_ own: KeyValuePairs<String, String>) {
            for (name, value) in own where !value.isEmpty { bytes.appendLabel(name, value, isFirst: false) }
            bytes.append(contentsOf: "} ".utf8)
        }
    }
}
