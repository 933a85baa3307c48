extension OperationTable {
  private typealias O = Operations

  /// Comparisons, logic, bits, choice and limits.
  static func logicDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    addComparisons(&list)
    addLogic(&list)
    addBits(&list)
    addWhole(&list)
    addLimits(&list)
    addCopying(&list)
    addTypes(&list)
    return list
  }

  private static func addComparisons(_ list: inout [OperationDeclaration]) {
    let tests: [(Comparison, [String], String)] = [
      (.eq, ["eq"], "equal"), (.ne, ["ne", "not_equal"], "different"), (.lt, ["lt", "less"], "smaller"),
      (.le, ["le", "less_equal"], "smaller or equal"), (.gt, ["gt", "greater"], "larger"),
      (.ge, ["ge", "greater_equal"], "larger or equal"),
    ]
    for (test, names, word) in tests {
      for name in names {
        let declaration = OperationDeclaration(
          name,
          [
            Overload("(Tensor input, Tensor other)") { (a) throws(TensorError) in
              .tensor(try O.compare(test, a.tensor(0), a.tensor(1)))
            },
            Overload("(Tensor input, Scalar other)") { (a) throws(TensorError) in
              .tensor(try O.compare(test, a.tensor(0), a.scalar(1, default: .int(0))))
            },
          ], faces: .both, doc: "Where input is \(word).", example: "\(name)(tensor([1, 2, 3]), 2)")
        declaration.binary = { (x, y) throws(TensorError) in try O.compare(test, x, y) }
        list.append(declaration)
        list.append(
          declare(
            "\(name)_", .method, "In place: `\(name)`, in the tensor's own type.", "",
            [
              Overload("(Tensor input, Tensor other)") { (a) throws(TensorError) in
                let x = try a.tensor(0)
                try O.compareInPlace(test, x, a.tensor(1))
                return .tensor(x)
              },
              Overload("(Tensor input, Scalar other)") { (a) throws(TensorError) in
                let x = try a.tensor(0)
                try O.compareInPlace(test, x, a.scalar(1, default: .int(0)))
                return .tensor(x)
              },
            ]))
      }
    }
  }

  private static func addLogic(_ list: inout [OperationDeclaration]) {
    func logic(
      _ name: String, _ doc: String, _ call: @escaping (Tensor, Tensor) throws(TensorError) -> Tensor
    ) {
      let declaration = declare(
        name, .both, "(Tensor input, Tensor other)", doc, "\(name)(tensor([True, False]), tensor([True, True]))"
      ) { (a) throws(TensorError) in .tensor(try call(a.tensor(0), a.tensor(1))) }
      declaration.binary = call
      list.append(declaration)
      list.append(
        declare("\(name)_", .method, "(Tensor input, Tensor other)", "In place: `\(name)`.") {
          (a) throws(TensorError) in
          let x = try a.tensor(0)
          try O.writeInPlace(x, call(x.detach(), a.tensor(1)))
          return .tensor(x)
        })
    }
    logic("logical_and", "True where both are not zero.", O.logicalAnd)
    logic("logical_or", "True where at least one is not zero.", O.logicalOr)
    logic("logical_xor", "True where exactly one is not zero.", O.logicalXor)
  }

  private static func addBits(_ list: inout [OperationDeclaration]) {
    func bits(
      _ name: String, _ doc: String, _ tensors: @escaping (Tensor, Tensor) throws(TensorError) -> Tensor,
      _ right: @escaping (Tensor, Scalar) throws(TensorError) -> Tensor,
      _ left: @escaping (Scalar, Tensor) throws(TensorError) -> Tensor,
      _ inPlace: @escaping (Tensor, Tensor) throws(TensorError) -> Void,
      _ inPlaceNumber: @escaping (Tensor, Scalar) throws(TensorError) -> Void
    ) {
      list.append(
        declare(
          name, .both, doc, "\(name)(tensor([6, 5]), tensor([3, 1]))",
          [
            Overload("(Tensor input, Tensor other)") { (a) throws(TensorError) in
              .tensor(try tensors(a.tensor(0), a.tensor(1)))
            },
            Overload("(Tensor input, Scalar other)") { (a) throws(TensorError) in
              .tensor(try right(a.tensor(0), a.scalar(1, default: .int(0))))
            },
            Overload("(Scalar input, Tensor other)") { (a) throws(TensorError) in
              .tensor(try left(a.scalar(0, default: .int(0)), a.tensor(1)))
            },
          ]))
      list.append(
        declare(
          "\(name)_", .method, "In place: `\(name)`.", "",
          [
            Overload("(Tensor input, Tensor other)") { (a) throws(TensorError) in
              let x = try a.tensor(0)
              try inPlace(x, a.tensor(1))
              return .tensor(x)
            },
            Overload("(Tensor input, Scalar other)") { (a) throws(TensorError) in
              let x = try a.tensor(0)
              try inPlaceNumber(x, a.scalar(1, default: .int(0)))
              return .tensor(x)
            },
          ]))
    }
    bits("bitwise_and", "Bits set in both.", O.bitAnd, O.bitAnd, O.bitAnd, O.bitAndInPlace, O.bitAndInPlace)
    bits("bitwise_or", "Bits set in either.", O.bitOr, O.bitOr, O.bitOr, O.bitOrInPlace, O.bitOrInPlace)
    bits("bitwise_xor", "Bits set in exactly one.", O.bitXor, O.bitXor, O.bitXor, O.bitXorInPlace, O.bitXorInPlace)
    bits(
      "bitwise_left_shift", "Bits moved up.", O.shiftLeft, O.shiftLeft, O.shiftLeft, O.shiftLeftInPlace,
      O.shiftLeftInPlace)
    bits(
      "bitwise_right_shift", "Bits moved down, keeping the sign.", O.shiftRight, O.shiftRight, O.shiftRight,
      O.shiftRightInPlace, O.shiftRightInPlace)
  }

  private static func addWhole(_ list: inout [OperationDeclaration]) {
    let signature = "(Tensor input, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False)"
    list.append(
      declare(
        "isclose", .both, signature, "Where |input − other| ≤ atol + rtol · |other|.",
        "isclose(tensor([1., 2.]), tensor([1., 2.1]))"
      ) { (a) throws(TensorError) in
        .tensor(
          try O.isclose(
            a.tensor(0), a.tensor(1), rtol: a.double(2, default: 1e-5), atol: a.double(3, default: 1e-8),
            equalNaN: a.bool(4, default: false)))
      })
    list.append(
      declare(
        "allclose", .both, signature, "Whether `isclose` holds everywhere.",
        "allclose(tensor([1., 2.]), tensor([1., 2.]))"
      ) { (a) throws(TensorError) in
        .bool(
          try O.allclose(
            a.tensor(0), a.tensor(1), rtol: a.double(2, default: 1e-5), atol: a.double(3, default: 1e-8),
            equalNaN: a.bool(4, default: false)))
      })
    list.append(
      declare(
        "equal", .both, "(Tensor input, Tensor other)", "Whether shapes and all elements are equal.",
        "equal(tensor([1, 2]), tensor([1, 2]))"
      ) { (a) throws(TensorError) in .bool(try O.equal(a.tensor(0), a.tensor(1))) })
    list.append(
      declare(
        "where", .function,
        "input where condition is true, otherwise other; with one argument as `nonzero(as_tuple=True)`.",
        "where(tensor([True, False]), tensor([1, 2]), 0)",
        check: checkMany([[2, 3], [3]]) { (x) throws(TensorError) in
          try O.choose(O.compare(.gt, x[0].detach(), .int(0)), x[0], x[1])
        },
        [
          Overload("(Tensor condition)", out: .none) { (a) throws(TensorError) in
            .tuple(try O.nonzeroTuple(a.tensor(0)))
          },
          Overload("(Tensor condition, Tensor input, Tensor other)") { (a) throws(TensorError) in
            .tensor(try O.choose(a.tensor(0), a.tensor(1), a.tensor(2)))
          },
          Overload("(Tensor condition, Scalar self, Tensor other)", out: .none) { (a) throws(TensorError) in
            .tensor(try O.choose(a.tensor(0), a.scalar(1, default: .int(0)), a.tensor(2)))
          },
          Overload("(Tensor condition, Tensor input, Scalar other)", out: .none) { (a) throws(TensorError) in
            .tensor(try O.choose(a.tensor(0), a.tensor(1), a.scalar(2, default: .int(0))))
          },
          Overload("(Tensor condition, Scalar self, Scalar other)", out: .none) { (a) throws(TensorError) in
            let (x, y) = (a.scalar(1, default: .int(0)), a.scalar(2, default: .int(0)))
            let type = Promotion.combine(x.dtype, y.dtype)
            return .tensor(try O.choose(a.tensor(0), Tensor.scalar(x, type), y))
          },
        ]))
    list.append(
      declare(
        "where", .method, "self where condition is true, otherwise other.", "",
        [
          Overload("(Tensor input, Tensor condition, Tensor other)") { (a) throws(TensorError) in
            .tensor(try O.choose(a.tensor(1), a.tensor(0), a.tensor(2)))
          },
          Overload("(Tensor input, Tensor condition, Scalar other)") { (a) throws(TensorError) in
            .tensor(try O.choose(a.tensor(1), a.tensor(0), a.scalar(2, default: .int(0))))
          },
        ]))
  }

  private static func addLimits(_ list: inout [OperationDeclaration]) {
    for name in ["clamp", "clip"] {
      list.append(
        OperationDeclaration(
          name,
          [
            Overload("(Tensor input, Tensor? min=None, Tensor? max=None)") { (a) throws(TensorError) in
              .tensor(try O.clamp(a.tensor(0), min: a.optionalTensor(1), max: a.optionalTensor(2)))
            },
            Overload("(Tensor input, Scalar? min=None, Scalar? max=None)") { (a) throws(TensorError) in
              .tensor(try O.clamp(a.tensor(0), min: a.scalar(1), max: a.scalar(2)))
            },
          ], faces: .both, doc: name == "clamp" ? "Limited to the range from min to max." : "The same as `clamp`.",
          example: name == "clamp" ? "clamp(tensor([-2., 0.5, 3.]), 0, 1)" : "",
          gradientCheck: name == "clamp"
            ? GradientCheck([
              GradientCheck.Case([[2, 3]]) { (x) throws(TensorError) in
                try O.clamp(x[0], min: .float(-0.7), max: .float(0.9))
              },
              GradientCheck.Case([[2, 3], [3], [3]], in: -1...1) { (x) throws(TensorError) in
                try O.clamp(x[0], min: O.sub(x[1], .int(1)), max: O.add(x[2], .int(1)))
              },
            ]) : nil))
      list.append(
        declare(
          "\(name)_", .method, "In place: `clamp`.", "",
          [
            Overload("(Tensor input, Tensor? min=None, Tensor? max=None)") { (a) throws(TensorError) in
              let x = try a.tensor(0)
              try O.writeRecorded(x, O.clamp(x, min: a.optionalTensor(1), max: a.optionalTensor(2)))
              return .tensor(x)
            },
            Overload("(Tensor input, Scalar? min=None, Scalar? max=None)") { (a) throws(TensorError) in
              let x = try a.tensor(0)
              try O.clampInPlace(x, min: a.scalar(1), max: a.scalar(2))
              return .tensor(x)
            },
          ]))
    }
    for (name, isLow) in [("clamp_min", true), ("clamp_max", false)] {
      let bound = isLow ? "min" : "max"
      let node = isLow ? "ClampMinBackward" : "ClampMaxBackward"
      list.append(
        declare(
          name, .both, "Limited from \(isLow ? "below" : "above").", "\(name)(tensor([-1., 2.]), 1)",
          [
            Overload("(Tensor input, Tensor \(bound))") { (a) throws(TensorError) in
              let limit = try a.tensor(1)
              return .tensor(
                try O.clamp(a.tensor(0), min: isLow ? limit : nil, max: isLow ? nil : limit, name: node + "1"))
            },
            Overload("(Tensor input, Scalar \(bound))") { (a) throws(TensorError) in
              let limit = a.scalar(1)
              return .tensor(
                try O.clamp(a.tensor(0), min: isLow ? limit : nil, max: isLow ? nil : limit, name: node + "0"))
            },
          ]))
      list.append(
        declare("\(name)_", .method, "(Tensor input, Scalar \(bound))", "In place: `\(name)`.") {
          (a) throws(TensorError) in
          let x = try a.tensor(0)
          let limit = a.scalar(1)
          try O.clampInPlace(x, min: isLow ? limit : nil, max: isLow ? nil : limit, name: node + "0")
          return .tensor(x)
        })
    }
  }

  private static func addCopying(_ list: inout [OperationDeclaration]) {
    list.append(
      declare(
        "clone", .both, "A copy with its own memory, in the same place of the graph.", "clone(tensor([1., 2.]))",
        check: checkUnary([2, 3]) { (x) throws(TensorError) in try O.clone(x) },
        [
          Overload("(Tensor input, *, MemoryFormat? memory_format=None)") { (a) throws(TensorError) in
            .tensor(try O.clone(a.tensor(0)))
          }
        ]))
    list.append(
      declare(
        "contiguous", .method, "(Tensor input, *, MemoryFormat? memory_format=None)",
        "The tensor itself when its elements lie in row-major order, otherwise a copy that does.",
        "tensor([[1, 2], [3, 4]]).t().contiguous().stride()"
      ) { (a) throws(TensorError) in .tensor(try O.contiguous(a.tensor(0))) })
    list.append(
      declare(
        "copy_", .method, "(Tensor input, Tensor other, bool non_blocking=False)",
        "Takes over the elements of `other`, converted and broadcast.", "zeros(2).copy_(tensor([1, 2]))"
      ) { (a) throws(TensorError) in
        let (x, other) = (try a.tensor(0), try a.tensor(1))
        let shape = try Dims.broadcast(x.shape, other.shape)
        if shape != x.shape {
          throw .runtime(
            "output with shape \(x.shape.description) doesn't match the broadcast shape \(shape.description)")
        }
        try O.copyInPlace(x, other)
        return .tensor(x)
      })
    list.append(
      declare(
        "fill_", .method, "Sets every element.", "zeros(2).fill_(7)",
        [
          Overload("(Tensor input, Tensor value)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            try O.fillInPlace(x, a.tensor(1))
            return .tensor(x)
          },
          Overload("(Tensor input, Scalar value)") { (a) throws(TensorError) in
            let x = try a.tensor(0)
            try O.fillInPlace(x, a.scalar(1, default: .int(0)))
            return .tensor(x)
          },
        ]))
    list.append(
      declare("zero_", .method, unary: zero, "Sets every element to zero.", "ones(2).zero_()"))
  }

  private static func zero(_ x: Tensor) throws(TensorError) -> Tensor {
    try O.zeroInPlace(x)
    return x
  }

  private static func addTypes(_ list: inout [OperationDeclaration]) {
    list.append(
      declare(
        "result_type", .function, "The type that an operation on both would have.", "result_type(tensor([1]), 1.0)",
        [
          Overload("(Tensor tensor1, Tensor tensor2)") { (a) throws(TensorError) in
            .dtype(Promotion.result(try a.tensor(0), try a.tensor(1)))
          },
          Overload("(Tensor tensor, Scalar scalar)") { (a) throws(TensorError) in
            .dtype(Promotion.result(try a.tensor(0), a.scalar(1, default: .int(0))))
          },
          Overload("(Scalar scalar, Tensor tensor)") { (a) throws(TensorError) in
            .dtype(Promotion.result(try a.tensor(1), a.scalar(0, default: .int(0))))
          },
          Overload("(Scalar scalar1, Scalar scalar2)") { (a) throws(TensorError) in
            .dtype(Promotion.result([], [a.scalar(0, default: .int(0)), a.scalar(1, default: .int(0))]))
          },
        ]))
  }
}
