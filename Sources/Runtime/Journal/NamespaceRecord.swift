import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// The variables of a namespace from before a change. When the cell has ended, only those that it changed are kept.
package final class NamespaceRecord: ChangeRecord {
  package let namespace: Namespace
  /// All values as they were; empty once `settle` was called.
  private var all: [Value]
  /// A variable that the cell gave another value, by slot.
  package struct Change {
    package let slot: Int
    package var other: Value
  }
  package private(set) var changes: [Change] = []

  init(_ namespace: Namespace) {
    self.namespace = namespace
    all = Array(UnsafeBufferPointer(start: namespace.values, count: namespace.names.count))
    super.init(namespace, byteCount: 64)
  }

  /// Compares with what there is now.
  package func settle(_ vm: VM) {
    all.withUnsafeBufferPointer { all in
      for slot in 0..<namespace.names.count {
        // Most are the same to the bit.
        if slot < all.count, memcmp(all.baseAddress! + slot, namespace.values + slot, MemoryLayout<Value>.size) == 0 {
          continue
        }
        let old = slot < all.count ? all[slot] : .unbound
        if !vm.isIdentical(old, namespace.values[slot]) { changes.append(Change(slot: slot, other: old)) }
      }
    }
    all = []
    byteCount = 64 + changes.reduce(0) { $0 + 32 + Self.weight($1.other) }
  }

  /// Memory that is likely to be held by the old value alone.
  private static func weight(_ value: Value) -> Int {
    switch value {
    case .tensor(let t): t.storage.byteCount
    case .str(let s): s.byteCount
    case .list(let l): l.count * MemoryLayout<Value>.stride
    case .dict(let d): d.count * 48
    default: 64
    }
  }

  package override func swap() {
    for i in changes.indices { Swift.swap(&changes[i].other, &namespace.values[changes[i].slot]) }
  }
}
