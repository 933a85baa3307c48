import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

extension RandomStream {
  /// Gamma numbers by Marsaglia and Tsang.
  func gamma(_ shape: Double) -> Double {
    if shape == 1 { return exponential() }
    if shape == 0 { return 0 }
    if shape < 1 {
      while true {
        let (u, v) = (double(), exponential())
        if u <= 1 - shape {
          let x = pow(u, 1 / shape)
          if x <= v { return x }
        } else {
          let y = -log((1 - u) / shape)
          let x = pow(1 - shape + shape * y, 1 / shape)
          if x <= v + y { return x }
        }
      }
    }
    let b = shape - 1 / 3.0
    let c = 1 / (9 * b).squareRoot()
    while true {
      var (x, v): (Double, Double)
      repeat {
        x = gauss()
        v = 1 + c * x
      } while v <= 0
      v = v * v * v
      let u = double()
      if u < 1 - 0.0331 * (x * x) * (x * x) { return b * v }
      if log(u) < 0.5 * x * x + b * (1 - v + log(v)) { return b * v }
    }
  }

  func beta(_ a: Double, _ b: Double) -> Double {
    if a <= 1 && b <= 1 {
      while true {
        let (u, v) = (double(), double())
        let (x, y) = (pow(u, 1 / a), pow(v, 1 / b))
        if x + y <= 1 && u + v > 0 {
          if x + y > 0 { return x / (x + y) }
          var (logX, logY) = (log(u) / a, log(v) / b)
          let largest = max(logX, logY)
          logX -= largest
          logY -= largest
          return exp(logX - log(exp(logX) + exp(logY)))
        }
      }
    }
    let (x, y) = (gamma(a), gamma(b))
    return x / (x + y)
  }

  /// A uniform number that `accepts` takes, put through `formula`.
  private func uniform(where accepts: (Double) -> Bool, _ formula: (Double) -> Double) -> Double {
    while true {
      let u = double()
      if accepts(u) { return formula(u) }
    }
  }

  func laplace(_ loc: Double, _ scale: Double) -> Double {
    uniform(where: { $0 > 0 }) { $0 >= 0.5 ? loc - scale * log(2 - $0 - $0) : loc + scale * log($0 + $0) }
  }

  func gumbel(_ loc: Double, _ scale: Double) -> Double {
    uniform(where: { 1 - $0 < 1 }) { loc - scale * log(-log(1 - $0)) }
  }

  func logistic(_ loc: Double, _ scale: Double) -> Double {
    uniform(where: { $0 > 0 }) { loc + scale * log($0 / (1 - $0)) }
  }

  func geometric(_ p: Double) -> Int {
    if p < 0.333333333333333333333333 {
      let z = isLegacy ? ceil(log1p(-double()) / log(1 - p)) : ceil(-exponential() / log1p(-p))
      return Int(exactly: z) ?? Int.max
    }
    var (count, sum, product) = (1, p, p)
    let u = double()
    while u > sum && count < 10_000 {
      product *= 1 - p
      sum += product
      count += 1
    }
    return count
  }
}

/// The less common distributions of `np.random`, `RandomState` and `Generator`.
enum Distributions {
  static let missing = [
    "vonmises", "hypergeometric", "noncentral_chisquare", "noncentral_f", "wald", "zipf", "logseries",
  ]

