import BigInt
import Glibc
import Language
import Runtime

extension MathModule {
  static func addIntegers(_ m: ModuleBuilder) {
    m.add("factorial(n, /)", "The product of 1 to n.") { (vm, args) throws(ExceptionObject) in
      let n = try vm.integer(args[0])
      switch n {
      case .small(let i):
        if i < 0 { throw .value("factorial() not defined for negative values") }
        if i <= 20 { return .int(i < 2 ? 1 : (2...i).reduce(1, *)) }
        if i > 200_000 { throw .memory("factorial of a number past 200000 is not available in tnb") }
        return BigIntObject.make(try product(1, i))
      case .big(let b):
        if b.sign == .minus { throw .value("factorial() not defined for negative values") }
        throw .overflow("factorial() argument should not exceed 9223372036854775807")
      }
    }
    m.add("gcd(*integers)", "The greatest common divisor.") { (vm, args) throws(ExceptionObject) in
      var result = BigUInt(0)
      for value in args[0].asTuple?.items ?? [] {
        result = try BigArithmetic.greatestCommonDivisor(result, vm.integer(value).bigInt.magnitude)
      }
      return BigIntObject.make(BigInt(result))
    }
    m.add("lcm(*integers)", "The least common multiple.") { (vm, args) throws(ExceptionObject) in
      var result = BigUInt(1)
      for value in args[0].asTuple?.items ?? [] {
        let n = try vm.integer(value).bigInt.magnitude
        if n.isZero { return .int(0) }
        let common = try BigArithmetic.greatestCommonDivisor(result, n)
        result = try BigArithmetic.multiply(BigArithmetic.divide(result, common).quotient, n)
      }
      return BigIntObject.make(BigInt(result))
    }
    m.add("isqrt(n, /)", "The integer part of the square root.") { (vm, args) throws(ExceptionObject) in
      let n = try vm.integer(args[0]).bigInt
      if n.sign == .minus { throw .value("isqrt() argument must be nonnegative") }
      return BigIntObject.make(BigInt(try BigArithmetic.squareRoot(n.magnitude)))
    }
    m.add("comb(n, k, /)", "Ways to choose k of n items without order.") { (vm, args) throws(ExceptionObject) in
      let (n, k) = try counts(args[0], args[1], vm)
      if k > n { return .int(0) }
      let few = min(k, n - k)
      if few > 100_000 { throw .memory() }
      var result = BigInt(1)
      for i in 0..<few {
        try Interrupts.check()
        result = result * BigInt(n - i) / BigInt(i + 1)
      }
      return BigIntObject.make(result)
    }
    m.add("perm(n, k=None, /)", "Ways to choose k of n items in order; all n without k.") {
      (vm, args) throws(ExceptionObject) in
      let (n, k) = try counts(args[0], args.given(1) ?? args[0], vm)
      if k > n { return .int(0) }
      if k > 200_000 { throw .memory() }
      return BigIntObject.make(k == 0 ? 1 : try product(n - k + 1, n))
    }
  }

  private static func counts(_ n: Value, _ k: Value, _ vm: VM) throws(ExceptionObject) -> (Int, Int) {
    guard let n = try vm.integer(n).int, let k = try vm.integer(k).int else {
      throw .overflow("argument should not exceed 9223372036854775807")
    }
    if n < 0 { throw .value("n must be a non-negative integer") }
    if k < 0 { throw .value("k must be a non-negative integer") }
    return (n, k)
  }

  /// low × … × high by halves, so that factors stay of like size.
  private static func product(_ low: Int, _ high: Int) throws(ExceptionObject) -> BigInt {
    if high - low < 8 {
      var result = BigInt(low)
      for i in stride(from: low + 1, through: high, by: 1) { result *= BigInt(i) }
      return result
    }
    let middle = low + (high - low) / 2
    return try BigArithmetic.multiply(product(low, middle), product(middle + 1, high))
  }

  static func addSeveral(_ m: ModuleBuilder) {
    m.add("prod(iterable, /, *, start=1)", "start times all items.") { (vm, args) throws(ExceptionObject) in
      var result = args.has(1) ? args[1] : .int(1)
      let iterator = try vm.iterator(args[0])
      while let item = try vm.next(iterator) { result = try vm.binary(.multiply, result, item) }
      return result
    }
    m.add("fsum(seq, /)", "The exact sum of floats, rounded once.") { (vm, args) throws(ExceptionObject) in
      let iterator = try vm.iterator(args[0])
      var sum = ExactSum()
      while let item = try vm.next(iterator) { sum.add(try vm.double(item)) }
      return .float(try sum.result())
    }
    m.add("hypot(*coordinates)", "The length of a vector.") { (vm, args) throws(ExceptionObject) in
      var all: [Double] = []
      for value in args[0].asTuple?.items ?? [] { all.append(try vm.double(value)) }
      return .float(length(all))
    }
    m.add("dist(p, q, /)", "The distance between two points.") { (vm, args) throws(ExceptionObject) in
      let p = try vm.items(args[0])
      let q = try vm.items(args[1])
      guard p.count == q.count else {
        throw .value("both points must have the same number of dimensions")
      }
      var all: [Double] = []
      for (a, b) in zip(p, q) { all.append(try vm.double(a) - vm.double(b)) }
      return .float(length(all))
    }
  }

  /// The root of the sum of squares, correctly rounded nearly always: squares are summed in double the precision, and the
  /// root is corrected by its residue.
  private static func length(_ all: [Double]) -> Double {
    if all.contains(where: \.isInfinite) { return .infinity }
    if all.contains(where: \.isNaN) { return .nan }
    let largest = all.map(\.magnitude).max() ?? 0
    if largest == 0 { return 0 }
    // A power of two scales without rounding.
    let exponent = largest.exponent
    var sum = 0.0
    var rest = 0.0
    for value in all {
      let x = Glibc.scalbn(value, Int32(-exponent))
      let square = x * x
      let low = (-square).addingProduct(x, x)
      let high = sum + square
      rest += (sum.magnitude >= square ? (sum - high) + square : (square - high) + sum) + low
      sum = high
    }
    var root = (sum + rest).squareRoot()
    let square = root * root
    let residue = (sum - square) + (rest - (-square).addingProduct(root, root))
    root += residue / (2 * root)
    return Glibc.scalbn(root, Int32(exponent))
  }
}

/// Shewchuk's summation: partial sums that do not overlap, as CPython's `math.fsum`.
struct ExactSum {
  private var partials: [Double] = []
  private var special = 0.0

  mutating func add(_ value: Double) {
    guard value.isFinite else {
      special += value
      return
    }
    var x = value
    var used = 0
    for i in partials.indices {
      var y = partials[i]
      if x.magnitude < y.magnitude { swap(&x, &y) }
      let high = x + y
      let low = y - (high - x)
      if low != 0 {
        partials[used] = low
        used += 1
      }
      x = high
    }
    partials.removeSubrange(used...)
    partials.append(x)
  }

  func result() throws(ExceptionObject) -> Double {
    if special != 0 || special.isNaN {
      if special.isNaN { throw .value("-inf + inf in fsum") }
      return special
    }
    guard var high = partials.last else { return 0 }
    var n = partials.count - 1
    var low = 0.0
    while n > 0 {
      let x = high
      n -= 1
      let y = partials[n]
      high = x + y
      low = y - (high - x)
      if low != 0 { break }
    }
    // Half-even rounding across the partials that are left.
    if n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0)) {
      let y = low * 2
      let x = high + y
      if y == x - high { high = x }
    }
    if high.isInfinite { throw .overflow("intermediate overflow in fsum") }
    return high
  }
}
