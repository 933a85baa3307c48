extension Operations {
  /// `torch.einsum(equation, operands)`, contracted from left to right with batched products as PyTorch does.
  package static func einsum(_ equation: String, _ operands: [Tensor]) throws(TensorError) -> Tensor {
    if operands.isEmpty { throw .runtime("einsum(): must provide at least one operand") }
    let plan = try EinsumPlan(equation, operands)
    var arranged: [Tensor] = []
    for (i, operand) in operands.enumerated() { arranged.append(try plan.arrange(operand, i)) }
    var remaining = Array(plan.outputCount..<plan.labelCount)
    var result = arranged[0]
    // Sum out what only the first operand has, as soon as nothing later needs it.
    for i in 1..<Swift.max(arranged.count, 1) {
      let next = arranged[i]
      var contracted: [Int] = []
      var own: [Int] = []
      var others: [Int] = []
      remaining.removeAll { d in
        if plan.lastOperand[d] > i { return false }
        if result.shape[d] != 1 && next.shape[d] != 1 {
          contracted.append(d)
        } else if result.shape[d] != 1 {
          own.append(d)
        } else {
          others.append(d)
        }
        return true
      }
      if !own.isEmpty { result = try sum(result, own, keepdim: true) }
      let right = try others.isEmpty ? next : sum(next, others, keepdim: true)
      result = try contracted.isEmpty ? mul(result, right) : pairProduct(result, right, contracted)
    }
    if plan.labelCount > plan.outputCount {
      if !remaining.isEmpty {
        // Single operands, and labels that only the first one has.
        result = try sum(result, remaining, keepdim: arranged.count > 1)
      }
      if result.ndim > plan.outputCount {
        result = try view(contiguous(result), Array(result.shape.array.prefix(plan.outputCount)))
      }
    }
    return result
  }

  /// The batched product of two tensors of the same rank over the dimensions `summed`, which stay as ones.
  private static func pairProduct(_ a: Tensor, _ b: Tensor, _ summed: [Int]) throws(TensorError) -> Tensor {
    var both: [Int] = []
    var left: [Int] = []
    var right: [Int] = []
    for d in 0..<a.ndim where !summed.contains(d) {
      if a.shape[d] != 1 && b.shape[d] != 1 {
        both.append(d)
      } else if a.shape[d] != 1 {
        left.append(d)
      } else {
        right.append(d)
      }
    }
    func size(_ t: Tensor, _ dims: [Int]) -> Int { dims.reduce(1) { $0 * t.shape[$1] } }
    let x = try reshape(
      permute(a, both + left + summed + right), [size(a, both), size(a, left), size(a, summed)])
    let y = try reshape(
      permute(b, both + summed + right + left), [size(b, both), size(b, summed), size(b, right)])
    let order = both + left + summed + right
    let sizes = order.map { summed.contains($0) ? 1 : Swift.max(a.shape[$0], b.shape[$0]) }
    let product = try view(bmm(x, y), sizes)
    var back = [Int](repeating: 0, count: order.count)
    for (i, d) in order.enumerated() { back[d] = i }
    let permuted = try permute(product, back)
    return try view(contiguous(permuted), permuted.shape.array)
  }
}

/// The labels of an equation, and where each operand's dimensions go.
private struct EinsumPlan {
  let labelCount: Int
  let outputCount: Int
  /// The last operand that has each arranged dimension.
  let lastOperand: [Int]
  private let placements: [[Int]]

