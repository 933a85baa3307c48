import Language
import Library
import Notebook
import Runtime
import Tensor

/// What `x?` shows: what a value is, how it is called, what is written about it, an example.
struct Inspection {
  private let session: Session
  private var vm: VM { session.interpreter.vm }
  private var palette: Palette { session.palette }

  init(_ session: Session) { self.session = session }

  /// The value that a name such as `model.layers[0].weight` means. Nothing of the user's runs to find it.
  func value(_ name: String) throws(CommandError) -> Value {
    let lookup = ValueLookup(vm)
    let context = CursorContext(endOf: Array((name + ".").utf8))
    if case .attribute(of: let chain?) = context.kind, let value = lookup.value(of: chain) { return value }
    if CursorContext.keywords.contains(name) {
      throw CommandError("\(name) is a word of the language, not a value")
    }
    if CommandTable.command(name) != nil { throw CommandError("\(name) is a command", hint: "%\(name)? explains it") }
    throw CommandError("there is nothing called \(name)", hint: near(name, lookup).map { "did you mean \($0)?" })
  }

  private func near(_ name: String, _ lookup: ValueLookup) -> String? {
    if let dot = name.lastIndex(of: ".") {
      let owner = String(name[..<dot])
      guard let value = try? value(owner) else { return nil }
      let found = NearName.nearest(to: String(name[name.index(after: dot)...]), among: lookup.attributes(of: value))
      return found.map { owner + "." + $0 }
    }
    let names = session.variables + vm.builtins.names.map(\.text) + vm.main.fallbackNames()
    return NearName.nearest(to: name, among: names)
  }

  // MARK: x?

  func describe(_ name: String) throws(CommandError) -> String {
    describe(try value(name), name)
  }