  static func add(to table: MemberTable, _ of: @escaping (VM) -> any RandomStream) {
    /// One or two parameters, which may be arrays; `least` is what each must exceed.
    func declare(
      _ signature: String, _ doc: String, _ defaults: [Double?], positive: [String],
      _ draw: @escaping (any RandomStream, Double, Double) -> Double
    ) {
      let n = defaults.count
      table.native(signature, doc) { (vm, args) throws(ExceptionObject) in
        func parameter(_ i: Int) -> Value { i >= n ? .float(0) : args.has(i) ? args[i] : .float(defaults[i] ?? 0) }
        for (i, name) in positive.enumerated() where !name.isEmpty {
          for v in NumPyCore.doubles(try NumPyArray.from(parameter(i), vm)) where !(v > 0) {
            // NumPy lets a width of zero pass.
            if v == 0 && (name == "scale" || name == "shape" || name == "sigma") { continue }
            throw .value("\(name) \(name == "scale" || name == "shape" || name == "sigma" ? "<" : "<=") 0")
          }
        }
        let stream = of(vm)
        return try Draws.parametric(parameter(0), parameter(1), args.given(n), vm) { draw(stream, $0, $1) }
      }
    }
    declare("standard_exponential(size=None)", "Exponential numbers.", [], positive: []) { (s, _, _) in s.exponential()
    }
    declare("standard_cauchy(size=None)", "Cauchy numbers.", [], positive: []) { (s, _, _) in
      let above = s.gauss()
      return above / s.gauss()
    }
    declare("standard_gamma(shape, size=None)", "Gamma numbers.", [nil], positive: ["shape"]) { (s, a, _) in s.gamma(a)
    }
    declare("gamma(shape, scale=1.0, size=None)", "Gamma numbers.", [nil, 1], positive: ["shape", "scale"]) {
      $2 * $0.gamma($1)
    }
    declare("beta(a, b, size=None)", "Beta numbers.", [nil, nil], positive: ["a", "b"]) { $0.beta($1, $2) }
    declare("chisquare(df, size=None)", "Chi-square numbers.", [nil], positive: ["df"]) { (s, df, _) in
      2 * s.gamma(df / 2)
    }
    declare("f(dfnum, dfden, size=None)", "F numbers.", [nil, nil], positive: ["dfnum", "dfden"]) { (s, a, b) in
      let above = 2 * s.gamma(a / 2) * b
      return above / (2 * s.gamma(b / 2) * a)
    }
    declare("standard_t(df, size=None)", "Student's t.", [nil], positive: ["df"]) { (s, df, _) in
      let above = s.gauss()
      return (df / 2).squareRoot() * above / s.gamma(df / 2).squareRoot()
    }
    declare("laplace(loc=0.0, scale=1.0, size=None)", "Laplace numbers.", [0, 1], positive: ["", "scale"]) {
      $0.laplace($1, $2)
    }
    declare("logistic(loc=0.0, scale=1.0, size=None)", "Logistic numbers.", [0, 1], positive: ["", "scale"]) {
      $0.logistic($1, $2)
    }
    declare("gumbel(loc=0.0, scale=1.0, size=None)", "Gumbel numbers.", [0, 1], positive: ["", "scale"]) {
      $0.gumbel($1, $2)
    }
    declare(
      "lognormal(mean=0.0, sigma=1.0, size=None)", "Numbers whose logarithm is normal.", [0, 1],
      positive: ["", "sigma"]
    ) {
      exp($1 + $2 * $0.gauss())
    }
    declare("rayleigh(scale=1.0, size=None)", "Rayleigh numbers.", [1], positive: ["scale"]) { (s, scale, _) in
      scale * (s.isLegacy ? -2 * log(1 - s.double()) : 2 * s.exponential()).squareRoot()
    }
    declare("weibull(a, size=None)", "Weibull numbers.", [nil], positive: ["a"]) { (s, a, _) in
      pow(s.exponential(), 1 / a)
    }
    declare("pareto(a, size=None)", "Pareto numbers.", [nil], positive: ["a"]) { (s, a, _) in
      s.isLegacy ? exp(s.exponential() / a) - 1 : expm1(s.exponential() / a)
    }
    declare("power(a, size=None)", "Numbers by a power law.", [nil], positive: ["a"]) { (s, a, _) in
      pow(s.isLegacy ? 1 - exp(-s.exponential()) : -expm1(-s.exponential()), 1 / a)
    }
    addCounts(to: table, of)
    addVectors(to: table, of)
  }

  private static func addCounts(to table: MemberTable, _ of: @escaping (VM) -> any RandomStream) {
    func counts(_ size: Value?, _ vm: VM, _ draw: () -> Int) throws(ExceptionObject) -> Value {
      guard let shape = try Draws.size(size, vm) else { return .int(draw()) }
      return .object(NDArray(NumPyCore.make((0..<shape.reduce(1, *)).map { _ in draw() }, shape)))
    }
    table.native("geometric(p, size=None)", "Trials up to the first success.") { (vm, args) throws(ExceptionObject) in
      let p = try CreationFunctions.number(args[0], vm)
      if !(p > 0 && p <= 1) { throw .value("p <= 0, p > 1 or p contains NaNs") }
      let stream = of(vm)
      return try counts(args.given(1), vm) { stream.geometric(p) }
    }
    table.native("negative_binomial(n, p, size=None)", "Failures before n successes.") {
      (vm, args) throws(ExceptionObject) in
      let (n, p) = (try CreationFunctions.number(args[0], vm), try CreationFunctions.number(args[1], vm))
      if !(n > 0) { throw .value("n <= 0") }
      if !(p > 0 && p <= 1) { throw .value("p < 0, p > 1 or p is NaN") }
      if !((1 - p) / p * (n + 10 * n.squareRoot()) < 1e15) {
        throw .value("n too large or p too small, see Generator.negative_binomial Notes")
      }
      let stream = of(vm)
      return try counts(args.given(2), vm) { stream.poisson((1 - p) / p * stream.gamma(n)) }
    }
    table.native("triangular(left, mode, right, size=None)", "Numbers between two ends, most near the mode.") {
      (vm, args) throws(ExceptionObject) in
      let left = try CreationFunctions.number(args[0], vm)
      let mode = try CreationFunctions.number(args[1], vm)
      let right = try CreationFunctions.number(args[2], vm)
      if left > mode { throw .value("left > mode") }
      if mode > right { throw .value("mode > right") }
      if left == right { throw .value("left == right") }
      let stream = of(vm)
      let base = right - left
      return try Draws.doubles(Draws.size(args.given(3), vm)) {
        let u = stream.double()
        if u <= (mode - left) / base { return left + (u * (mode - left) * base).squareRoot() }
        return right - ((1 - u) * (right - mode) * base).squareRoot()
      }
    }
  }

