extension OperationTable {
  private typealias O = Operations
  private typealias TT = (Tensor, Tensor) throws(TensorError) -> Tensor
  private typealias TS = (Tensor, Scalar) throws(TensorError) -> Tensor
  private typealias ST = (Scalar, Tensor) throws(TensorError) -> Tensor

  /// Arithmetic on two operands, and the in-place twins.
  static func arithmeticDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.reserveCapacity(80)
    addSums(&list)
    addProducts(&list)
    addDivisions(&list)
    addPowers(&list)
    addOthers(&list)
    addMixing(&list)
    return list
  }

  private static func addSums(_ list: inout [OperationDeclaration]) {
    for (name, isAlias) in [("add", false), ("sub", false), ("subtract", true)] {
      let isSum = name == "add"
      let plain: TT = isSum ? O.add : O.sub
      let declaration = OperationDeclaration(
        name,
        [
          Overload("(Tensor input, Tensor other, *, Scalar alpha=1)") { (a) throws(TensorError) in
            let alpha = a.scalar(2, default: .int(1))
            return .tensor(
              try isSum ? O.add(a.tensor(0), a.tensor(1), alpha: alpha) : O.sub(a.tensor(0), a.tensor(1), alpha: alpha))
          },
          Overload("(Tensor input, Scalar other, *, Scalar alpha=1)") { (a) throws(TensorError) in
            let number = try times(a.scalar(1, default: .int(0)), a.scalar(2), a.tensor(0))
            return .tensor(try isSum ? O.add(a.tensor(0), number) : O.sub(a.tensor(0), number))
          },
          Overload("(Scalar input, Tensor other, *, Scalar alpha=1)") { (a) throws(TensorError) in
            var other = try a.tensor(1)
            if let alpha = a.scalar(2) { other = try O.mul(other, alpha) }
            let number = a.scalar(0, default: .int(0))
            return .tensor(try isSum ? O.add(number, other) : O.sub(number, other))
          },
        ], faces: .both,
        doc: isAlias ? "The same as `sub`." : isSum ? "input + alpha · other." : "input − alpha · other.",
        example: isAlias ? "" : "\(name)(tensor([1., 2.]), tensor([10., 20.]), alpha=2)",
        gradientCheck: isAlias
          ? nil : checkMany([[2, 3], [3]]) { (x) throws(TensorError) in try plain(x[0], x[1]) })
      declaration.binary = plain
      list.append(declaration)
      let inPlace = declare(
        "\(name)_", .method, "In place: `\(name)`.", "",
        [
          Overload("(Tensor input, Tensor other, *, Scalar alpha=1)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            let alpha = a.scalar(2, default: .int(1))
            if isSum {
              try O.addInPlace(x, a.tensor(1), alpha: alpha)
            } else {
              try O.subInPlace(x, a.tensor(1), alpha: alpha)
            }
            return .tensor(x)
          },
          Overload("(Tensor input, Scalar other, *, Scalar alpha=1)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            let number = try times(a.scalar(1, default: .int(0)), a.scalar(2), x)
            if isSum { try O.addInPlace(x, number) } else { try O.subInPlace(x, number) }
            return .tensor(x)
          },
        ])
      inPlace.binary = { (x, y) throws(TensorError) in
        try isSum ? O.addInPlace(x, y) : O.subInPlace(x, y)
        return x
      }
      list.append(inPlace)
    }
    list.append(
      declare(
        "rsub", .function, "other − alpha · input.", "rsub(tensor([1., 2.]), 10)",
        [
          Overload("(Tensor input, Tensor other, *, Scalar alpha=1)") { (a) throws(TensorError) in
            .tensor(try O.sub(a.tensor(1), a.tensor(0), alpha: a.scalar(2, default: .int(1))))
          },
          Overload("(Tensor input, Scalar other, *, Scalar alpha=1)") { (a) throws(TensorError) in
            var x = try a.tensor(0)
            if let alpha = a.scalar(2) { x = try O.mul(x, alpha) }
            return .tensor(try O.sub(a.scalar(1, default: .int(0)), x))
          },
        ]))
  }

  /// `alpha · number`, with PyTorch's checks of alpha.
  private static func times(_ number: Scalar, _ alpha: Scalar?, _ x: Tensor) throws(TensorError) -> Scalar {
    guard let alpha, alpha != .int(1) else { return number }
    let type = Promotion.result(x, number)
    if case .bool = alpha, type != .bool { throw .runtime("Boolean alpha only supported for Boolean results.") }
    if case .float = alpha, !type.isFloating {
      throw .runtime("For integral input tensors, argument alpha must not be a floating point number.")
    }
    if case .int(let i) = number, case .int(let j) = alpha { return .int(i &* j) }
    return .float(number.double * alpha.double)
  }

  /// Declares an operation on tensor and number operands, and its in-place twin.
  private static func binary(
    _ list: inout [OperationDeclaration], _ names: [String], _ doc: String, _ example: String,
    in domain: ClosedRange<Double>? = nil, special: String? = nil,
    _ tensors: @escaping (Tensor, Tensor) throws(TensorError) -> Tensor,
    right: ((Tensor, Scalar) throws(TensorError) -> Tensor)? = nil,
    left: ((Scalar, Tensor) throws(TensorError) -> Tensor)? = nil,
    inPlace: ((Tensor, Tensor) throws(TensorError) -> Void)? = nil,
    inPlaceNumber: ((Tensor, Scalar) throws(TensorError) -> Void)? = nil
  ) {
    var overloads = [
      Overload("(Tensor input, Tensor other)") { (a) throws(TensorError) in
        .tensor(try tensors(a.tensor(0), a.tensor(1)))
      }
    ]
    if let right {
      overloads.append(
        Overload("(Tensor input, Scalar other)") { (a) throws(TensorError) in
          .tensor(try right(a.tensor(0), a.scalar(1, default: .int(0))))
        })
    }
    if let left {
      overloads.append(
        Overload("(Scalar input, Tensor other)") { (a) throws(TensorError) in
          .tensor(try left(a.scalar(0, default: .int(0)), a.tensor(1)))
        })
    }
    for (i, name) in names.enumerated() {
      let declaration = OperationDeclaration(
        name, overloads, faces: .both, doc: i == 0 ? doc : "The same as `\(names[0])`.",
        example: i == 0 ? example : "",
        gradientCheck: i == 0
          ? domain.map { checkMany([[2, 3], [3]], in: $0) { (x) throws(TensorError) in try tensors(x[0], x[1]) } } : nil
      )
      declaration.binary = tensors
      list.append(declaration)
      guard inPlace != nil || inPlaceNumber != nil else { continue }
      var forms: [Overload] = []
      if let inPlace {
        forms.append(
          Overload("(Tensor input, Tensor other)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            try inPlace(x, a.tensor(1))
            return .tensor(x)
          })
      }
      if let inPlaceNumber {
        forms.append(
          Overload("(Tensor input, Scalar other)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            try inPlaceNumber(x, a.scalar(1, default: .int(0)))
            return .tensor(x)
          })
      }
      list.append(OperationDeclaration(name + "_", forms, faces: .method, doc: "In place: `\(names[0])`."))
    }
    if let special {
      list.append(OperationDeclaration(special, overloads, faces: .special, doc: "The same as `torch.\(names[0])`."))
    }
  }

  private static func addProducts(_ list: inout [OperationDeclaration]) {
    binary(
      &list, ["mul", "multiply"], "input · other.", "mul(tensor([1., 2.]), 3)", in: -2...2, O.mul, right: O.mul,
      left: O.mul, inPlace: O.mulInPlace, inPlaceNumber: O.mulInPlace)
  }

  private static func addDivisions(_ list: inout [OperationDeclaration]) {
    for name in ["div", "divide"] {
      let declaration = OperationDeclaration(
        name,
        [
          Overload("(Tensor input, Tensor other, *, str? rounding_mode=None)") { (a) throws(TensorError) in
            if let mode = a.string(2) {
              return .tensor(try O.div(a.tensor(0), a.tensor(1), rounding: Rounding(mode)))
            }
            return .tensor(try O.div(a.tensor(0), a.tensor(1)))
          },
          Overload("(Tensor input, Scalar other, *, str? rounding_mode=None)") { (a) throws(TensorError) in
            let number = a.scalar(1, default: .int(1))
            if let mode = a.string(2) { return .tensor(try O.div(a.tensor(0), number, rounding: Rounding(mode))) }
            return .tensor(try O.div(a.tensor(0), number))
          },
        ], faces: .both,
        doc: name == "div"
          ? "input / other, always floating point; `rounding_mode` 'floor' or 'trunc' rounds the quotient."
          : "The same as `div`.",
        example: name == "div" ? "div(tensor([7, -7]), 2, rounding_mode='floor')" : "",
        gradientCheck: name == "div"
          ? checkMany([[2, 3], [3]], in: 0.5...2) { (x) throws(TensorError) in try O.div(x[0], x[1]) } : nil)
      declaration.binary = { (x, y) throws(TensorError) in try O.div(x, y) }
      list.append(declaration)
      list.append(
        declare(
          "\(name)_", .method, "In place: `div`.", "",
          [
            Overload("(Tensor input, Tensor other, *, str? rounding_mode=None)") { (a) throws(TensorError) in
              let x = try a.tensor(0)
              if let mode = a.string(2) {
                try O.divInPlace(x, a.tensor(1), rounding: Rounding(mode))
              } else {
                try O.divInPlace(x, a.tensor(1))
              }
              return .tensor(x)
            },
            Overload("(Tensor input, Scalar other, *, str? rounding_mode=None)") { (a) throws(TensorError) in
              let x = try a.tensor(0)
              let number = a.scalar(1, default: .int(1))
              if let mode = a.string(2) {
                try O.divInPlace(x, number, rounding: Rounding(mode))
              } else {
                try O.divInPlace(x, number)
              }
              return .tensor(x)
            },
          ]))
    }
    binary(
      &list, ["true_divide"], "input / other, always floating point.", "true_divide(tensor([1, 2]), 2)", O.div,
      right: O.div, inPlace: O.divInPlace, inPlaceNumber: O.divInPlace)
    binary(
      &list, ["floor_divide"], "The quotient rounded down.", "floor_divide(tensor([7, -7]), 2)", O.floorDivide,
      right: O.floorDivide, left: O.floorDivide, inPlace: O.floorDivideInPlace, inPlaceNumber: O.floorDivideInPlace)
    binary(
      &list, ["remainder"], "What is left of a division rounded down; the sign is the divisor's.",
      "remainder(tensor([7, -7]), 3)", O.remainder, right: O.remainder, left: O.remainder,
      inPlace: O.remainderInPlace, inPlaceNumber: O.remainderInPlace)
    binary(
      &list, ["fmod"], "What is left of a division rounded towards zero; the sign is the dividend's.",
      "fmod(tensor([7, -7]), 3)", O.fmod, right: O.fmod, inPlace: O.fmodInPlace, inPlaceNumber: O.fmodInPlace)
  }

  private static func addPowers(_ list: inout [OperationDeclaration]) {
    let pow = OperationDeclaration(
      "pow",
      [
        Overload("(Tensor input, Tensor exponent)") { (a) throws(TensorError) in
          .tensor(try O.pow(a.tensor(0), a.tensor(1)))
        },
        Overload("(Scalar self, Tensor exponent)") { (a) throws(TensorError) in
          .tensor(try O.pow(a.scalar(0, default: .int(1)), a.tensor(1)))
        },
        Overload("(Tensor input, Scalar exponent)") { (a) throws(TensorError) in
          .tensor(try O.pow(a.tensor(0), a.scalar(1, default: .int(1))))
        },
      ], faces: .both, doc: "input to the power of exponent.", example: "torch.pow(tensor([1., 2., 3.]), 2)",
      gradientCheck: GradientCheck([
        GradientCheck.Case([[2, 3], [3]], in: 0.5...2) { (x) throws(TensorError) in try O.pow(x[0], x[1]) },
        GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.pow(x[0], .int(3)) },
        GradientCheck.Case([[2, 3]], in: 0.5...2) { (x) throws(TensorError) in try O.pow(x[0], .float(-1.5)) },
        GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in try O.pow(.float(2.5), x[0]) },
      ]))
    pow.binary = { (x, y) throws(TensorError) in try O.pow(x, y) }
    list.append(pow)
    list.append(
      declare(
        "pow_", .method, "In place: `pow`.", "",
        [
          Overload("(Tensor input, Tensor exponent)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            try O.powInPlace(x, a.tensor(1))
            return .tensor(x)
          },
          Overload("(Tensor input, Scalar exponent)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            try O.powInPlace(x, a.scalar(1, default: .int(1)))
            return .tensor(x)
          },
        ]))
    list.append(
      declare(
        "float_power", .both, "The power computed in float64.", "float_power(tensor([2]), 3)",
        [
          Overload("(Tensor input, Tensor exponent)") { (a) throws(TensorError) in
            .tensor(try O.pow(O.cast(a.tensor(0), .float64), O.cast(a.tensor(1), .float64)))
          },
          Overload("(Tensor input, Scalar exponent)") { (a) throws(TensorError) in
            .tensor(try O.pow(O.cast(a.tensor(0), .float64), .float(a.double(1, default: 1))))
          },
          Overload("(Scalar input, Tensor exponent)") { (a) throws(TensorError) in
            .tensor(try O.pow(.float(a.double(0, default: 1)), O.cast(a.tensor(1), .float64)))
          },
        ]))
  }

  private static func addOthers(_ list: inout [OperationDeclaration]) {
    func stored(
      _ call: @escaping (Tensor, Tensor) throws(TensorError) -> Tensor
    ) -> (Tensor, Tensor) throws(TensorError) -> Void {
      { (x, y) throws(TensorError) in try O.writeRecorded(x, call(x, y)) }
    }
    binary(
      &list, ["atan2", "arctan2"], "The angle of the point (other, input).", "atan2(tensor([1.]), tensor([-1.]))",
      in: 0.3...2, O.atan2, inPlace: stored(O.atan2))
    binary(
      &list, ["hypot"], "√(input² + other²).", "hypot(tensor([3.]), tensor([4.]))", in: 0.3...2, O.hypot,
      inPlace: stored(O.hypot))
    binary(
      &list, ["maximum"], "The larger of two, elementwise.", "maximum(tensor([1., 5.]), tensor([3., 2.]))", in: -2...2,
      O.maximum)
    binary(
      &list, ["minimum"], "The smaller of two, elementwise.", "minimum(tensor([1., 5.]), tensor([3., 2.]))", in: -2...2,
      O.minimum)
    binary(
      &list, ["fmax"], "As `maximum`, but a number wins over NaN.", "fmax(tensor([1.]), tensor([float('nan')]))",
      in: -2...2, O.fmax)
    binary(
      &list, ["fmin"], "As `minimum`, but a number wins over NaN.", "fmin(tensor([1.]), tensor([float('nan')]))",
      in: -2...2, O.fmin)
    binary(
      &list, ["logaddexp"], "log(exp(input) + exp(other)) without overflow.",
      "logaddexp(tensor([1000.]), tensor([1000.]))", in: -2...2, O.logaddexp)
    binary(
      &list, ["logaddexp2"], "log2(2ᵃ + 2ᵇ) without overflow.", "logaddexp2(tensor([3.]), tensor([3.]))", in: -2...2,
      O.logaddexp2)
    binary(
      &list, ["copysign"], "The size of input with the sign of other.", "copysign(tensor([1., 2.]), -1)", in: 0.2...2,
      O.copysign, right: O.copysign, inPlace: stored(O.copysign),
      inPlaceNumber: { (x, y) throws(TensorError) in try O.writeRecorded(x, O.copysign(x, y)) })
    binary(
      &list, ["xlogy"], "input · log(other), 0 where input is 0.", "xlogy(tensor([0., 2.]), tensor([0., 3.]))",
      in: 0.3...2, special: "xlogy", O.xlogy, right: O.xlogy, left: O.xlogy, inPlace: stored(O.xlogy),
      inPlaceNumber: { (x, y) throws(TensorError) in try O.writeRecorded(x, O.xlogy(x, y)) })
    binary(
      &list, ["nextafter"], "The next number from input towards other.", "nextafter(tensor([1.]), tensor([2.])) > 1",
      O.nextafter)
    binary(&list, ["gcd"], "The greatest common divisor.", "gcd(tensor([12, 7]), tensor([18, 5]))", O.gcd)
    binary(&list, ["lcm"], "The least common multiple.", "lcm(tensor([4, 7]), tensor([6, 5]))", O.lcm)
    binary(
      &list, ["ldexp"], "input · 2ᵒᵗʰᵉʳ.", "ldexp(tensor([1.]), tensor([3]))", O.ldexp, inPlace: stored(O.ldexp))
    list.append(
      declare(
        "heaviside", .both, "(Tensor input, Tensor values)", "0 below zero, 1 above, `values` at zero.",
        "heaviside(tensor([-1., 0., 2.]), tensor([0.5]))"
      ) { (a) throws(TensorError) in .tensor(try O.heaviside(a.tensor(0), a.tensor(1))) })
  }

  private static func addMixing(_ list: inout [OperationDeclaration]) {
    list.append(
      declare(
        "lerp", .both, "input + weight · (end − input).", "lerp(tensor([0., 10.]), tensor([10., 20.]), 0.5)",
        check: checkMany([[2, 3], [2, 3], [3]]) { (x) throws(TensorError) in try O.lerp(x[0], x[1], x[2]) },
        [
          Overload("(Tensor input, Tensor end, Tensor weight)") { (a) throws(TensorError) in
            .tensor(try O.lerp(a.tensor(0), a.tensor(1), a.tensor(2)))
          },
          Overload("(Tensor input, Tensor end, Scalar weight)") { (a) throws(TensorError) in
            .tensor(try O.lerp(a.tensor(0), a.tensor(1), a.scalar(2, default: .int(0))))
          },
        ]))
    list.append(
      declare(
        "lerp_", .method, "In place: `lerp`.", "",
        [
          Overload("(Tensor input, Tensor end, Tensor weight)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            try O.lerpInPlace(x, a.tensor(1), a.tensor(2))
            return .tensor(x)
          },
          Overload("(Tensor input, Tensor end, Scalar weight)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            try O.lerpInPlace(x, a.tensor(1), a.scalar(2, default: .int(0)))
            return .tensor(x)
          },
        ]))
    let signature = "(Tensor input, Tensor tensor1, Tensor tensor2, *, Scalar value=1)"
    list.append(
      declare(
        "addcmul", .both, "input + value · tensor1 · tensor2.",
        "addcmul(tensor([1.]), tensor([2.]), tensor([3.]), value=10)",
        check: checkMany([[2, 3], [3], [2, 1]]) { (x) throws(TensorError) in
          try O.addcmul(x[0], x[1], x[2], value: .float(0.5))
        },
        [
          Overload(signature) { (a) throws(TensorError) in
            .tensor(try O.addcmul(a.tensor(0), a.tensor(1), a.tensor(2), value: a.scalar(3, default: .int(1))))
          }
        ]))
    list.append(
      declare(
        "addcdiv", .both, "input + value · tensor1 / tensor2.",
        "addcdiv(tensor([1.]), tensor([6.]), tensor([3.]), value=10)",
        check: checkMany([[2, 3], [3], [2, 1]], in: 0.5...2) { (x) throws(TensorError) in
          try O.addcdiv(x[0], x[1], x[2], value: .float(0.5))
        },
        [
          Overload(signature) { (a) throws(TensorError) in
            .tensor(try O.addcdiv(a.tensor(0), a.tensor(1), a.tensor(2), value: a.scalar(3, default: .int(1))))
          }
        ]))
    list.append(
      declare("addcmul_", .method, signature, "In place: `addcmul`.") { (a) throws(TensorError) in
        let x = try a.tensor(0)
        try O.addcmulInPlace(x, a.tensor(1), a.tensor(2), value: a.scalar(3, default: .int(1)))
        return .tensor(x)
      })
    list.append(
      declare("addcdiv_", .method, signature, "In place: `addcdiv`.") { (a) throws(TensorError) in
        let x = try a.tensor(0)
        try O.addcdivInPlace(x, a.tensor(1), a.tensor(2), value: a.scalar(3, default: .int(1)))
        return .tensor(x)
      })
  }
}
