import Language
import Library
import Notebook
import Runtime

/// Which names a notebook's cells use that Python does not know by itself, and in which ways.
struct NameUses {
  /// Every name that a cell mentions or binds.
  private(set) var all: Set<String> = []
  /// The names of tnb that may be read before a cell binds them.
  private(set) var needed: Set<String> = []
  /// `grad` stands somewhere as a flag, or a dtype does.
  private(set) var flags = false
  /// A cell has code.
  private(set) var runs = false
  /// A cell ends in an expression that is displayed.
  private(set) var displays = false
  /// A cell is recorded to raise.
  private(set) var raises = false
  /// `_`, `__` and `___` as far as cells read them as the last values displayed.
  private(set) var lastValues: [String] = []

  /// What cells read of the session's memory by names that a script has not, such as `Out` and `_3`; with the number of the
  /// notebook's cell.
  private(set) var sessionNames: [(cell: Int, name: String)] = []

  var showsLastValue: Bool { !lastValues.isEmpty }

  /// The factories among the needed names, which take flags.
  var flaggedFactories: [String] { needed.intersection(FlaggedFactories.names).sorted() }

  init(_ notebook: Notebook) {
    let known = Self.known
    var bound: Set<String> = []
    var readsLast = 0
    for (i, cell) in notebook.shownCells.enumerated() where cell.isRunnable {
      runs = true
      if cell.expectsError { raises = true }
      let source = CellSource(cell, number: i, path: "").text
      guard let tree = try? Parser.parse(source), let names = try? GlobalNames(tree) else { continue }
      if PythonCode.displayed(tree) != nil { displays = true }
      all.formUnion(names.mentioned)
      all.formUnion(names.bound)
      let unbound = Self.unbound(tree, bound: &bound)
      needed.formUnion(unbound.intersection(known))
      for (k, name) in ["_", "__", "___"].enumerated() where unbound.contains(name) {
        readsLast = max(readsLast, k + 1)
      }
      for name in unbound.sorted() where Self.isSessionName(name) { sessionNames.append((i + 1, name)) }
      if !flags { flags = Self.hasFlags(tree) }
    }
    lastValues = Array(["_", "__", "___"].prefix(readsLast))
    if flags { needed.formUnion(["grad", "torch"]) }
  }

  private static func isSessionName(_ name: String) -> Bool {
    if ["In", "Out", "_ih", "_oh", "_i", "_ii", "_iii"].contains(name) { return true }
    guard name.hasPrefix("_"), name.count > 1 else { return false }
    return name.dropFirst(name.hasPrefix("_i") ? 2 : 1).allSatisfy(\.isNumber)
  }

  /// The names that a cell reads before anything binds them, statement by statement; `bound` gets those that it binds.
  private static func unbound(_ tree: Language.Module, bound: inout Set<String>) -> Set<String> {
    var result: Set<String> = []
    for statement in tree.body {
      guard let names = try? GlobalNames(Language.Module(body: [statement], endsInSemicolon: false)) else { continue }
      var read = names.mentioned.subtracting(bound)
      switch statement.kind {
      case .assign, .augmentedAssign, .annotatedAssign, .expression, .import, .importFrom: break
      // `for t in …: f(t)` binds first.
      default: read.subtract(names.bound)
      }
      result.formUnion(read)
      bound.formUnion(names.bound)
    }
    return result
  }

  /// Whether `grad` is anything but called, or a dtype stands among the arguments of a factory.
  private static func hasFlags(_ tree: Language.Module) -> Bool {
    var found = false
    var called: Set<ObjectIdentifier> = []
    tree.walk { expression in
      switch expression.kind {
      case .call(let callee, let arguments):
        guard case .name(let name) = callee.kind else { return }
        called.insert(ObjectIdentifier(callee))
        guard FlaggedFactories.names.contains(name) else { return }
        for case .positional(let argument) in arguments { if isDType(argument) { found = true } }
      case .name("grad"): if !called.contains(ObjectIdentifier(expression)) { found = true }
      default: break
      }
    }
    return found
  }

  private static let dtypes: Set<String> = [
    "float16", "float32", "float64", "bfloat16", "half", "float", "double", "uint8", "int8", "int16", "int32", "int64",
    "short",
    "int", "long", "bool",
  ]

  private static func isDType(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .name(let name): dtypes.contains(name) && !["float", "int", "bool"].contains(name)
    case .attribute(_, let name, _): dtypes.contains(name) || name == "dtype"
    default: false
    }
  }

  /// The names that cells see without an import and Python does not.
  private static let known: Set<String> = {
    let vm = VM()
    Library.install(into: vm)
    return Set(vm.main.fallbackNames()).filter { vm.builtins[Symbol($0)] == nil }
  }()
}