  private static func addVectors(to table: MemberTable, _ of: @escaping (VM) -> any RandomStream) {
    table.native("multinomial(n, pvals, size=None)", "How often each outcome comes up.") {
      (vm, args) throws(ExceptionObject) in
      guard let n = try ArgumentConversion.int(args[0]), n >= 0, n <= 10_000_000 else { throw .value("n < 0") }
      let p = NumPyCore.doubles(try NumPyArray.from(args[1], vm))
      if p.contains(where: { !($0 >= 0 && $0 <= 1) }) { throw .value("pvals < 0, pvals > 1 or pvals contains NaNs") }
      if p.dropLast().reduce(0, +) > 1 + 1e-12 { throw .value("sum(pvals[:-1]) > 1.0") }
      let shape = try Draws.size(args.given(2), vm) ?? []
      _ = try NumPyCore.checked(shape + [p.count], .int64)
      let stream = of(vm)
      var found: [Int] = []
      for _ in 0..<shape.reduce(1, *) {
        var row = [Int](repeating: 0, count: p.count)
        var (left, sum) = (n, 1.0)
        for j in 0..<max(p.count - 1, 0) {
          row[j] = stream.binomial(left, min(p[j] / sum, 1))
          left -= row[j]
          if left <= 0 { break }
          sum -= p[j]
        }
        if left > 0 && !row.isEmpty { row[row.count - 1] = left }
        found += row
      }
      return .object(NDArray(NumPyCore.make(found, shape + [p.count])))
    }
    table.native("dirichlet(alpha, size=None)", "Vectors that sum to one.") { (vm, args) throws(ExceptionObject) in
      let alpha = NumPyCore.doubles(try NumPyArray.from(args[0], vm))
      if !of(vm).isLegacy, let most = alpha.max(), most < 0.1 {
        throw .notImplemented("Generator.dirichlet with all alpha below 0.1 is not available in tnb")
      }
      if alpha.contains(where: { !($0 > 0) }) { throw .value("alpha <= 0") }
      let shape = try Draws.size(args.given(1), vm) ?? []
      _ = try NumPyCore.checked(shape + [alpha.count], .float64)
      let stream = of(vm)
      var found: [Double] = []
      for _ in 0..<shape.reduce(1, *) {
        let row = alpha.map { stream.gamma($0) }
        let scale = 1 / row.reduce(0, +)
        found += row.map { $0 * scale }
      }
      return .object(NDArray(NumPyCore.make(found, shape + [alpha.count])))
    }
    table.native(
      "multivariate_normal(mean, cov, size=None, check_valid='warn', tol=1e-08)", "Normal vectors."
    ) { (vm, args) throws(ExceptionObject) in
      let (mean, cov) = (try NumPyArray.from(args[0], vm), try NumPyArray.from(args[1], vm))
      if mean.ndim != 1 { throw .value("mean must be 1 dimensional") }
      if cov.ndim != 2 || cov.shape[0] != cov.shape[1] { throw .value("cov must be 2 dimensional and square") }
      let n = mean.shape[0]
      if n != cov.shape[0] { throw .value("mean and cov must have same length") }
      let shape = try Draws.size(args.given(2), vm) ?? []
      _ = try NumPyCore.checked(shape + [n], .float64)
      let stream = of(vm)
      let count = shape.reduce(1, *)
      let drawn = NumPyCore.make((0..<count * n).map { _ in stream.gauss() }, [count, n])
      let wide = NumPyCore.cast(cov, .float64)
      let result = try core { () throws(TensorError) in
        let (u, s, v) = try Operations.svd(wide, full: true)
        // The newer generator takes the left vectors; for a covariance they are the right ones but for their sign.
        let factor =
          try stream.isLegacy
          ? Operations.mul(Operations.unsqueeze(Operations.sqrt(s), 1), v)
          : Operations.transpose(Operations.mul(u, Operations.unsqueeze(Operations.sqrt(s), 0)), 0, 1)
        return try Operations.add(Operations.matmul(drawn, factor), NumPyCore.cast(mean, .float64))
      }
      return .object(NDArray(NumPyCore.reshape(result, shape + [n])))
    }
  }
}
