/// `range(start, stop, step)` with bounds of 64 bits.
package final class RangeObject: Object {
  package let start: Int
  package let step: Int
  /// How many numbers it gives.
  package let count: Int
  package let stop: Int

  /// `step` must not be 0; nil when the count does not fit 63 bits.
  package init?(_ start: Int, _ stop: Int, _ step: Int) {
    self.start = start
    self.stop = stop
    self.step = step
    let (distance, overflow) =
      step > 0 ? stop.subtractingReportingOverflow(start) : start.subtractingReportingOverflow(stop)
    if overflow && (step > 0 ? stop > start : start > stop) { return nil }
    if overflow || distance <= 0 {
      count = 0
    } else {
      count = Int((UInt(distance) - 1) / step.magnitude) + 1
    }
  }

  public override var builtinType: TypeObject { Types.range }

  /// `index` must be in 0..<count.
  @inline(__always) package final subscript(index: Int) -> Int { start &+ index &* step }

  /// The position of a number, nil when the range does not give it.
  package final func position(of value: Int) -> Int? {
    guard count > 0 else { return nil }
    let last = self[count - 1]
    guard step > 0 ? (value >= start && value <= last) : (value <= start && value >= last) else { return nil }
    let up = UInt(bitPattern: value) &- UInt(bitPattern: start)
    let distance = step > 0 ? up : 0 &- up
    guard distance % step.magnitude == 0 else { return nil }
    return Int(distance / step.magnitude)
  }

  /// Ranges are equal when they give the same numbers.
  package final func isEqual(_ other: RangeObject) -> Bool {
    guard count == other.count else { return false }
    if count == 0 { return true }
    guard start == other.start else { return false }
    return count == 1 || step == other.step
  }

  /// The items of a slice whose bounds were resolved against `count`.
  package final func slice(start first: Int, stop last: Int, step by: Int, count n: Int) -> RangeObject? {
    let (newStep, overflow) = step.multipliedReportingOverflow(by: by)
    if overflow {
      return n > 0 ? RangeObject(self[first], self[first] &+ step.signum(), step.signum()) : RangeObject(0, 0, 1)
    }
    return RangeObject(start &+ first &* step, start &+ last &* step, newStep)
  }

  package final var text: String {
    step == 1 ? "range(\(start), \(stop))" : "range(\(start), \(stop), \(step))"
  }
}

/// Gives a range's numbers.
package final class RangeIterator: IteratorObject {
  package final var current: Int
  package let step: Int
  package final var remaining: Int

  package init(_ range: RangeObject) {
    current = range.start
    step = range.step
    remaining = range.count
    super.init()
    family = .rangeIterator
  }
  package init(from first: Int, step: Int, count: Int) {
    current = first
    self.step = step
    remaining = count
    super.init()
    family = .rangeIterator
  }

  override func advance(_ vm: VM, into register: UnsafeMutablePointer<Value>) throws(ExceptionObject) -> Bool {
    guard remaining > 0 else { return false }
    register.setInt(current)
    remaining &-= 1
    current = current &+ step
    return true
  }

  public override var contents: Any? {
    get { (current, remaining) }
    set { if let old = newValue as? (Int, Int) { (current, remaining) = old } }
  }

  public override func next(_ vm: VM) throws(ExceptionObject) -> Value? {
    guard remaining > 0 else { return nil }
    remaining -= 1
    let value = current
    current = current &+ step
    return .int(value)
  }
  public override var builtinType: TypeObject { Types.rangeIterator }
  public override var lengthHint: Int? { remaining }
}
