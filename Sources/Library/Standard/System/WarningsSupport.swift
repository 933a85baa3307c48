import Language
import Runtime

/// `_warnings`: what warnings needs from Swift. Only the library uses it.
enum WarningsSupport {
  static func make(_ vm: VM) -> Runtime.Module {
    let m = ModuleBuilder("_warnings", "What warnings needs from Swift.")
    m.add("place(level, /)", "File, line and module of the user's code that many calls up, counted from 1.") {
      (vm, args) throws(ExceptionObject) in
      let places = vm.callStack.map(\.span).filter { vm.sources[$0.source]?.isLibrary == false }
      let level = max(1, try vm.int(args[0]))
      guard level <= places.count else { return .makeTuple([.text("sys"), .int(1), .text("sys")]) }
      let span = places[places.count - level]
      return .makeTuple([
        .text(vm.sources[span.source]?.name ?? ""), .int(vm.sources.line(of: span)), .text(vm.main.name),
      ])
    }
    return m.module
  }
}
