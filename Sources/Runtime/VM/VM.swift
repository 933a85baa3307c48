import CKernels
import Language
import Tensor

/// One running interpreter: its value stack, modules, built-ins and output.
package final class VM {
  /// The namespace cells run in.
  package let main = Namespace(name: "__main__")
  /// Built-in functions, types and exceptions by name.
  package let builtins = Attributes()
  /// Where `print` and displayed values go.
  package final var write: (String) -> Void = { print($0, terminator: "") }
  /// The value the last cell displays, if any.
  package final var displayed: Value?
  package final var recursionLimit = 1000
  /// Modules by dotted name, made by their loaders on first import.
  package final var modules: [String: Module] = [:]
  package final var moduleLoaders: [String: (VM) throws(ExceptionObject) -> Module] = [:]

  package init() {}
}
