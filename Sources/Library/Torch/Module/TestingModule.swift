import Runtime
import Tensor

#if canImport(Glibc)
  import Glibc
#endif

/// `torch.testing.assert_close`.
enum TestingModule {
  static func make() -> Module {
    TorchModule.table("testing") { table in
      table.function(
        "assert_close",
        "(Any actual, Any expected, *, bool allow_subclasses=True, float? rtol=None, float? atol=None, bool equal_nan=False, bool check_device=True, bool check_dtype=True, bool check_layout=True, bool check_stride=False, Any? msg=None)",
        "Raises AssertionError where two values are not close.", isPython: true
      ) { (vm, args) throws(ExceptionObject) in
        let comparison = Comparison(
          rtol: args.double(3), atol: args.double(4), equalNaN: args.bool(5, default: false),
          checksType: args.bool(7, default: true),
          message: try args.value(10).map { (m) throws(ExceptionObject) in try vm.str(m) })
        try comparison.check(CreationMembers.rawValue(args, 0), CreationMembers.rawValue(args, 1), vm, place: "")
        return .none
      }
      table.alias("assert_close", "assert_allclose")
    }
  }

  private struct Comparison {
    let rtol: Double?
    let atol: Double?
    let equalNaN: Bool
    let checksType: Bool
    let message: String?

    func check(_ actual: Value, _ expected: Value, _ vm: VM, place: String) throws(ExceptionObject) {
      if let a = ArgumentConversion.sequence(actual), let b = ArgumentConversion.sequence(expected) {
        if a.count != b.count { throw failure("The length of the sequences mismatch: \(a.count) != \(b.count)", place) }
        for i in 0..<a.count { try check(a[i], b[i], vm, place: place + "[\(i)]") }
        return
      }
      if let a = actual.asDict, let b = expected.asDict {
        var position = 0
        while let (key, value) = a.next(&position) {
          guard let other = try b.get(key, vm) else {
            throw failure(
              "The keys of the mappings do not match:\nMissing keys in the expected mapping: [\(try vm.repr(key))]",
              place)
          }
          try check(value, other, vm, place: place + "[\(try vm.repr(key))]")
        }
        return
      }
      let a = TensorData.arrayTensor(actual)
      let b = TensorData.arrayTensor(expected)
      if let a, let b { return try tensors(a, b, place) }
      if a == nil, b == nil, let x = try ArgumentConversion.scalar(actual),
        let y = try ArgumentConversion.scalar(expected)
      {
        return try scalars(x, y, place, vm)
      }
      throw .type(
        "No comparison pair was able to handle inputs of type \(try vm.repr(.object(vm.type(of: actual)))) and \(try vm.repr(.object(vm.type(of: expected))))."
      )
    }

    private func failure(_ text: String, _ place: String) -> ExceptionObject {
      .make(
        Types.assertionError, message ?? (place.isEmpty ? text : text + "\n\nThe failure occurred for item \(place)"))
    }

    private func tolerance(_ a: DType, _ b: DType) -> (Double, Double) {
      if let rtol, let atol { return (rtol, atol) }
      func of(_ d: DType) -> (Double, Double) {
        switch d {
        case .float16: (1e-3, 1e-5)
        case .bfloat16: (1.6e-2, 1e-5)
        case .float32: (1.3e-6, 1e-5)
        case .float64: (1e-7, 1e-7)
        default: (0, 0)
        }
      }
      let (x, y) = (of(a), of(b))
      return (max(x.0, y.0), max(x.1, y.1))
    }

