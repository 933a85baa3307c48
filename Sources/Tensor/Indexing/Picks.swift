import CKernels

/// The places of elements inside a tensor, as the loops of `picks.c` take them.
struct Picks {
  var outer: [Int] = [0]
  var middle: [Int]
  /// nil: `innerCount` consecutive elements.
  var inner: [Int]?
  var innerCount = 1

  var count: Int { outer.count * middle.count * innerCount }

  private func withPlaces<R>(_ body: (UnsafePointer<tnb_places>) -> R) -> R {
    outer.withUnsafeBufferPointer { o in
      middle.withUnsafeBufferPointer { m in
        (inner ?? []).withUnsafeBufferPointer { i in
          var places = tnb_places(
            outer: outer.count, middle: middle.count, inner: innerCount, outer_offsets: o.baseAddress,
            middle_offsets: m.baseAddress, inner_offsets: inner == nil ? nil : i.baseAddress)
          return body(&places)
        }
      }
    }
  }

  /// Copies the picked elements of `source` to the contiguous `target`.
  func read(_ source: Tensor, into target: Tensor) {
    if count == 0 { return }
    withPlaces { tnb_pick($0, target.data, source.data, source.dtype.size) }
  }

  enum Mode: Int32 { case set, add, multiply, minimum, maximum }

  /// Writes the elements of `source`, which is contiguous or holds a single element for all places, to the places of `target`.
  func write(_ source: Tensor, into target: Tensor, _ mode: Mode) {
    if count == 0 { return }
    let step = source.count == 1 ? 0 : 1
    withPlaces { tnb_place($0, target.data, source.data, step, Int32(target.dtype.rawValue), mode.rawValue) }
  }

  /// The offsets of all entries of the given dimensions, in row-major order.
  static func offsets(_ shape: [Int], _ strides: [Int]) -> [Int] {
    var result = [0]
    for (size, stride) in zip(shape, strides) {
      var next: [Int] = []
      next.reserveCapacity(result.count * size)
      for base in result {
        for i in 0..<size { next.append(base + i * stride) }
      }
      result = next
    }
    return result
  }

  /// Offsets of the inner dimensions: nil and the count where they are consecutive.
  static func inner(_ shape: [Int], _ strides: [Int]) -> ([Int]?, Int) {
    var step = 1
    var isDense = true
    for (size, stride) in zip(shape, strides).reversed() where size != 1 {
      if stride != step { isDense = false }
      step *= size
    }
    let count = shape.reduce(1, *)
    return isDense ? (nil, count) : (offsets(shape, strides), count)
  }
}

extension Kernels {
  /// Adds `source`, broadcast and converted, to `target`, which may hold elements several times.
  static func accumulate(_ source: Tensor, into target: Tensor) throws(TensorError) {
    let converted = source.dtype == target.dtype ? source : try source.copied(to: target.dtype)
    var plan = Plan(target.shape)
    plan.add(target)
    plan.add(converted)
    try plan.runSerial(tnb_accumulate_kernel(Int32(target.dtype.rawValue)).unsafelyUnwrapped)
  }
}

extension Tensor {
  /// A 1-dimensional int64 tensor.
  package static func vector(_ values: [Int]) throws(TensorError) -> Tensor {
    let result = try Tensor(empty: [values.count], .int64)
    values.withUnsafeBytes { if $0.count > 0 { result.data.copyMemory(from: $0.baseAddress!, byteCount: $0.count) } }
    return result
  }

  /// 0, 1, … as int64.
  package static func range(_ count: Int) throws(TensorError) -> Tensor {
    let result = try Tensor(empty: [count], .int64)
    let p = result.pointer(Int.self)
    for i in 0..<count { p[i] = i }
    return result
  }

  /// The elements in row-major order as int64, for use as positions.
  func int64Values() throws(TensorError) -> [Int] {
    let t = try dense(.int64)
    return withExtendedLifetime(t) { Array(UnsafeBufferPointer(start: t.pointer(Int.self), count: t.count)) }
  }
}
