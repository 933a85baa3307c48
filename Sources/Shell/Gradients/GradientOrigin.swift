import Language
import Notebook
import Runtime
import Tensor

/// `%why x.grad`: where a gradient came from, or why there is none. Markdown, the conclusion first.
struct GradientOrigin {
  /// How the tensor was written: `w`, `model.fc.weight`.
  let name: String
  let tensor: Tensor
  let session: Session

  private var vm: VM { session.interpreter.vm }
  private var grad: String { "`\(name).grad`" }

  var text: String {
    if tensor.grad != nil { return tensor.isLeaf ? ofLeaf : ofResult }
    if !tensor.dtype.isFloating { return noFloats }
    if !tensor.requiresGrad { return notAsked }
    return tensor.isLeaf ? notReached : notKept
  }

  // MARK: There is one

  private var ofLeaf: String {
    guard let history = tensor.gradientHistory else {
      return "\(grad) does not come from a backward call of this session."
    }
    var text: String
    if !history.since.isEmpty {
      let count = history.since.total
      text =
        count == 1
        ? "\(grad) comes from one backward call:"
        : "\(grad) is the sum of \(count) gradients, for backward adds to what is there:"
      text += calls(history.since)
      if let reset = history.lastReset {
        text += "\n\nBefore that " + resetText(reset, history) + "."
      } else if count > 1 {
        text += "\n\nIf the sum is not meant: `\(name).grad.zero_()` before backward begins anew."
      }
    } else if let reset = history.lastReset {
      text = reset.kind == .zeroed ? "\(grad) is zero: " : "\(grad) is not from backward: "
      text += resetText(reset, history) + ", and backward added nothing since."
      if !history.ever.isEmpty { text += "\n\nBefore that backward added to it:" + calls(history.ever) }
    } else {
      text = "\(grad) does not come from a backward call of this session."
    }
    if history.wasChangedInPlace {
      text += "\n\nSince then it was changed in place, as clipping and scaling do: it is not what backward left."
    }
    return text
  }

  private var ofResult: String {
    "\(grad) is what backward left there last: `\(name)` is no leaf, but `\(name).retain_grad()` asked for its gradient."
  }

  /// A line for each place, as a code block.
  private func calls(_ counts: GradientHistory.Counts) -> String {
    let shown = counts.entries.suffix(6)
    let places = shown.map { place($0.place) }
    let width = places.map { $0.where.count }.max() ?? 0
    var text = "\n\n```text\n"
    if counts.entries.count > shown.count { text += "… \(counts.entries.count - shown.count) more places\n" }
    for (entry, place) in zip(shown, places) {
      text += place.where + String(repeating: " ", count: width - place.where.count + 2) + place.code
      text += entry.count == 1 ? "\n" : "   (\(entry.count) times)\n"
    }
    return text + "```"
  }

  /// `w.grad.zero_()` in `In [3]:2` …
  private func resetText(_ reset: (kind: GradientHistory.Reset, place: Int), _ history: GradientHistory) -> String {
    let place = place(reset.place)
    let times = history.resets > 1 ? " (so far \(history.resets) times)" : ""
    let what =
      switch reset.kind {
      case .zeroed: "set it to zero"
      case .setToNone: "set it to `None`"
      case .assigned: "assigned another one"
      }
    return "`\(place.code)` in `\(place.where)` \(what)\(times)"
  }

  /// `In [3]:2`, `In [3]:2, run by In [7]`, and the line there.
  private func place(_ number: Int) -> (where: String, code: String) {
    let place = session.gradientPlaces.places[number]
    let cell = cellNumber(number).map { SessionCell.path($0) } ?? "a cell that is gone"
    guard let span = place.span, let source = session.interpreter.source(of: span) else { return (cell, "") }
    let line = source.line(at: Int(span.lo))
    let code = String(decoding: line.text, as: UTF8.self).trimmingSpace()
    let at = "\(source.path):\(line.number)"
    return (source.path == cell || !source.path.hasPrefix("In [") ? at : "\(at), run by \(cell)", code)
  }

  /// The number of the cell in which a place was noted; nil when that is no cell of the notebook any more.
  private func cellNumber(_ place: Int) -> Int? {
    let cell = session.gradientPlaces.places[place].cell
    return session.sheet.cells.first { $0.source === cell }?.number
  }

  // MARK: There is none

  private var noFloats: String {
    """
    \(grad) is None: `\(name)` holds \(tensor.dtype == .bool ? "truth values" : "integers") (`\(tensor.dtype.name)`), and only \
    floating point numbers have gradients.

    `\(name).float().requires_grad_()` is a copy that has.
    """
  }

