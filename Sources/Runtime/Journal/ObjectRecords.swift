import Tensor

/// An object's `contents` from before a change.
final class ObjectRecord: ChangeRecord {
  private let object: Object
  private var kept: Any?

  init(_ object: Object, _ contents: Any) {
    self.object = object
    kept = contents
    super.init(object, byteCount: 100)
  }

  override func swap() { Swift.swap(&kept, &object.contents) }

  override var isSame: Bool { kept.map { object.isSame(as: $0) } ?? false }
}

/// A change that cannot be taken back.
package final class LostRecord: ChangeRecord {
  package let object: Object

  init(_ object: Object) {
    self.object = object
    super.init(object, byteCount: 64)
  }

  package override var lost: String? { "where a \(object.type.name) was" }
}

/// Values in memory of their own, as a list, a tuple or an instance has them.
struct ValueBlock {
  private(set) var base: UnsafeMutablePointer<Value>
  private(set) var count: Int
  private(set) var capacity: Int

  init(base: UnsafeMutablePointer<Value>, count: Int, capacity: Int) {
    self.base = base
    self.count = count
    self.capacity = capacity
  }

  /// A copy of `count` values.
  init(copying from: UnsafeMutablePointer<Value>, count: Int) {
    base = ValueMemory.allocate(count)
    self.count = count
    capacity = count
    for i in 0..<count { (base + i).initializeCopy(from: from + i) }
  }

  func free() { ValueMemory.release(base, count: count, capacity: capacity) }
}
