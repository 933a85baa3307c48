import Runtime

/// What functions of `torch.nn.functional` do first with their arguments, as far as their errors show it: they are Python
/// functions, and an argument of a wrong type fails where their bodies use it.
enum PythonFunctions {
  private struct Body {
    /// The attribute that the body asks of its tensors.
    var attribute: String?
    /// The function that the body calls with all its arguments by position.
    var calls: String?
    /// The body calls a method of its first argument, whose position does not count.
    var isMethodCall = false
  }

  private static let bodies: [String: Body] = {
    var table: [String: Body] = [
      "cross_entropy": Body(calls: "cross_entropy_loss"), "nll_loss": Body(calls: "nll_loss_nd"),
      "normalize": Body(attribute: "norm"),
    ]
    for name in [
      "mse_loss", "l1_loss", "huber_loss", "smooth_l1_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits",
    ] {
      table[name] = Body(attribute: "size")
    }
    for name in ["softmax", "log_softmax", "sigmoid", "tanh"] {
      table[name] = Body(attribute: name, isMethodCall: true)
    }
    return table
  }()

  /// Methods of tensors that are Python functions.
  static let methods: Set<String> = ["split", "unflatten", "unique", "unique_consecutive", "norm"]

  /// Functions of `torch` that are Python functions.
  static let functions: Set<String> = ["split", "norm"]

  /// The name that a missing argument is reported under, where the function is chosen by one of its flags.
  static func inner(_ name: String) -> String {
    name == "threshold" || name.contains("max_pool") ? "_" + name : name
  }

  /// The function that gets the arguments which fit no overload of a Python function, and its signature.
  static func called(by name: String) -> (String, String)? {
    name == "split" ? ("split_with_sizes", "(Tensor input, int[] split_sizes, int dim=0)") : nil
  }

  /// The error for `value` as the argument of a parameter, counted from zero.
  static func wrongType(
    _ name: String, _ position: Int, _ parameter: OperationSchema.Parameter, _ value: Value
  ) -> ExceptionObject {
    let body = bodies[name] ?? Body()
    let type = ArgumentConversion.typeName(value)
    if parameter.kind == .tensor && !parameter.isOptional, let attribute = body.attribute {
      return .attribute("'\(type)' object has no attribute '\(attribute)'")
    }
    var (shown, parameterName) = (position + (body.isMethodCall ? 0 : 1), parameter.name.text)
    // The body hands weights and indices on in the other order.
    if name == "embedding" && position < 2 { (shown, parameterName) = position == 0 ? (2, "indices") : (1, "weight") }
    return .type(
      "\(body.calls ?? name)(): argument '\(parameterName)' (position \(shown)) must be \(parameter.typeName), not \(type)"
    )
  }
}
