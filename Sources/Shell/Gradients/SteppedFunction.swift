import Notebook
import Runtime
import Tensor

/// How the gradient of one leaf compares.
struct LeafComparison {
  enum Verdict: String {
    case agrees, differs
    /// Where it differs, the slope has two values.
    case kink = "at a kink"
    case unclear
  }

  /// One element.
  struct Element {
    /// `[0, 2]`; empty for a single number.
    let index: String
    let analytic: Double
    let numeric: Double
    /// The slopes to either side.
    let left: Double
    let right: Double
    let verdict: Verdict
  }

  let name: String
  let shape: String
  let count: Int
  let elements: [Element]

  var checked: Int { elements.count }

  /// The largest one, as a part of the gradient's largest element.
  var relativeDifference: Double {
    let scale = elements.map { max(abs($0.analytic), abs($0.numeric)) }.max() ?? 0
    let difference = elements.map { abs($0.analytic - $0.numeric) }.max() ?? 0
    return scale > 0 ? difference / scale : 0
  }

  var verdict: Verdict {
    for verdict in [Verdict.differs, .unclear, .kink] where elements.contains(where: { $0.verdict == verdict }) {
      return verdict
    }
    return .agrees
  }

  /// The element that is furthest off, of those that decide the verdict.
  var worst: Element? {
    let deciding = elements.filter { $0.verdict == verdict }
    return deciding.max { abs($0.analytic - $0.numeric) < abs($1.analytic - $1.numeric) }
  }
}

/// An expression that can be evaluated again after one of its leaves took a small step.
struct SteppedFunction {
  private let interpreter: Interpreter
  private let code: Code
  /// Every evaluation draws the same random numbers.
  private let generator = Generator.global.snapshot

  init(_ interpreter: Interpreter, _ code: Code) {
    self.interpreter = interpreter
    self.code = code
  }

  func value() throws(CellError) -> Value {
    Generator.global.snapshot = generator
    return try interpreter.value(of: code)
  }

  /// At most so many elements of a leaf are moved.
  private static let elementLimit = 64

  func compare(_ leaf: Tensor, named name: String) throws(CellError) -> LeafComparison {
    let (value, isFine) = try measure()
    let analytic = try gradient(leaf)
    let places = leaf.uncheckedElementIndices()
    let count = min(places.count, Self.elementLimit)
    var elements: [LeafComparison.Element] = []
    for k in 0..<count {
      // Spread evenly over a large leaf.
      let i = k * places.count / count
      let a = analytic.map { $0.double(at: $0.uncheckedElementIndices()[i]) } ?? 0
      elements.append(try element(leaf, i, places[i], a, value, isFine))
    }
    return LeafComparison(name: name, shape: leaf.shape.description, count: places.count, elements: elements)
  }

  private func element(
    _ leaf: Tensor, _ index: Int, _ place: Int, _ analytic: Double, _ value: Double, _ isFine: Bool
  ) throws(CellError) -> LeafComparison.Element {
    let x = leaf.double(at: place)
    let wanted = (isFine ? 1e-5 : 4e-3) * max(1, abs(x))
    let version = leaf.storage.version
    func moved(_ step: Double) throws(CellError) -> (value: Double, step: Double) {
      set(leaf, place, x + step)
      defer {
        set(leaf, place, x)
        leaf.storage.version = version
      }
      // What the leaf's type could hold of the step.
      let real = leaf.double(at: place) - x
      return (try measure().value, real)
    }
    let up = try moved(wanted)
    let down = try moved(-wanted)
    let farUp = try moved(2 * wanted)
    let farDown = try moved(-2 * wanted)
    let numeric = (up.value - down.value) / (up.step - down.step)
    let coarse = (farUp.value - farDown.value) / (farUp.step - farDown.step)
    let (left, right) = ((down.value - value) / down.step, (up.value - value) / up.step)
    let noise = (isFine ? 1e-15 : 2e-7) * max(abs(value), abs(up.value)) / wanted
    let doubt = abs(numeric - coarse) + 8 * noise
    let scale = max(abs(analytic), abs(numeric))
    let difference = abs(analytic - numeric)
    let verdict: LeafComparison.Verdict
    if difference <= 3 * doubt + (isFine ? 1e-4 : 1e-2) * scale + 1e-8 {
      verdict = doubt > 0.5 * scale && doubt > 1e-3 ? .unclear : .agrees
    } else if abs(left - right) > 0.01 * max(abs(left), abs(right)) + 8 * noise,
      analytic >= min(left, right) - 0.01 * scale, analytic <= max(left, right) + 0.01 * scale
    {
      verdict = .kink
    } else {
      verdict = .differs
    }
    return LeafComparison.Element(
      index: Self.index(index, leaf.shape), analytic: analytic, numeric: numeric, left: left, right: right,
      verdict: verdict)
  }

