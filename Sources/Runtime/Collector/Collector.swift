import CKernels
import Tensor

/// Finds rings of objects that only refer to each other, which reference counts alone would keep for ever.
///
/// As CPython's: take each watched object's count, subtract the references that the objects hold among themselves; what has a
/// rest is held from outside, and what cannot be reached from there is garbage. Instances, closures and generators are watched
/// from birth, since nearly every ring of a program passes through one. Containers are looked into when they are met on the way.
package enum Collector {
  struct Entry {
    /// nil in free entries.
    var object: Unmanaged<Object>?
    /// During a collection: references not accounted for, or `reached`. In free entries: the next free one.
    var count: Int
  }

  private static var reached: Int { Int.min }

  // No value that has to be computed: that would cost a look at every access whether it was.
  nonisolated(unsafe) private static var table: UnsafeMutablePointer<Entry>! = nil
  nonisolated(unsafe) private static var capacity = 0
  /// Entries up to here are in use or in the list of free ones, which starts at `free` (-1: none).
  nonisolated(unsafe) private static var filled: Int32 = 0
  nonisolated(unsafe) private static var free: Int32 = -1

  nonisolated(unsafe) private static var isCollecting = false
  nonisolated(unsafe) private static var isMarking = false
  /// Containers inside of each other on the way down from the entry that is being walked.
  nonisolated(unsafe) private static var depth = 0
  /// Entries that were reached and not walked from yet.
  nonisolated(unsafe) private static var pending: [Int32] = []

  /// Objects that are being watched.
  nonisolated(unsafe) package private(set) static var watchedCount = 0
  nonisolated(unsafe) private static var dueAt = shortestPause
  /// Whether collections come by themselves: `gc.disable()`.
  nonisolated(unsafe) package static var isEnabled = true
  nonisolated(unsafe) package private(set) static var collections = 0

  /// New objects between two collections, at least: `gc.set_threshold`. So many of a scalar autograd's fit into a processor's
  /// own cache.
  nonisolated(unsafe) package static var shortestPause = 6000 {
    didSet { dueAt = watchedCount + max(shortestPause, 1) }
  }
  /// New objects since the last collection that are still there: `gc.get_count`.
  package static var newCount: Int { max(watchedCount - watchedThen, 0) }
  nonisolated(unsafe) private static var watchedThen = 0

  // MARK: Watching

  /// From now on collections look at an object, until its `deinit` calls `forget`. May collect at once.
  @inline(__always) static func watch(_ object: Object) {
    let index = free
    if index >= 0 {
      free = Int32(truncatingIfNeeded: table[Int(index)].count)
      table[Int(index)].object = Unmanaged.passUnretained(object)
      object.trackIndex = index
    } else {
      append(object, count: 0)
    }
    watchedCount &+= 1
    if watchedCount >= dueAt { collectionIsDue() }
  }

  @inline(__always) static func forget(_ object: Object) {
    watchedCount &-= 1
    table[Int(object.trackIndex)] = Entry(object: nil, count: Int(free))
    free = object.trackIndex
  }

  private static func append(_ object: Object, count: Int) {
    if Int(filled) == capacity {
      let room = max(1 << 12, capacity * 2)
      let larger = UnsafeMutablePointer<Entry>.allocate(capacity: room)
      if capacity > 0 {
        larger.moveInitialize(from: table, count: capacity)
        table.deallocate()
      }
      table = larger
      capacity = room
    }
    table[Int(filled)] = Entry(object: Unmanaged.passUnretained(object), count: count)
    object.trackIndex = filled
    filled += 1
  }

  @inline(never) private static func collectionIsDue() {
    if isEnabled && shortestPause > 0 && !isCollecting {
      collect()
    } else {
      dueAt = watchedCount + max(shortestPause, 1000)
    }
  }

  // MARK: Collecting

  /// Frees every ring that nothing outside of it refers to; gives the number of objects that were freed so.
  @discardableResult
  package static func collect() -> Int {
    if isCollecting { return 0 }
    isCollecting = true
    collections += 1
    let own = filled
    for i in 0..<Int(own) {
      if let object = table[i].object { table[i].count = references(of: object) }
    }
    isMarking = false
    // Shared containers that are met join at the end and are walked in their turn.
    var i = 0
    while i < Int(filled) {
      table[i].object?._withUnsafeGuaranteedRef { $0.traverse() }
      i += 1
    }
    isMarking = true
    for i in 0..<Int(filled) where table[i].object != nil && table[i].count > 0 {
      reach(Int32(i))
      while let next = pending.popLast() { table[Int(next)].object?._withUnsafeGuaranteedRef { $0.traverse() } }
    }
    var garbage: [Object] = []
    for i in 0..<Int(filled) where table[i].count != reached {
      if let object = table[i].object { garbage.append(object.takeUnretainedValue()) }
    }
    for i in Int(own)..<Int(filled) { table[i].object?._withUnsafeGuaranteedRef { $0.trackIndex = -1 } }
    filled = own
    let found = garbage.count
    for object in garbage {
      // Nothing that the journal has to know of.
      object.epoch = Changes.epoch
      object.clearReferences()
    }
    garbage.removeAll()
    isCollecting = false
    watchedThen = watchedCount
    dueAt = watchedCount + max(shortestPause, watchedCount)
    return found
  }

  private static func references(of object: Unmanaged<Object>) -> Int { Int(swift_retainCount(object.toOpaque())) }

  private static func reach(_ index: Int32) {
    table[Int(index)].count = reached
    pending.append(index)
  }

  // MARK: Walking; what `traverse` calls

  /// One reference that the object being walked holds.
  @inline(__always) static func visit(_ value: UnsafeMutablePointer<Value>) {
    switch value.tag {
    case ValueLayout.list, ValueLayout.tuple, ValueLayout.dict, ValueLayout.function, ValueLayout.instance,
      ValueLayout.object:
      visit(value.reference(as: Object.self))
    default: break
    }
  }

  @inline(__always) static func visit(_ values: UnsafeMutablePointer<Value>, count: Int) {
    var i = 0
    while i < count {
      visit(values + i)
      i &+= 1
    }
  }

  static func visit(_ object: Unmanaged<Object>) {
    let (index, isContainer) = object._withUnsafeGuaranteedRef { ($0.trackIndex, $0.family.isContainer) }
    if index >= 0 {
      if !isMarking {
        table[Int(index)].count &-= 1
      } else if table[Int(index)].count != reached {
        reach(index)
      }
    } else if isContainer {
      let count = references(of: object)
      if count == 1 && depth < 50 {
        // Its one owner is the object being walked: it counts as a part of it.
        depth &+= 1
        object._withUnsafeGuaranteedRef { $0.traverse() }
        depth &-= 1
      } else if !isMarking {
        append(object.takeUnretainedValue(), count: count - 1)
      }
    }
  }
}
