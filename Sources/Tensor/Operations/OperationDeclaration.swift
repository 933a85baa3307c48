/// One tensor operation, declared once. The `torch.` function, the tensor method, the in-place twin, the bare name, `?help`,
/// completion, the reference page, the gradient check and the documented example all come from here.
package final class OperationDeclaration {
  /// Where the operation can be named.
  package struct Faces: OptionSet {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    /// `torch.exp(x)` and the bare `exp(x)`.
    package static let function = Faces(rawValue: 1)
    /// `x.exp()`.
    package static let method = Faces(rawValue: 2)
    /// `F.softmax(x)`.
    package static let functional = Faces(rawValue: 4)
    /// `torch.linalg.norm(x)`.
    package static let linalg = Faces(rawValue: 8)
    /// `torch.special.expit(x)`, `torch.fft…`: named in the declaration's `namespace`.
    package static let special = Faces(rawValue: 16)
  }

  /// `exp`; an in-place twin is a declaration of its own whose name ends in `_`.
  package let name: String
  /// One or several overloads, tried in order, each in Python's notation with PyTorch's parameter names and types:
  /// `(Tensor input, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None)`. Types: Tensor, Tensor?, Tensor[],
  /// Scalar, Scalar?, int, int?, int[], int[]?, int[1] (an int is accepted for a list), int[][], float, bool, str, ScalarType,
  /// Generator, Device, Layout, MemoryFormat, Any. A size parameter written `int[] size...` also takes its ints loose.
  package let overloads: [Overload]
  package let faces: Faces
  /// What it computes, shapes, errors, the formula's source. Markdown.
  package let doc: String
  /// A cell that shows it; its recorded output is checked by a test.
  package let example: String
  /// How a test draws inputs for the check against central differences; nil for what has no gradient.
  package let gradientCheck: GradientCheck?

  package struct Overload {
    package let signature: String
    package let call: (OperationArguments) throws(TensorError) -> OperationResult
    /// The `out` that messages show for the function.
    package let out: Out

    package enum Out { case none, tensor, tensors }

    package init(
      _ signature: String, out: Out = .tensor,
      _ call: @escaping (OperationArguments) throws(TensorError) -> OperationResult
    ) {
      self.signature = signature
      self.out = out
      self.call = call
    }
  }

  /// Direct entries for the commonest calls, which skip argument binding: set where they exist.
  package var unary: ((Tensor) throws(TensorError) -> Tensor)?
  package var binary: ((Tensor, Tensor) throws(TensorError) -> Tensor)?

  package init(
    _ name: String, _ overloads: [Overload], faces: Faces, doc: String, example: String = "",
    gradientCheck: GradientCheck? = nil
  ) {
    self.name = name
    self.overloads = overloads
    self.faces = faces.contains(.method) && Self.inPlaceFunctions.contains(name) ? faces.union(.function) : faces
    self.doc = doc
    self.example = example
    self.gradientCheck = gradientCheck
  }
}

extension OperationDeclaration {
  /// In-place operations that can be called as functions too: `torch.relu_(x)`.
  private static let inPlaceFunctions: Set<String> = [
    "abs_", "acos_", "acosh_", "addmv_", "arccos_", "arccosh_", "arcsin_", "arcsinh_", "arctan_", "arctanh_",
    "as_strided_", "asin_", "asinh_", "atan_", "atanh_", "ceil_", "clamp_", "clamp_max_", "clamp_min_", "clip_", "cos_",
    "cosh_", "deg2rad_", "erf_", "erfc_", "exp2_", "exp_", "expm1_", "fill_", "fix_", "floor_", "frac_",
    "gcd_", "index_put_", "lcm_", "ldexp_", "log10_", "log1p_", "log2_", "log_", "logit_", "nan_to_num_", "neg_",
    "negative_", "rad2deg_", "reciprocal_", "relu_", "resize_as_", "round_", "rsqrt_", "sigmoid_", "sin_", "sinc_",
    "sinh_", "sqrt_", "square_", "tan_", "tanh_", "trunc_", "xlogy_", "zero_",
  ]
}

/// Inputs for one operation's gradient check: for each of several cases, double tensors drawn from a domain where the
/// operation is smooth, and the call on them.
package struct GradientCheck {
  package struct Case {
    /// Shapes of the differentiable inputs.
    package let shapes: [[Int]]
    /// Elements are drawn uniformly from this range.
    package let domain: ClosedRange<Double>
    package let call: ([Tensor]) throws(TensorError) -> Tensor

    package init(
      _ shapes: [[Int]], in domain: ClosedRange<Double> = -2...2,
      _ call: @escaping ([Tensor]) throws(TensorError) -> Tensor
    ) {
      self.shapes = shapes
      self.domain = domain
      self.call = call
    }
  }
  package let cases: [Case]

  package init(_ cases: [Case]) { self.cases = cases }
}

/// The arguments of a call, bound to an overload's parameters by position; absent ones are `.absent` and take the
/// default that the signature shows.
package struct OperationArguments {
  package let values: [OperationArgument]

  package init(_ values: [OperationArgument]) { self.values = values }

  package subscript(i: Int) -> OperationArgument { values[i] }
}

/// A value as an operation receives it, converted by the binder to the parameter's declared type.
package enum OperationArgument {
  case absent
  case none
  case tensor(Tensor)
  case tensors([Tensor])
  case scalar(Scalar)
  case ints([Int])
  /// `int[][]` parameters.
  case intLists([[Int]])
  case bool(Bool)
  case string(String)
  case dtype(DType)
  case generator(Generator)
  /// A value of the language passed through untouched (`Any` parameters).
  case any(AnyObject)
}

/// What an operation gives back.
package enum OperationResult {
  case none
  case tensor(Tensor)
  /// A tuple of tensors.
  case tuple([Tensor])
  /// A list of tensors.
  case list([Tensor])
  /// A named tuple, as `torch.return_types.max`.
  case named(String, [(String, Tensor)])
  case scalar(Scalar)
  case bool(Bool)
  case string(String)
  case dtype(DType)
  /// A `torch.Size`.
  case size([Int])
  case ints([Int])
}