  private func describe(_ value: Value, _ name: String) -> String {
    let known = Documentation(of: value, vm)
    var parts: [String] = []
    if known.signatures.isEmpty { parts.append(facts(value, known)) } else { parts.append(calls(known)) }
    if !known.text.isEmpty { parts.append(prose(known.text)) }
    if !known.example.isEmpty { parts.append(example(known.example)) }
    if known.places.count > 1 {
      parts.append(palette.paint("Named: ", .heading) + known.places.joined(separator: ", ") + "\n")
    }
    if value.isNone, name.hasSuffix(".grad") { parts.append("%why \(name) tells why there is none\n") }
    if case .object(let object) = value, let module = object as? Runtime.Module { parts.append(members(module)) }
    if known.definition != nil { parts.append(source(known)) }
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func prose(_ text: String) -> String {
    MarkdownText.render(text, width: min(session.width, 80), palette)
  }

  private func calls(_ known: Documentation) -> String {
    known.signatures.map {
      SignatureLayout.lines($0, width: session.width).map { CodePainter.paint($0, palette) + "\n" }.joined()
    }
    .joined()
  }

  private func source(_ known: Documentation) -> String {
    guard let span = known.definition, let entry = vm.sources[span.source] else { return "" }
    let line = entry.text[..<min(Int(span.lo), entry.text.count)].reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let place = entry.isLibrary ? "tnb's own \(entry.name)" : "\(entry.name):\(line)"
    return palette.paint("From ", .heading) + place + "; with ?? its source\n"
  }

  /// A cell and what it gives, run apart from the session.
  private func example(_ code: String) -> String {
    let generator = Generator.global.snapshot
    defer { Generator.global.snapshot = generator }
    let records = ReferencePage.records(of: code, runner: Interpreter())
    var text = palette.paint("Example", .heading) + "\n"
    for line in CodePainter.paint(code, palette).split(separator: "\n", omittingEmptySubsequences: false) {
      text += "    \(line)\n"
    }
    for record in records { text += "    " + palette.paint(record.line, .quiet) + "\n" }
    return text
  }

  private func members(_ module: Runtime.Module) -> String {
    let names = ValueLookup(vm).attributes(of: .object(module)).filter { !$0.hasPrefix("_") }
    guard !names.isEmpty else { return "" }
    let sorted = Array(Set(names)).sorted { ($0.lowercased(), $0) < ($1.lowercased(), $1) }
    let page = ColumnList.pages(sorted, width: session.width, height: 10)[0]
    let shown = ColumnList.rows(Array(sorted[page]), width: session.width).map { $0 + "\n" }.joined()
    let rest = sorted.count - page.count
    let more = rest > 0 ? palette.paint("… and \(rest) more: \(module.name). and Tab lists all", .quiet) + "\n" : ""
    return palette.paint("Names in it", .heading) + "\n" + shown + more
  }

  // MARK: Facts

  private func facts(_ value: Value, _ known: Documentation) -> String {
    var rows: [(String, String)] = []
    if case .object(let object) = value, let module = object as? Runtime.Module {
      return palette.paint("module ", .heading) + module.name + "\n"
    }
    let summary = ValueSummary(value, vm)
    rows.append(("Type", summary.type))
    if let tensor = ValueSummary.tensor(value) {
      let count = tensor.count == 1 ? "1 element" : "\(tensor.count) elements"
      rows.append(("Shape", "\(summary.shape), \(count), \(summary.size)"))
      rows.append(("Dtype", summary.dtype))
      if let tensor = value.asTensor { rows += gradientFacts(tensor) }
    } else if !summary.size.isEmpty {
      rows.append(("Length", summary.size))
    }
    rows.append(("Value", shown(value)))
    return rows.map { name, fact in
      let head = palette.paint(name, .heading) + String(repeating: " ", count: 10 - name.count)
      if fact.contains("\n") { return head.droppingBlankEnd() + fact + "\n" }
      var words = StyledWords()
      words.add(fact, [])
      let lines = words.lines(width: session.width - 10, palette)
      return head + lines.joined(separator: "\n" + String(repeating: " ", count: 10)) + "\n"
    }.joined()
  }

  private func gradientFacts(_ tensor: Tensor) -> [(String, String)] {
    guard tensor.requiresGrad else { return [("Gradient", "not recorded (requires_grad is False)")] }
    if let node = tensor.node { return [("Gradient", "flows on through \(node.className); %graph shows its graph")] }
    let filled = tensor.grad == nil ? "backward has not filled .grad" : "in .grad; %why tells where it came from"
    return [("Gradient", "wanted: a leaf; " + filled)]
  }

  /// The value as a cell displays it, cut to some lines.
  private func shown(_ value: Value) -> String {
    guard let text = try? vm.pretty(value) else { return "(its __repr__ failed)" }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.count == 1 { return lines[0].cut(to: max(session.width - 10, 10) * 3) }
    if lines.count > 12 { lines = lines.prefix(12) + ["…"] }
    return "\n" + lines.joined(separator: "\n")
  }

  // MARK: x*?

  /// The names that match a pattern with `*`, as IPython's `*sum*?`.
  func matching(_ pattern: String) -> String {
    let lookup = ValueLookup(vm)
    var names: [String]
    if let dot = pattern.lastIndex(of: "."), let owner = try? value(String(pattern[..<dot])) {
      let start = String(pattern[...dot])
      names = lookup.attributes(of: owner).map { start + $0 }
    } else {
      names = session.variables + vm.builtins.names.map(\.text) + vm.main.fallbackNames()
    }
    let glob = Glob(pattern, isWhole: true)
    let private_ = pattern.split(separator: ".").last?.hasPrefix("_") ?? false
    names = Array(Set(names)).filter { name in
      (private_ || !(name.split(separator: ".").last?.hasPrefix("_") ?? false)) && glob.matches(name)
    }.sorted()
    if names.isEmpty { return "no name matches \(pattern)\n" }
    return ColumnList.rows(names, width: session.width).map { $0 + "\n" }.joined()
  }
}
