import Tensor

/// `docs/reference.md`, written from the operations' declarations.
package enum ReferencePage {
  /// The whole page, Markdown. Operations stand in order of name; one with several faces stands once. Each example is run by a
  /// fresh runner, seeded with 0, and shows what it gave.
  package static func render(runner: () -> CellRunner) -> String {
    var text = """
      # Reference

      Tensor operations, from their declarations; `scripts/reference` writes this page. Signatures use PyTorch's names and
      types. Where an operation can be named: `torch.` also means the bare name in a cell, unless Python has a built-in of
      that name.


      """
    var byName: [String: [OperationDeclaration]] = [:]
    for declaration in OperationTable.all { byName[declaration.name, default: []].append(declaration) }
    for name in byName.keys.sorted() {
      for declaration in byName[name]! { text += section(declaration, runner: runner) }
    }
    while text.hasSuffix("\n\n") { text.removeLast() }
    return text
  }

  private static func section(_ declaration: OperationDeclaration, runner: () -> CellRunner) -> String {
    var text = "## \(declaration.name)\n\n"
    let places = declaration.places
    if !places.isEmpty { text += places.map { "`\($0)`" }.joined(separator: " · ") + "\n\n" }
    if !declaration.overloads.isEmpty {
      text += "```\n" + declaration.overloads.map { declaration.name + $0.signature + "\n" }.joined() + "```\n\n"
    }
    if !declaration.doc.isEmpty { text += declaration.doc + "\n\n" }
    if !declaration.example.isEmpty {
      let records = self.records(of: declaration.example, runner: runner())
      text += "```tnb\n\(declaration.example)\n" + records.map { $0.line + "\n" }.joined() + "```\n\n"
    }
    return text
  }

  /// What an example prints, displays and raises.
  package static func records(of example: String, runner: CellRunner) -> [Record] {
    var output: [UInt8] = []
    runner.write = { output += $0.utf8 }
    runner.seed(0)
    let error = runner.run(CellSource(path: "<example>", text: Array(example.utf8)))
    return Record.lines(output: output, error: error?.summary)
  }
}
