/// A value that copies share until it is replaced: for a large value that is copied often and changes seldom.
package final class Shared<Value: Equatable & Sendable>: Equatable, Sendable {
    package let value: Value

    package init(_ value: Value) { self.value = value }

    package static func == (lhs: Shared, rhs: Shared) -> Bool { lhs === rhs || lhs.value == rhs.value }
}
