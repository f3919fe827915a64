/// A value for each of some types of backups: a dictionary that needs no memory of its own, since each addon has several
/// of these.
package struct ByType<Value> {
    private var values: InlineArray<4, Value?> = .init(repeating: nil)

    /// Nil for a type that has no value.
    package subscript(type: BackupType) -> Value? {
        get { values[Int(type.rawValue)] }
        set { values[Int(type.rawValue)] = newValue }
    }

    package var isEmpty: Bool { BackupType.allCases.allSatisfy { self[$0] == nil } }
}

extension ByType: Sendable where Value: Sendable {}

extension ByType: Equatable where Value: Equatable {
    package static func == (lhs: Self, rhs: Self) -> Bool { BackupType.allCases.allSatisfy { lhs[$0] == rhs[$0] } }
}

extension ByType: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (BackupType, Value)...) {
        for (type, value) in elements { self[type] = value }
    }
}

extension ByType: Sequence {
    /// The values with their types, in the order of types.
    package func makeIterator() -> some IteratorProtocol<(type: BackupType, value: Value)> {
        BackupType.allCases.compactMap { type in self[type].map { (type, $0) } }.makeIterator()
    }
}
