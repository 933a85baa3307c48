import Runtime
import Tensor

/// Loops over elements for functions that are written in the language otherwise.
enum InnerLoops {
  static func add(to table: MemberTable) {
    table.native("_add_at(a, places, values)", "Adds values at positions of an array of one dimension.") {
      (vm, args) throws(ExceptionObject) in
      guard case .object(let o) = args[0], let a = o as? NDArray else { throw .type("first operand must be array") }
      try a.requireWritable()
      try addAt(a.tensor, NumPyCore.ints(NumPyArray.from(args[1], vm)), NumPyArray.from(args[2], vm))
      return .none
    }
    table.native("_interp(x, xp, fp, left, right)", "Values between points, whose places ascend.") {
      (vm, args) throws(ExceptionObject) in
      let x = try NumPyArray.from(args[0], vm)
      let (xp, fp) = (
        NumPyCore.doubles(try NumPyArray.from(args[1], vm)), NumPyCore.doubles(try NumPyArray.from(args[2], vm))
      )
      guard !xp.isEmpty, xp.count == fp.count else { throw .value("fp and xp are not of the same length.") }
      let left = try CreationFunctions.number(args[3], vm)
      let right = try CreationFunctions.number(args[4], vm)
      let values = NumPyCore.doubles(x).map { between($0, xp, fp, left, right) }
      return NDArray.result(NumPyCore.make(values, x.shape.array))
    }
    table.native("_convolve(a, v)", "All sums of products of two vectors moved along each other.") {
      (vm, args) throws(ExceptionObject) in
      let (a, v) = (try NumPyArray.from(args[0], vm), try NumPyArray.from(args[1], vm))
      let type = NumPyArray.promote(a.dtype, v.dtype)
      if a.count == 0 || v.count == 0 { throw .value("a cannot be empty") }
      try NumPyCore.requireRoom([a.count + v.count])
      let n = a.count + v.count - 1
      if type.isFloating {
        let (x, y) = (NumPyCore.doubles(a), NumPyCore.doubles(v))
        var full = [Double](repeating: 0, count: n)
        for i in x.indices { for j in y.indices { full[i + j] += x[i] * y[j] } }
        return .object(NDArray(NumPyCore.make(full, [n], type)))
      }
      let (x, y) = (NumPyCore.ints(a), NumPyCore.ints(v))
      var full = [Int](repeating: 0, count: n)
      for i in x.indices { for j in y.indices { full[i + j] = full[i + j] &+ x[i] &* y[j] } }
      return .object(NDArray(NumPyCore.make(full, [n], type)))
    }
  }

  private static func addAt(_ t: Tensor, _ places: [Int], _ values: Tensor) throws(ExceptionObject) {
    guard t.ndim == 1, values.count == places.count else { throw .value("as many values as positions are needed") }
    for p in places where p < 0 || p >= t.count {
      throw .index("index \(p) is out of bounds for axis 0 with size \(t.count)")
    }
    t.willChangeElements()
    if t.dtype.isFloating {
      var sums = NumPyCore.doubles(t)
      for (p, v) in zip(places, NumPyCore.doubles(values)) {
        let sum = sums[p] + v
        sums[p] = t.dtype == .float32 ? Double(Float(sum)) : sum
      }
      try NumPyCore.assign(t, NumPyCore.make(sums, [t.count], t.dtype))
    } else {
      var sums = NumPyCore.ints(t)
      for (p, v) in zip(places, NumPyCore.ints(values)) { sums[p] = sums[p] &+ v }
      try NumPyCore.assign(t, NumPyCore.make(sums, [t.count], t.dtype))
    }
  }

  private static func between(_ x: Double, _ xp: [Double], _ fp: [Double], _ left: Double, _ right: Double) -> Double {
    let last = xp.count - 1
    if x.isNaN { return x }
    if x < xp[0] { return left }
    if x > xp[last] { return right }
    if x == xp[last] { return fp[last] }
    let j = min(max(ReductionFunctions.search(xp, x, right: true) - 1, 0), max(last - 1, 0))
    if x == xp[j] || last == 0 { return fp[j] }
    let slope = (fp[j + 1] - fp[j]) / (xp[j + 1] - xp[j])
    var value = slope * (x - xp[j]) + fp[j]
    if value.isNaN { value = slope * (x - xp[j + 1]) + fp[j + 1] }
    return value.isNaN && fp[j] == fp[j + 1] ? fp[j] : value
  }
}
