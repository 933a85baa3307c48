// Windows of signal processing.

extension OperationTable {
  static func windowFunctionDeclarations() -> [OperationDeclaration] {
    typealias O = Operations
    func window(
      _ name: String, _ doc: String, parameters: String = "",
      _ formula: @escaping (Int, DType, OperationArguments) throws(TensorError) -> Tensor
    ) -> OperationDeclaration {
      let count = parameters.split(separator: ",").count
      return declare(
        name, .function, "(int window_length, bool periodic=True\(parameters), *, \(factoryOptions))", doc, "\(name)(4)"
      ) { (a) throws(TensorError) in
        let length = a.int(0, default: 0)
        let dtype = a.dtype(2 + count) ?? DType.defaultFloat
        if length < 0 || length > 1 << 40 {
          throw .runtime("\(name) requires non-negative window_length, got window_length=\(length)")
        }
        guard dtype.isFloating else {
          throw .runtime(
            "\(name) expects floating point dtypes, got: TensorOptions(dtype=\(dtype.cppName), device=cpu, layout=Strided, requires_grad=false (default), pinned_memory=false (default), memory_format=(nullopt))"
          )
        }
        _ = try Tensor(empty: [length + 1], .int64)
        let grad = a.bool(5 + count, default: false)
        if length < 2 { return .tensor(try Tensor.filled([length], dtype, .int(1)).requiringGrad(grad)) }
        let periodic = a.bool(1, default: true)
        let full = try O.withoutGrad { () throws(TensorError) in try formula(periodic ? length + 1 : length, dtype, a) }
        return .tensor(try (periodic ? O.narrow(full, 0, 0, length).copied() : full).requiringGrad(grad))
      }
    }
    func steps(_ n: Int, _ dtype: DType, _ factor: Double) throws(TensorError) -> Tensor {
      try O.mul(O.cast(Tensor.vector(Array(0..<n)), dtype), .float(factor))
    }
    func cosine(_ n: Int, _ dtype: DType, _ alpha: Double, _ beta: Double) throws(TensorError) -> Tensor {
      let x = try O.cos(steps(n, dtype, 2 * Double.pi / Double(n - 1)))
      return try O.add(O.mul(x, .float(-beta)), .float(alpha))
    }
    return [
      window("hann_window", "Half a cosine wave, raised to run from zero to zero.") {
        (n, dtype, _) throws(TensorError) in
        try cosine(n, dtype, 0.5, 0.5)
      },
      window(
        "hamming_window", "A cosine wave that ends a little above zero.",
        parameters: ", float alpha=0.54, float beta=0.46"
      ) { (n, dtype, a) throws(TensorError) in
        try cosine(n, dtype, a.double(2, default: 0.54), a.double(3, default: 0.46))
      },
      window("blackman_window", "A sum of two cosine waves.") { (n, dtype, _) throws(TensorError) in
        let x = try steps(n, dtype, Double.pi / Double(n - 1))
        let quick = try O.mul(O.cos(O.mul(x, .int(4))), .float(0.08))
        let slow = try O.mul(O.cos(O.mul(x, .int(2))), .float(0.5))
        return try O.add(O.sub(quick, slow), .float(0.42))
      },
      window("bartlett_window", "A triangle.") { (n, dtype, _) throws(TensorError) in
        let x = try steps(n, dtype, 2 / Double(n - 1))
        let first = ((n - 1) >> 1) + 1
        let rising = try O.narrow(x, 0, 0, first)
        let falling = try O.sub(.int(2), O.narrow(x, 0, first, n - first))
        return try O.cat([rising, falling], 0)
      },
    ]
  }
}