  init(_ equation: String, _ operands: [Tensor]) throws(TensorError) {
    let (inputs, output) = try EinsumPlan.parse(equation, operands.count)
    // The widest ellipsis decides how many dimensions "..." stands for.
    var ellipsis = 0
    for (i, labels) in inputs.enumerated() {
      let named = labels.filter { $0 != 46 }.count
      let has = labels.contains(46)
      if (has && named > operands[i].ndim) || (!has && named != operands[i].ndim) {
        throw .runtime(
          "einsum(): the number of subscripts in the equation (\(named)) \(has ? "is more than the number of dimensions" : "does not match the number of dimensions") (\(operands[i].ndim)) for operand \(i)\(has ? "" : " and no ellipsis was given")"
        )
      }
      if has { ellipsis = Swift.max(ellipsis, operands[i].ndim - named) }
    }
    var order: [UInt8: Int] = [:]
    var next = 0
    var ellipsisStart = -1
    var outputLabels: [UInt8]
    if let output {
      outputLabels = output
    } else {
      var counts: [UInt8: Int] = [:]
      for labels in inputs { for l in labels where l != 46 { counts[l, default: 0] += 1 } }
      outputLabels = inputs.contains { $0.contains(46) } ? [46] : []
      outputLabels += counts.filter { $0.value == 1 }.keys.sorted()
    }
    for label in outputLabels {
      if label == 46 {
        ellipsisStart = next
        next += ellipsis
        continue
      }
      let text = String(UnicodeScalar(label))
      if order[label] != nil {
        throw .runtime("einsum(): output subscript \(text) appears more than once in the output")
      }
      if !inputs.contains(where: { $0.contains(label) }) {
        throw .runtime(
          "einsum(): output subscript \(text) does not appear in the equation for any input operand")
      }
      order[label] = next
      next += 1
    }
    outputCount = next
    if ellipsisStart < 0 {
      ellipsisStart = next
      next += ellipsis
    }
    for label in Set(inputs.flatMap { $0 }).sorted() where label != 46 && order[label] == nil {
      order[label] = next
      next += 1
    }
    labelCount = next
    if next > Dims.capacity {
      throw .runtime("einsum() with more than \(Dims.capacity) subscripts is not available in tnb")
    }
    var placements: [[Int]] = []
    var sizes = [Int](repeating: 1, count: next)
    var names = [String](repeating: "...", count: next)
    for (label, place) in order { names[place] = String(UnicodeScalar(label)) }
    var last = [Int](repeating: 0, count: next)
    for (i, labels) in inputs.enumerated() {
      var places: [Int] = []
      let covered = operands[i].ndim - labels.filter { $0 != 46 }.count
      for label in labels {
        if label == 46 {
          for k in 0..<covered { places.append(ellipsisStart + ellipsis - covered + k) }
        } else {
          places.append(order[label]!)
        }
      }
      var own = [Int: Int]()
      for (d, place) in places.enumerated() {
        let size = operands[i].shape[d]
        if let seen = own[place], seen != size {
          throw .runtime(
            "einsum(): subscript \(names[place]) is repeated for operand \(i) but the sizes don't match, \(size) != \(seen)"
          )
        }
        own[place] = size
        if size != 1 {
          if sizes[place] != 1 && sizes[place] != size {
            throw .runtime(
              "einsum(): subscript \(names[place]) has size \(size) for operand \(i) which does not broadcast with previously seen size \(sizes[place])"
            )
          }
          sizes[place] = size
        }
        last[place] = i
      }
      placements.append(places)
    }
    self.placements = placements
    lastOperand = last
  }

  /// Splits at `,` and `->`; an ellipsis becomes a single dot.
  private static func parse(_ equation: String, _ count: Int) throws(TensorError) -> ([[UInt8]], [UInt8]?) {
    var inputs: [[UInt8]] = [[]]
    var output: [UInt8]?
    let bytes = Array(equation.utf8)
    var i = 0
    while i < bytes.count {
      let c = bytes[i]
      switch c {
      case 32: break
      case 46:
        guard i + 2 < bytes.count, bytes[i + 1] == 46, bytes[i + 2] == 46 else {
          throw .runtime("einsum(): found '.' for operand \(inputs.count - 1) that is not part of any ellipsis")
        }
        if output != nil { output!.append(46) } else { inputs[inputs.count - 1].append(46) }
        i += 2
      case 44:
        if output != nil { throw .runtime("einsum(): found ',' in the output subscripts") }
        inputs.append([])
      case 45:
        guard i + 1 < bytes.count, bytes[i + 1] == 62, output == nil else {
          throw .runtime("einsum(): expected the arrow to be '->'")
        }
        output = []
        i += 1
      case 65...90, 97...122:
        if output != nil { output!.append(c) } else { inputs[inputs.count - 1].append(c) }
      default:
        throw .runtime(
          "einsum(): invalid subscript given at index \(i) in the equation string, subscripts must be in [a-zA-Z]")
      }
      i += 1
    }
    if inputs.count > count {
      throw .runtime("einsum(): fewer operands were provided than specified in the equation")
    }
    if inputs.count < count {
      throw .runtime("einsum(): more operands were provided than specified in the equation")
    }
    return (inputs, output)
  }

  /// Operand `i` with its dimensions in the common order, ones where it has none, diagonals for repeated labels.
  func arrange(_ operand: Tensor, _ i: Int) throws(TensorError) -> Tensor {
    var x = operand
    var places = placements[i]
    // A repeated label: take the diagonal, which puts the joined dimension last.
    var d = 0
    while d < places.count {
      if let twin = places[..<d].firstIndex(of: places[d]) {
        x = try Operations.diagonal(x, offset: 0, twin, d)
        let place = places[d]
        places.remove(at: d)
        places.remove(at: twin)
        places.append(place)
        d = 0
        continue
      }
      d += 1
    }
    for place in 0..<labelCount where !places.contains(place) {
      x = try Operations.unsqueeze(x, x.ndim)
      places.append(place)
    }
    var order = [Int](repeating: 0, count: labelCount)
    for (d, place) in places.enumerated() { order[place] = d }
    return try Operations.permute(x, order)
  }
}
