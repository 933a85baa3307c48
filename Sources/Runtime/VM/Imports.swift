import Tensor

extension VM {
  /// `import a.b.c`: the module `a` when `top`, else `a.b.c`.
  func importModule(_ name: String, top: Bool) throws(ExceptionObject) -> Value {
    var path = ""
    var parent: Module?
    var first: Module?
    for part in name.split(separator: ".") {
      path += path.isEmpty ? String(part) : ".\(part)"
      let module = try module(path, within: parent, full: name)
      if let parent, parent.attributes[Symbol(String(part))] == nil {
        parent.attributes.set(Symbol(String(part)), .object(module))
      }
      if first == nil { first = module }
      parent = module
    }
    guard let last = parent, let first else { throw .value("Empty module name") }
    return .object(top ? first : last)
  }

  /// A module by its dotted name, loaded when it is not there yet.
  private func module(_ path: String, within parent: Module?, full: String) throws(ExceptionObject) -> Module {
    if let known = modules[path] { return known }
    if let loader = moduleLoaders[path] {
      // What a module begins with is no change that the cell makes.
      let made = try Changes.apart { () throws(ExceptionObject) in try loader(self) }
      modules[path] = made
      return made
    }
    let last = String(path.split(separator: ".").last ?? "")
    if let parent, case .object(let object)? = try attribute(.object(parent), Symbol(last)),
      let module = object as? Module
    {
      modules[path] = module
      return module
    }
    let reason =
      parent == nil || modules[path] != nil ? "" : parentIsPackage(path) ? "" : "; '\(parent!.name)' is not a package"
    let error = ExceptionObject.make(Types.moduleNotFoundError, "No module named '\(path)'\(reason)")
    error.nearNames = .init(wanted: path, candidates: Array(moduleLoaders.keys))
    throw error
  }

  private func parentIsPackage(_ path: String) -> Bool {
    let parent = path.split(separator: ".").dropLast().joined(separator: ".")
    return moduleLoaders.keys.contains { $0.hasPrefix(parent + ".") }
  }

  /// `from module import name`.
  func importAttribute(_ module: Value, _ name: Symbol) throws(ExceptionObject) -> Value {
    if let value = try attribute(module, name) { return value }
    guard case .object(let object) = module, let owner = object as? Module else {
      throw .make(Types.importError, "cannot import name '\(name.text)'")
    }
    let path = "\(owner.name).\(name.text)"
    if modules[path] != nil || moduleLoaders[path] != nil { return try importModule(path, top: false) }
    let error = ExceptionObject.make(
      Types.importError, "cannot import name '\(name.text)' from '\(owner.name)' (unknown location)")
    error.nearNames = .init(
      wanted: name.text, candidates: owner.attributes.names.map(\.text) + (owner.loadableNames?() ?? []))
    throw error
  }

  /// `from module import *`.
  func importAll(_ module: Value, _ globals: Namespace) throws(ExceptionObject) {
    guard case .object(let object) = module, let owner = object as? Module else { return }
    var names = Set(owner.attributes.names.map(\.text) + (owner.loadableNames?() ?? []))
    if let all = owner.attributes[Names.all] { names = Set(try items(all).compactMap(\.string)) }
    for name in names.sorted() where !name.hasPrefix("_") {
      let symbol = Symbol(name)
      if let value = try attribute(module, symbol) { globals[symbol] = value }
    }
  }
}
