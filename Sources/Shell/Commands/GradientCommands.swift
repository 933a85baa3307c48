import Language
import Notebook
import Runtime
import Tensor

extension CommandTable {
  /// What is behind gradients and shapes.
  static var gradientCommands: [Command] {
    [
      Command(
        "graph", usage: "EXPR", "Draw the autograd graph of a tensor as a tree.",
        help: """
          Each line is an operation, with the shape of what it gave and the variable that holds it; below it stand the
          operations that its inputs came from, at the ends the leaves. Only what wants a gradient is in the graph. What is
          used twice has a number and stands once.
          """, arguments: .expression
      ) {
        (session, arguments) throws(CommandError) in
        guard let expression = try session.expression(arguments.text, of: "graph"),
          let value = session.value(of: expression)
        else { return }
        try session.drawGraph(of: value, named: expression.text)
      },
      Command(
        "why", usage: "x.grad", "Tell where a gradient came from, or why there is none.",
        help: """
          Which backward calls added to it, how often, and what set it back; for `None`, what is missing: a request for
          gradients, a leaf, a recorded computation, a backward call.
          """, arguments: .expression
      ) {
        (session, arguments) throws(CommandError) in
        guard let expression = try session.expression(arguments.text, of: "why") else { return }
        try session.tellWhy(expression)
      },
      Command(
        "shapes", usage: "EXPR", "Show the shape of every step of an expression, and where it breaks.",
        help: "The expression runs once, its innermost parts first. It is no cell.", arguments: .expression
      ) {
        (session, arguments) throws(CommandError) in
        guard let expression = try session.expression(arguments.text, of: "shapes") else { return }
        ShapeTrace(session, expression).show()
      },
      Command(
        "gradcheck", usage: "EXPR", "Check the gradients of an expression against small steps.",
        help: """
          Backward computes how the expression moves with each leaf. This moves each element of each leaf a little up and down,
          measures how the expression moves, and compares. Large leaves are checked at some elements.
          """, arguments: .expression
      ) {
        (session, arguments) throws(CommandError) in
        guard let expression = try session.expression(arguments.text, of: "gradcheck") else { return }
        try GradientComparison(session, expression).show()
      },
    ]
  }
}

extension Session {
  /// Prose of a command, for the terminal.
  func printProse(_ markdown: String) { print(MarkdownText.render(markdown, width: min(width, 80), palette)) }

  fileprivate func drawGraph(of value: Value, named name: String) throws(CommandError) {
    let vm = interpreter.vm
    guard case .tensor(let tensor) = value else {
      throw CommandError("\(name) is of type \(vm.type(of: value).name), not a tensor")
    }
    guard let node = tensor.node else {
      return printProse(
        tensor.requiresGrad
          ? "`\(name)` is a leaf: no operation made it, so there is no graph behind it."
          : "`\(name)` has no graph: nothing it was computed from requires grad, or it was computed under `no_grad`.")
    }
    print(GraphTree.text(node, TensorNames(vm), width: width, palette))
  }

  fileprivate func tellWhy(_ expression: ProbedExpression) throws(CommandError) {
    var subject = expression.tree
    if case .attribute(let object, "grad", _) = subject.kind { subject = object }
    let name = expression.text(of: subject)
    guard let value = value(of: ProbedExpression(text: expression.text, tree: subject)) else { return }
    guard case .tensor(let tensor) = value else {
      throw CommandError(
        "\(name) is of type \(interpreter.vm.type(of: value).name), not a tensor", hint: "%why w.grad, for a tensor w")
    }
    printProse(GradientOrigin(name: name, tensor: tensor, session: self).text)
  }
}