  /// It does not require grad.
  private var notAsked: String {
    let binding = plainName.flatMap { BindingSearch.binding(of: $0, in: session.cells) }
    let mentions = binding?.value.mentions()
    if tensor.isInference || binding?.isUnderNoGrad == true {
      let mode = tensor.isInference ? "inference_mode" : "no_grad"
      var text = "\(grad) is None: `\(name)` was made under `\(mode)`, where nothing is recorded." + made(binding)
      if let names = mentions?.names, names.contains(name) {
        text += "\n\n`\(name) = …` makes a new tensor. `\(name) -= …` changes the one that wanted gradients."
      }
      return text
    }
    if let attributes = mentions?.attributes,
      let cut = ["detach", "data", "item", "numpy", "tolist"].first(where: { attributes.contains($0) })
    {
      return "\(grad) is None: `.\(cut)` cut `\(name)` off from what it was computed from." + made(binding)
        + "\n\nWithout `.\(cut)` gradients flow on through it."
    }
    let sources = (mentions?.names ?? []).filter { source in
      source != name && vm.main[Symbol(source)]?.asTensor?.requiresGrad == true
    }
    if let source = sources.first {
      return """
        \(grad) is None: `\(name)` does not require grad, though `\(source)` does: what made it was not recorded (under \
        `no_grad`, or with a `detach` on the way).
        """ + made(binding)
    }
    return "\(grad) is None: nobody asked for it, `\(name).requires_grad` is False." + made(binding)
      + "\n\n`\(name).requires_grad_()` asks from now on; `tensor(…, requires_grad=True)` or `tensor(…, grad)` when it is made."
  }

  /// A result of an operation, whose gradient backward hands on and forgets.
  private var notKept: String {
    if tensor.retainsGrad {
      return "\(grad) is None: `retain_grad()` asked for it, but no backward call came through `\(name)` since."
    }
    let binding = plainName.flatMap { BindingSearch.binding(of: $0, in: session.cells) }
    let names = TensorNames(vm)
    let leaves = AutogradGraph(from: tensor.node).leaves.compactMap { names.name(of: $0) }
    var text =
      "\(grad) is None: `\(name)` is no leaf. \(tensor.node?.className ?? "An operation") computed it, and backward keeps "
    text += "gradients of leaves only"
    if !leaves.isEmpty, leaves.count <= 6 { text += ": " + leaves.map { "`\($0)`" }.joined(separator: ", ") }
    text += "." + made(binding)
    if let names = binding?.value.mentions().names, names.contains(name) {
      return text + "\n\n`\(name) = …` put a new tensor in the place of the leaf. To change the leaf itself:"
        + "\n\n```\nwith no_grad():\n    \(name) -= …\n```"
    }
    return text + "\n\n`\(name).retain_grad()` before backward keeps its gradient, too."
  }

  /// A leaf that wants gradients and has none.
  private var notReached: String {
    let history = tensor.gradientHistory
    if let reset = history?.lastReset, reset.kind == .setToNone {
      var text = "\(grad) is None: " + resetText(reset, history!) + ", and no backward call reached `\(name)` since."
      if !history!.ever.isEmpty { text += "\n\nBefore that backward added to it:" + calls(history!.ever) }
      return text
    }
    let dependents = self.dependents
    let calls = session.gradientJournal.backwardCalls
    guard let last = calls.entries.last else {
      return "\(grad) is None: backward was not called yet." + advice(dependents)
    }
    let binding = plainName.flatMap { BindingSearch.binding(of: $0, in: session.cells) }
    if let binding, let lastCell = cellNumber(last.place), binding.cell.number > lastCell {
      return "\(grad) is None: the last backward call was in `\(place(last.place).where)`, before `\(name)` was made."
        + made(binding) + advice(dependents)
    }
    return "\(grad) is None: backward was called, but not on anything that was computed from `\(name)`:"
      + self.calls(calls)
      + unused(calls) + advice(dependents)
  }

  /// `loss` of `loss.backward()`, where that variable still shows that it does not depend on the leaf.
  private func unused(_ calls: GradientHistory.Counts) -> String {
    var names: [String] = []
    for entry in calls.entries {
      let code = place(entry.place).code
      guard let range = code.firstRange(of: ".backward(") else { continue }
      let called = String(
        code[..<range.lowerBound].reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }.reversed())
      guard let root = vm.main[Symbol(called)]?.asTensor, !names.contains(called), let node = root.node,
        !AutogradGraph(from: node).reaches(tensor)
      else { continue }
      names.append(called)
    }
    guard let first = names.first else { return "" }
    return "\n\n`\(first)` does not depend on `\(name)`: `%graph \(first)` shows what it depends on."
  }

  private func advice(_ dependents: [String]) -> String {
    guard let first = dependents.first else { return "\n\nNothing that a variable holds was computed from `\(name)`." }
    let all = dependents.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
    return "\n\nComputed from `\(name)`: \(all). `\(first).backward()` would fill \(grad)."
  }

  /// Variables that were computed from the tensor; single numbers first.
  private var dependents: [String] {
    var known: [ObjectIdentifier: Bool] = [:]
    var found: [(name: String, tensor: Tensor)] = []
    for entry in TensorNames(vm).tensors.prefix(500) where entry.tensor !== tensor {
      guard let node = entry.tensor.node, !node.isReleased else { continue }
      let id = ObjectIdentifier(node)
      let reaches = known[id] ?? AutogradGraph(from: node).reaches(tensor)
      known[id] = reaches
      if reaches { found.append(entry) }
    }
    return found.filter { $0.tensor.count == 1 }.map(\.name) + found.filter { $0.tensor.count != 1 }.map(\.name)
  }

  // MARK: Words

  /// The name, where it is that of a variable.
  private var plainName: String? { name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? name : nil }

  private func made(_ binding: BindingSearch.Binding?) -> String {
    guard let binding else { return "" }
    return "\n\n```text\n\(binding.place)  \(binding.code)\n```"
  }
}
