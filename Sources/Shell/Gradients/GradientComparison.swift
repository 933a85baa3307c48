import Notebook
import Runtime
import Tensor

/// `%gradcheck EXPR`: what backward computes, beside what small steps of each leaf measure.
struct GradientComparison {
  private let session: Session
  private let expression: ProbedExpression

  init(_ session: Session, _ expression: ProbedExpression) {
    self.session = session
    self.expression = expression
  }

  func show() throws(CommandError) {
    var problem: CommandError?
    var elementCount = 1
    let interpreter = session.interpreter
    let results = session.probe { () throws(CellError) -> [LeafComparison] in
      let write = interpreter.write
      interpreter.write = { _ in }
      defer { interpreter.write = write }
      let code = try interpreter.compile(expression.module(expression.tree))
      let function = SteppedFunction(interpreter, code)
      let first = try function.value()
      let second = try function.value()
      problem = objection(first, second)
      elementCount = first.asTensor?.count ?? 1
      guard problem == nil, case .tensor(let output) = first, case .tensor(let again) = second else { return [] }
      // A leaf that the expression makes is another one each time: no step can be taken with it.
      let kept = AutogradGraph(from: again.node)
      let leaves = AutogradGraph(from: output.node).leaves.filter { kept.reaches($0) }
      return try compare(leaves, function)
    }
    if let problem { throw problem }
    guard let results else { return }
    guard !results.isEmpty else {
      throw CommandError(
        "the leaves of \(expression.text) are made inside of it", hint: "make them before, as variables")
    }
    session.print(table(results))
    session.printProse(verdict(results))
    if elementCount != 1 {
      session.printProse("(Of the \(elementCount) elements of the result a weighted sum was checked.)")
    }
  }

  private func compare(_ leaves: [Tensor], _ function: SteppedFunction) throws(CellError) -> [LeafComparison] {
    let names = TensorNames(session.interpreter.vm)
    let doubled = DoublePrecision(leaves, names)
    if !doubled.enter({ (try? function.value())?.asTensor?.dtype == .float64 }) { doubled.leave() }
    defer { doubled.leave() }
    var results: [LeafComparison] = []
    for (i, leaf) in leaves.enumerated() {
      let name = names.name(of: leaf) ?? "leaf \(i + 1)"
      results.append(try function.compare(leaf, named: name))
    }
    return results
  }

  /// Why there is nothing to check.
  private func objection(_ first: Value, _ second: Value) -> CommandError? {
    let vm = session.interpreter.vm
    guard case .tensor(let tensor) = first else {
      return CommandError("\(expression.text) gives a value of type \(vm.type(of: first).name), not a tensor")
    }
    guard tensor.requiresGrad else {
      return CommandError(
        "\(expression.text) does not require grad: there are no gradients to check",
        hint: "%why tells why: %why (\(expression.text)).grad")
    }
    if tensor.isLeaf || second.asTensor === tensor {
      return CommandError(
        "\(expression.text) is a value that was computed already, so steps of its leaves do not reach it",
        hint: "write the expression that computes it: %gradcheck mse(model(x), y)")
    }
    return nil
  }

  // MARK: Text

  private func table(_ results: [LeafComparison]) -> String {
    var table = TextTable(header: ["leaf", "shape", "verdict", "checked", "difference"])
    table.named = ["checked", "difference"]
    for result in results {
      let checked = result.checked == result.count ? "all \(result.count)" : "\(result.checked) of \(result.count)"
      table.rows.append([
        result.name, result.shape, result.verdict.rawValue, checked, NumberWord.share(result.relativeDifference),
      ])
    }
    return table.render(width: session.width, session.palette)
  }

  private func verdict(_ results: [LeafComparison]) -> String {
    let wrong = results.filter { $0.verdict == .differs }
    var text = ""
    for result in results {
      guard result.verdict != .agrees, let worst = result.worst else { continue }
      text += "\n\n`\(result.name)\(worst.index)`: backward says \(NumberWord.long(worst.analytic)), "
      switch result.verdict {
      case .agrees: continue
      case .differs: text += "small steps measure \(NumberWord.long(worst.numeric))."
      case .kink:
        text += """
          but there is a kink, as `relu` and `abs` have at 0: the slope is \(NumberWord.long(worst.left)) to the left and \
          \(NumberWord.long(worst.right)) to the right. Either is right.
          """
      case .unclear: text += "small steps measure \(NumberWord.long(worst.numeric)), too roughly to tell."
      }
    }
    if wrong.isEmpty {
      return "The gradients are right: backward computes what small steps measure." + text
    }
    return "**The gradients are not right.**" + text
      + """


      What backward does not see moves the result, or the other way round: a `detach`, `.data` or `no_grad` on the way, a \
      random number, or a `backward` of your own with a mistake in it.
      """
  }
}

/// Numbers in few digits.
enum NumberWord {
  /// A difference relative to what is compared, in percent; what only rounding makes is not worth its digits.
  static func share(_ value: Double) -> String {
    if value < 1e-6 { return "none" }
    return value < 1e-3 ? "< 0.1 %" : TimeText.digits(value * 100, 2) + " %"
  }
  static func long(_ value: Double) -> String { TimeText.digits(value == 0 ? 0 : value, 6) }
}
