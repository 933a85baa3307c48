/// `slice(start, stop, step)`, each any value.
package final class SliceObject: Object {
  package let start: Value
  package let stop: Value
  package let step: Value

  package init(_ start: Value, _ stop: Value, _ step: Value) {
    self.start = start
    self.stop = stop
    self.step = step
  }
  public override var builtinType: TypeObject { Types.slice }

  /// The slice's bounds against a sequence of `length` items, as `slice.indices` gives them, and how many items it takes.
  ///
  /// Raises ValueError "slice step cannot be zero", and TypeError for bounds that are no ints.
  package final func indices(
    _ length: Int, _ vm: VM
  ) throws(ExceptionObject) -> (start: Int, stop: Int, step: Int, count: Int) {
    try bounds(vm).indices(length)
  }

  /// The bounds as ints. A list's length is asked for after this: a bound's `__index__` may change the list.
  package final func bounds(_ vm: VM) throws(ExceptionObject) -> SliceBounds {
    let step = try bound(self.step, vm) ?? 1
    if step == 0 { throw .value("slice step cannot be zero") }
    return try SliceBounds(start: bound(start, vm), stop: bound(stop, vm), step: step)
  }

  /// A bound as an int, clamped to 64 bits; nil for None.
  private func bound(_ value: Value, _ vm: VM) throws(ExceptionObject) -> Int? {
    switch value {
    case .none: return nil
    case .int(let i): return i
    case .bool(let b): return b ? 1 : 0
    default:
      if let index = try vm.index(value) { return index.clamped }
      throw .type("slice indices must be integers or None or have an __index__ method")
    }
  }
}

/// What a slice says, as ints; nil where it says nothing.
package struct SliceBounds {
  let start: Int?
  let stop: Int?
  let step: Int

  /// Against a sequence of `length` items.
  package func indices(_ length: Int) -> (start: Int, stop: Int, step: Int, count: Int) {
    // -step must not overflow.
    let by = Swift.max(step, -Int.max)
    let (low, high) = by < 0 ? (-1, length - 1) : (0, length)
    func clamp(_ value: Int) -> Int {
      if value < 0 { return Swift.max(value + length, low) }
      return Swift.min(value, high)
    }
    let first = start.map(clamp) ?? (by < 0 ? high : low)
    let end = stop.map(clamp) ?? (by < 0 ? low : high)
    let count: Int
    if by > 0 {
      count = first < end ? (end - first - 1) / by + 1 : 0
    } else {
      count = end < first ? (first - end - 1) / -by + 1 : 0
    }
    return (first, end, by, count)
  }
}
