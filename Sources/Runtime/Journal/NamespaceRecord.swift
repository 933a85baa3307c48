import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// The variables of a namespace that a cell gave another value, with the values from before.
///
/// The namespace keeps a second copy of its values, the `shadow`, from the beginning of a cell to its end: nothing is copied for a
/// cell but what differs.
package final class NamespaceRecord: ChangeRecord {
  package let namespace: Namespace
  /// A variable that the cell gave another value, by slot.
  package struct Change {
    package let slot: Int
    package var other: Value
  }
  package private(set) var changes: [Change] = []

  init(_ namespace: Namespace) {
    self.namespace = namespace
    super.init(namespace, byteCount: 64)
    // Undo and commands of the shell change values, too.
    namespace.forEachDifference { slot, shadow, value in shadow = value }
  }

  /// Compares with what there is now.
  package func settle(_ vm: VM) {
    namespace.forEachDifference { slot, shadow, value in
      if !vm.isIdentical(shadow, value) { changes.append(Change(slot: slot, other: shadow)) }
      shadow = value
    }
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

extension Namespace {
  /// Hands over each slot whose value is not the shadow's to the bit, with both.
  fileprivate func forEachDifference(_ body: (_ slot: Int, _ shadow: inout Value, _ value: Value) -> Void) {
    if shadow.count < names.count {
      shadow += [Value](repeating: .unbound, count: names.count - shadow.count)
    }
    shadow.withUnsafeMutableBufferPointer { shadow in
      for slot in shadow.indices
      where memcmp(shadow.baseAddress! + slot, values + slot, MemoryLayout<Value>.size) != 0 {
        body(slot, &shadow[slot], values[slot])
      }
    }
  }
}
