import Language
import Notebook
import Runtime

/// What `x??` shows: the source of functions and classes, the library's own among them.
struct SourceText {
  private let vm: VM

  init(_ vm: VM) { self.vm = vm }

  struct Found {
    let code: String
    /// `In [3]`, `heapq of tnb's library`.
    let place: String
  }

  /// nil for what is not written in the language.
  func of(_ value: Value) -> Found? {
    if let span = Documentation(of: value, vm).definition { return found(span) }
    switch value {
    case .object(let object):
      if let class_ = object as? TypeObject { return source(of: class_) }
      if let module = object as? Runtime.Module { return source(of: module) }
    case .instance(let instance): return source(of: instance.type)
    default: break
    }
    return nil
  }

  private func found(_ span: SourceSpan) -> Found? {
    guard let entry = vm.sources[span.source], Int(span.hi) <= entry.text.count else { return nil }
    let lines = entry.text.split(separator: 0x0A, omittingEmptySubsequences: false)
    func line(of offset: UInt32) -> Int { entry.text[..<Int(offset)].reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
    var first = line(of: span.lo)
    let last = line(of: max(span.hi, span.lo + 1) - 1)
    let indent = lines[first].prefix { $0 == 0x20 }.count
    // The span of a decorated definition begins at `def`.
    while first > 0, lines[first - 1].dropFirst(indent).first == UInt8(ascii: "@") { first -= 1 }
    let code = lines[first...last].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n").outdented(indent)
    return Found(code: code.droppingBlankEnd(), place: entry.isLibrary ? "tnb's own \(entry.name)" : entry.name)
  }

  private func source(of module: Runtime.Module) -> Found? {
    guard let entry = vm.sources.last(where: { $0.isLibrary && $0.name == module.name }) else { return nil }
    return Found(code: String(decoding: entry.text, as: UTF8.self).droppingBlankEnd(), place: "tnb's own \(entry.name)")
  }

  /// A class keeps no place: the text of one of its functions has it, else any text that was run, the newest first.
  private func source(of class_: TypeObject) -> Found? {
    guard class_.isUserDefined else { return nil }
    for name in class_.attributes.names {
      guard case .function(let function)? = class_.attributes[name],
        let entry = vm.sources[function.code.definitionSpan.source],
        let span = classStatement(class_, in: entry.text, source: function.code.definitionSpan.source)
      else { continue }
      return found(span)
    }
    for number in (1...max(vm.sources.count, 1)).reversed() {
      guard let entry = vm.sources[UInt32(number)],
        let span = classStatement(class_, in: entry.text, source: UInt32(number))
      else { continue }
      return found(span)
    }
    return nil
  }

  private func classStatement(_ class_: TypeObject, in text: [UInt8], source: UInt32) -> SourceSpan? {
    guard let tree = try? Parser.parse(text, source: source) else { return nil }
    return Self.last(class_.name, in: tree.body)
  }

  private static func last(_ name: String, in body: [Statement]) -> SourceSpan? {
    for statement in body.reversed() {
      switch statement.kind {
      case .class(let definition):
        if definition.name == name { return statement.span }
        if let inner = last(name, in: definition.body) { return inner }
      case .function(let definition):
        if let inner = last(name, in: definition.body) { return inner }
      case .if(_, let then, let otherwise):
        if let inner = last(name, in: otherwise) ?? last(name, in: then) { return inner }
      case .with(_, let body):
        if let inner = last(name, in: body) { return inner }
      case .try(let body, _, _, _):
        if let inner = last(name, in: body) { return inner }
      case .expression, .assign, .augmentedAssign, .annotatedAssign, .delete, .pass, .break, .continue, .return, .raise,
        .assert, .global, .nonlocal, .import, .importFrom, .while, .for:
        break
      }
    }
    return nil
  }
}

extension String {
  /// Every line without its first `count` spaces.
  fileprivate func outdented(_ count: Int) -> String {
    guard count > 0 else { return self }
    return split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.dropFirst(min(count, line.prefix { $0 == " " }.count))
    }.joined(separator: "\n")
  }
}