    private func tensors(_ a: Tensor, _ b: Tensor, _ place: String) throws(ExceptionObject) {
      if a.shape != b.shape {
        throw failure(
          "The values for attribute 'shape' do not match: torch.Size(\(a.shape.description)) != torch.Size(\(b.shape.description)).",
          place)
      }
      if checksType && a.dtype != b.dtype {
        throw failure(
          "The values for attribute 'dtype' do not match: torch.\(a.dtype.name) != torch.\(b.dtype.name).", place)
      }
      let (relative, absolute) = tolerance(a.dtype, b.dtype)
      let isExact = !a.dtype.isFloating && !b.dtype.isFloating
      var mismatches = 0
      var worst = (-1.0, 0)
      var worstRelative = (-1.0, 0)
      for (i, (p, q)) in zip(try elementIndices(of: a), try elementIndices(of: b)).enumerated() {
        let (x, y) = (a.double(at: p), b.double(at: q))
        if equalNaN && x.isNaN && y.isNaN { continue }
        let difference = x == y ? 0 : fabs(x - y)
        if !(difference <= absolute + relative * fabs(y)) { mismatches += 1 }
        if difference > worst.0 { worst = (difference, i) }
        let share =
          difference == 0 ? 0 : a.dtype == .float64 ? difference / fabs(y) : Double(Float(difference) / Float(fabs(y)))
        if share > worstRelative.0 { worstRelative = (share, i) }
      }
      if mismatches == 0 { return }
      let share = NumberText.fixed(Double(mismatches) / Double(max(a.count, 1)) * 100, precision: 1)
      let difference = isExact ? String(Int(worst.0)) : FloatText.repr(worst.0)
      func allowed(_ v: Double) -> String { isExact && v == 0 ? "" : " (up to \(FloatText.repr(v)) allowed)" }
      if a.ndim == 0 {
        throw failure(
          "Scalars are not \(isExact ? "equal" : "close")!\n\nExpected \(text(b)) but got \(text(a)).\nAbsolute difference: \(difference)\(allowed(absolute))\nRelative difference: \(FloatText.repr(worstRelative.0))\(allowed(relative))",
          place)
      }
      throw failure(
        "Tensor-likes are not \(isExact ? "equal" : "close")!\n\nMismatched elements: \(mismatches) / \(a.count) (\(share)%)\nGreatest absolute difference: \(difference) at index \(index(worst.1, a.shape))\(allowed(absolute))\nGreatest relative difference: \(FloatText.repr(worstRelative.0)) at index \(index(worstRelative.1, a.shape))\(allowed(relative))",
        place)
    }

    private func text(_ t: Tensor) -> String {
      switch t.onlyScalar {
      case .bool(let b): b ? "True" : "False"
      case .int(let i): String(i)
      case .float(let d): FloatText.repr(d)
      }
    }

    private func index(_ flat: Int, _ shape: Dims) -> String {
      var rest = flat
      var parts: [Int] = []
      for i in stride(from: shape.count - 1, through: 0, by: -1) {
        parts.insert(rest % shape[i], at: 0)
        rest /= shape[i]
      }
      return "(" + parts.map(String.init).joined(separator: ", ") + (parts.count == 1 ? ",)" : ")")
    }

    private func scalars(_ x: Scalar, _ y: Scalar, _ place: String, _ vm: VM) throws(ExceptionObject) {
      var isExact = true
      if case .float = x { isExact = false }
      if case .float = y { isExact = false }
      let relative = rtol ?? (isExact ? 0 : 1e-7)
      let absolute = atol ?? (isExact ? 0 : 1e-7)
      let difference = fabs(x.double - y.double)
      if x.double == y.double || difference <= absolute + relative * fabs(y.double) { return }
      if equalNaN && x.double.isNaN && y.double.isNaN { return }
      func allowed(_ v: Double) -> String { isExact && v == 0 ? "" : " (up to \(FloatText.repr(v)) allowed)" }
      let shown = isExact ? String(Int(difference)) : FloatText.repr(difference)
      throw failure(
        "Scalars are not \(isExact ? "equal" : "close")!\n\nExpected \(try vm.repr(ResultConversion.value(y))) but got \(try vm.repr(ResultConversion.value(x))).\nAbsolute difference: \(shown)\(allowed(absolute))\nRelative difference: \(FloatText.repr(difference / fabs(y.double)))\(allowed(relative))",
        place)
    }
  }
}
