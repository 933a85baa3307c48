import Runtime

/// Parts of native modules that are written in the language. Native modules are shared by all interpreters of a process, so
/// any of those that still live may load a part: a help page's example, say, has an interpreter for a moment only.
enum WrittenParts {
  private struct Machine {
    weak var vm: VM?
  }

  nonisolated(unsafe) private static var machines: [Machine] = []

  static func register(_ vm: VM) {
    machines.removeAll { $0.vm == nil }
    machines.append(Machine(vm: vm))
  }

  static func module(_ key: String) -> Module? {
    for machine in machines.reversed() {
      if let vm = machine.vm, case .object(let o)? = try? vm.importedModule(key), let module = o as? Module {
        return module
      }
    }
    return nil
  }
}