  /// The expression as one number: its elements weighed, so that none can cancel out another.
  private func measure() throws(CellError) -> (value: Double, isFine: Bool) {
    guard case .tensor(let tensor) = try value() else { return (.nan, true) }
    var sum = 0.0
    for (i, place) in tensor.uncheckedElementIndices().enumerated() {
      sum += Self.weight(i, of: tensor.count) * tensor.double(at: place)
    }
    return (sum, tensor.dtype == .float64)
  }

  private static func weight(_ i: Int, of count: Int) -> Double {
    count == 1 ? 1 : 0.5 + (Double(i) * 0.618).truncatingRemainder(dividingBy: 1)
  }

  private func gradient(_ leaf: Tensor) throws(CellError) -> Tensor? {
    guard case .tensor(let output) = try value() else { return nil }
    do throws(TensorError) {
      let weights = try Tensor(empty: output.shape, .float64)
      for i in 0..<output.count { weights.pointer(Double.self)[i] = Self.weight(i, of: output.count) }
      let typed = output.dtype == .float64 ? weights : try weights.copied(to: output.dtype)
      return try Autograd.grad([output], [leaf], gradients: [typed], allowUnused: true)[0]
    } catch {
      throw CellError(type: "RuntimeError", message: error.message)
    }
  }

  /// Writes an element, outside of any graph.
  private func set(_ tensor: Tensor, _ place: Int, _ value: Double) {
    let element = Tensor(
      storage: tensor.storage, offset: place, shape: Dims(), strides: Dims(), dtype: tensor.dtype, isContiguous: true)
    try? Operations.fillInPlace(element, .float(value))
  }

  private static func index(_ i: Int, _ shape: Dims) -> String {
    guard !shape.isEmpty else { return "" }
    var rest = i
    var parts: [Int] = []
    for size in shape.reversed() {
      parts.insert(rest % max(size, 1), at: 0)
      rest /= max(size, 1)
    }
    return "[" + parts.map(String.init).joined(separator: ", ") + "]"
  }
}

/// Leaves and variables in double precision for a while, so that small steps can be small.
final class DoublePrecision {
  /// Each tensor, and what holds its own contents meanwhile.
  private var exchanged: [(tensor: Tensor, other: Tensor)] = []
  private let tensors: [Tensor]
  private static let elementLimit = 1_000_000

  /// The leaves, and what else variables hold that no operation made.
  init(_ leaves: [Tensor], _ names: TensorNames) {
    var wanted = leaves
    for entry in names.tensors where entry.tensor.node == nil && !wanted.contains(where: { $0 === entry.tensor }) {
      wanted.append(entry.tensor)
    }
    tensors = wanted.filter { $0.dtype.isFloating && $0.dtype != .float64 }
  }

  /// Goes over to double precision; false when the expression does not work in it.
  func enter(_ works: () -> Bool) -> Bool {
    guard tensors.reduce(0, { $0 + $1.count }) <= Self.elementLimit else { return false }
    for tensor in tensors {
      guard let other = try? tensor.copied(to: .float64) else { return false }
      tensor.exchangeContents(with: other)
      exchanged.append((tensor, other))
    }
    return works()
  }

  func leave() {
    for pair in exchanged.reversed() { pair.tensor.exchangeContents(with: pair.other) }
    exchanged = []
  }
}
