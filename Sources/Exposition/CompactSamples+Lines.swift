import Glibc

extension CompactSamples {
    /// Subjects of which the memory is read at once. A large fleet does not fit into the processor's cache: a page
    /// would wait for the memory of each subject, one after the other, most of its time.
    private static let readAhead = 32

    /// Appends the lines of a section, subject by subject.
    ///
    /// - Parameter opening: the family's name and the opening brace.
    package static func appendLines(
        of section: Int, opening: [UInt8], of subjects: ArraySlice<CompactSamples>, to page: inout [UInt8]
    ) {
        unsafe forEachGroup(subjects, section) { group in
            let size = unsafe group.reduce(0) { unsafe $0 + $1.size(opening: opening.count) }
            page.append(addingCapacity: size) { output in
                unsafe output.withUnsafeMutableBufferPointer { buffer, count in
                    guard let start = buffer.baseAddress else { return }
                    var end = UnsafeMutableRawPointer(start)
                    for index in unsafe group.indices { unsafe group[index].writeLines(opening: opening, to: &end) }
                    unsafe count = end - UnsafeMutableRawPointer(start)
                }
            }
        }
    }

    /// Appends the lines of a section of ages, subject by subject.
    ///
    /// - Parameters:
    ///   - opening: the family's name and the opening brace.
    ///   - age: the age of what began at an instant in milliseconds.
    package static func appendInstants(
        of section: Int, opening: [UInt8], of subjects: ArraySlice<CompactSamples>, to page: inout [UInt8],
        value: (Int64) -> SampleValue
    ) {
        unsafe forEachGroup(subjects, section) { group in
            for index in unsafe group.indices {
                let part = unsafe group[index]
                var rest = unsafe part.ends
                while unsafe !rest.isEmpty {
                    let instant = unsafe rest.loadUnaligned(as: Int64.self)
                    unsafe rest = UnsafeRawBufferPointer(rebasing: rest[MemoryLayout<Int64>.size...])
                    let line = unsafe rest.prefixLine()
                    page.append(contentsOf: opening)
                    unsafe page.append(contentsOf: part.labels)
                    unsafe page.append(contentsOf: line.dropLast())
                    page.append(value(instant))
                    page.append(.lineFeed)
                    unsafe rest = UnsafeRawBufferPointer(rebasing: rest[line.count...])
                }
            }
        }
    }

    /// Calls with the section of some subjects at a time. References to subjects are not counted, which would take as
    /// long as the copies.
    private static func forEachGroup(
        _ subjects: ArraySlice<CompactSamples>, _ section: Int,
        _ body: (UnsafeMutableBufferPointer<SubjectSection>.SubSequence) -> Void
    ) {
        unsafe withUnsafeTemporaryAllocation(of: SubjectSection.self, capacity: readAhead) { group in
            unsafe subjects.withUnsafeBufferPointer { subjects in
                unsafe subjects.withMemoryRebound(to: Unmanaged<Storage>.self) { storages in
                    for first in stride(from: 0, to: storages.count, by: readAhead) {
                        let count = min(readAhead, storages.count - first)
                        for index in 0..<count {
                            unsafe storages[first + index]._withUnsafeGuaranteedRef { storage in
                                unsafe storage.withUnsafeMutablePointerToElements {
                                    unsafe group[index] = SubjectSection($0, section)
                                }
                            }
                        }
                        unsafe body(group[..<count])
                    }
                }
            }
        }
    }
}

/// A section of one subject, in the subject's memory.
@unsafe private struct SubjectSection {
    let labels: UnsafeRawBufferPointer
    /// The ends of lines, without their number.
    let ends: UnsafeRawBufferPointer

    init(_ elements: UnsafeMutablePointer<UInt8>, _ section: Int) {
        let start = UnsafeRawPointer(elements)
        let offsets = unsafe start.assumingMemoryBound(to: UInt32.self)
        func part(_ index: Int) -> UnsafeRawBufferPointer {
            let begin = unsafe Int(offsets[index])
            return unsafe UnsafeRawBufferPointer(start: start + begin, count: Int(offsets[index + 1]) - begin)
        }
        unsafe labels = part(0)
        unsafe ends = part(section + 1)
    }

    /// At least the size of the lines.
    func size(opening: Int) -> Int {
        guard unsafe !ends.isEmpty else { return 0 }
        let lines = unsafe Int(ends[0])
        // A number that does not fit is the greatest one. No end of a line is shorter than `} 0` and the line feed.
        let most = unsafe lines < UInt8.max ? lines : ends.count / 4
        return unsafe most * (opening + labels.count) + ends.count
    }

    /// Writes the lines to memory that has room for them, and moves its end.
    func writeLines(opening: [UInt8], to end: inout UnsafeMutableRawPointer) {
        guard unsafe !ends.isEmpty else { return }
        let first = unsafe end
        let common = unsafe opening.count + labels.count
        unsafe opening.withUnsafeBytes { unsafe first.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
        unsafe (first + opening.count).copyMemory(from: labels.baseAddress!, byteCount: labels.count)
        unsafe end += common
        let isOne = unsafe ends[0] == 1
        var rest = unsafe UnsafeRawBufferPointer(rebasing: ends[1...])
        while true {
            let line = unsafe isOne ? rest : rest.prefixLine()
            unsafe end.copyMemory(from: line.baseAddress!, byteCount: line.count)
            unsafe end += line.count
            unsafe rest = UnsafeRawBufferPointer(rebasing: rest[line.count...])
            if unsafe rest.isEmpty { return }
            unsafe end.copyMemory(from: first, byteCount: common)
            unsafe end += common
        }
    }
}

extension UnsafeRawBufferPointer {
    /// The bytes up to the first line feed, which is there.
    fileprivate func prefixLine() -> UnsafeRawBufferPointer {
        let end = unsafe memchr(baseAddress!, Int32(UInt8.lineFeed), count)!
        return unsafe UnsafeRawBufferPointer(start: baseAddress!, count: UnsafeRawPointer(end) - baseAddress! + 1)
    }
}
