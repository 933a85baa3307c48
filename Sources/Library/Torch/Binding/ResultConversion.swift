import Runtime
import Tensor

/// What operations give back, as values of the language.
enum ResultConversion {
  static func value(_ result: OperationResult) -> Value {
    switch result {
    case .none: return .none
    case .tensor(let t): return .tensor(t)
    case .tuple(let list): return .makeTuple(list.map { .tensor($0) })
    case .list(let list): return .makeList(list.map { .tensor($0) })
    case .named(let name, let fields): return named(name, fields)
    case .scalar(let s): return value(s)
    case .bool(let b): return .bool(b)
    case .string(let s): return .text(s)
    case .dtype(let d): return DTypeObject.of(d)
    case .size(let sizes): return SizeObject.make(sizes)
    case .ints(let list): return .makeTuple(list.map { .int($0) })
    }
  }

  static func value(_ scalar: Scalar) -> Value {
    switch scalar {
    case .bool(let b): .bool(b)
    case .int(let i): .int(i)
    case .float(let d): .float(d)
    }
  }

  static func tuple(_ list: [Tensor?]) -> Value {
    .makeTuple(list.map { $0.map { .tensor($0) } ?? .none })
  }

  /// `torch.return_types.max(values=…, indices=…)`.
  private static func named(_ name: String, _ fields: [(String, Tensor)]) -> Value {
    .object(ReturnTuple(name, fields.map { Symbol($0.0) }, fields.map { .tensor($0.1) }))
  }
}

extension ExceptionObject {
  /// On its way through the tensor core; `exception` gives this very object back.
  var asTensorError: TensorError {
    var error = TensorError(.runtime, "")
    error.origin = self
    return error
  }
}
