import Language
import Runtime

/// Modules written in the language itself, embedded in the binary and compiled on first import.
enum EmbeddedModules {
  static func loader(
    _ name: String, _ source: @escaping () -> [UInt8]
  ) -> (VM) throws(ExceptionObject) -> Runtime.Module {
    func load(_ vm: VM) throws(ExceptionObject) -> Runtime.Module { try self.load(name, source(), vm) }
    return load
  }

  /// The module's namespace is its attributes.
  static func load(_ name: String, _ source: [UInt8], _ vm: VM) throws(ExceptionObject) -> Runtime.Module {
    let namespace = Namespace(name: name)
    namespace[Names.name] = .text(name)
    let tree: Language.Module
    let code: Code
    do throws(SyntaxError) {
      // Registered, so that `f??` can show it.
      tree = try Parser.parse(source, source: vm.sources.add(name: name, text: source, isLibrary: true))
      code = try Compiler.compile(tree, globals: namespace, displaysLast: false, vm: vm)
    } catch {
      throw .runtime("the embedded module \(name) does not compile: \(error.message)")
    }
    try vm.run(code, globals: namespace)
    let module = Runtime.Module(name)
    module.doc = code.doc
    module.loader = { namespace[$0] }
    module.loadableNames = { namespace.names.filter { namespace[$0] != nil }.map(\.text) }
    return module
  }
}
