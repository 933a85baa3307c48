import Language
import Notebook
import Runtime

/// Finds what Tab offers, from what the session holds. It looks and never runs anything of the user's: no property, no
/// `__getattr__`, no `__dir__`.
struct Completer {
  private let session: Session
  private let values: ValueLookup

  init(_ session: Session) {
    self.session = session
    values = ValueLookup(session.interpreter.vm)
  }

  func complete(_ text: String, cursor: Int) -> Completion {
    let bytes = Array(text.utf8)
    let before = Array(bytes.prefix(cursor))
    let line = before[(before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0)...]
    let typed = String(decoding: line, as: UTF8.self)
    if let completion = CommandCompleter(session).complete(typed, lineStart: line.startIndex, cursor: cursor) {
      return completion
    }
    // Behind `%time` and its like stands code as anywhere.
    let start = CommandCompleter.codeStart(of: typed).map { line.startIndex + $0 } ?? 0
    let context = CursorContext(endOf: Array(before[start...]))
    let found = names(context, cell: bytes)
    return Completion(
      replacing: (start + context.start)..<cursor,
      candidates: Self.matching(found, context.prefix).map { Completion.Candidate($0) })
  }

  /// Every name that can stand there; those that do not fit the prefix too.
  private func names(_ context: CursorContext, cell: [UInt8]) -> [String] {
    switch context.kind {
    case .nothing: return []
    case .name(let call):
      let keywords = call.map(self.keywords) ?? []
      // In an empty argument the keywords are what is asked for.
      if !keywords.isEmpty, context.prefix.isEmpty { return keywords }
      return keywords + globals(cell, besides: context.prefix)
    case .attribute(let chain):
      guard let chain, let value = values.value(of: chain) else { return [] }
      return values.attributes(of: value)
    case .module: return modules(context.prefix)
    case .member(let module): return values.module(module).map { values.attributes(of: .object($0)) } ?? []
    case .text(let call, let subscripted):
      if let subscripted { return values.value(of: subscripted).map(values.keys) ?? [] }
      guard isFileArgument(call, context.prefix) else { return [] }
      return FileCompleter.paths(context.prefix)
    }
  }

  /// The candidates that begin with what is typed; in another case when none does. Private names wait for their underscore.
  private static func matching(_ names: [String], _ prefix: String) -> [String] {
    var seen: Set<String> = []
    let visible = names.filter { name in
      if name.hasPrefix("__") { return prefix.hasPrefix("__") }
      return !name.hasPrefix("_") || prefix.hasPrefix("_")
    }
    var found = visible.filter { $0.hasPrefix(prefix) && seen.insert($0).inserted }
    if found.isEmpty, !prefix.isEmpty {
      let lower = prefix.lowercased()
      found = visible.filter { $0.lowercased().hasPrefix(lower) && seen.insert($0).inserted }
    }
    return order(found)
  }

  /// Keywords of a call first, then by letter without regard to case.
  private static func order(_ names: [String]) -> [String] {
    let keywords = names.filter { $0.hasSuffix("=") }
    let others = names.filter { !$0.hasSuffix("=") }.map { (key: $0.lowercased(), name: $0) }
    return keywords + others.sorted { ($0.key, $0.name) < ($1.key, $1.name) }.map(\.name)
  }

  private func globals(_ cell: [UInt8], besides prefix: String) -> [String] {
    let vm = session.interpreter.vm
    // What the cell itself names: parameters and variables of a function that is being typed.
    let own = CursorContext.names(in: cell).filter { $0 != prefix }
    return session.variables + own + vm.builtins.names.map(\.text) + vm.main.fallbackNames() + CursorContext.keywords
      + ["In", "Out"]
  }

  private func keywords(_ call: CursorContext.Call) -> [String] {
    guard call.isAtStart, let callee = call.callee, let value = values.value(of: callee) else { return [] }
    return values.keywords(of: value).filter { !call.keywords.contains($0) }.map { $0 + "=" }
  }

  private func modules(_ prefix: String) -> [String] {
    let names = session.interpreter.vm.moduleLoaders.keys.filter { !$0.hasPrefix("_") }
    // Without a dot, the packages; behind one, what is in them: the word at the cursor is the last part.
    return Array(Set(names.flatMap { $0.split(separator: ".").map(String.init) }))
  }

  private static let fileFunctions: Set<String> = [
    "open", "load", "save", "loadtxt", "savetxt", "genfromtxt", "savez", "read_csv", "savefig", "imread", "listdir",
    "exists", "chdir",
  ]

  private func isFileArgument(_ call: CursorContext.Call?, _ prefix: String) -> Bool {
    if prefix.hasPrefix("/") || prefix.hasPrefix("./") || prefix.hasPrefix("../") || prefix.hasPrefix("~/") {
      return true
    }
    switch call?.callee?.last {
    case .name(let name), .attribute(let name): return Self.fileFunctions.contains(name)
    case .index, .key, .text, nil: return false
    }
  }
}
