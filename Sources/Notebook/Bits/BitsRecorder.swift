import Language
import Runtime
import Tensor

/// Takes the digests of what a notebook's cells made, while it is replayed.
package struct BitsRecorder {
  package private(set) var cells: [BitsFile.Cell] = []
  /// What the functions defined so far read when they are called.
  private var deferred: [String: Set<String>] = [:]

  package init() {}

  /// Called when a cell has run and the next has not begun.
  package mutating func add(_ result: Replay.Result, _ runner: CellRunner) {
    var digests: [BitsFile.Digest] = []
    if let interpreter = runner as? Interpreter {
      let vm = interpreter.vm
      if result.error == nil, let value = vm.displayed, !value.isNone {
        digests.append(BitsFile.Digest(name: "=", value: ValueDigest.of(value, vm)))
      }
      for name in variables(of: result.source).sorted() {
        guard let value = vm.main[Symbol(name)], ValueDigest.covers(value) else { continue }
        digests.append(BitsFile.Digest(name: name, value: ValueDigest.of(value, vm)))
      }
      if result.drewRandomNumbers, let state = try? Generator.global.stateTensor() {
        let bytes = Array(UnsafeRawBufferPointer(start: state.data, count: state.count))
        digests.append(BitsFile.Digest(name: "random()", value: ValueDigest.hex(bytes)))
      }
    }
    cells.append(
      BitsFile.Cell(title: result.source.title, code: ValueDigest.hex(result.source.text), digests: digests))
  }

  /// The global names that a cell, or a function that it may call, reads or binds.
  private mutating func variables(of source: CellSource) -> Set<String> {
    guard let tree = try? Parser.parse(source.text), let names = try? GlobalNames(tree) else { return [] }
    deferred.merge(names.deferred) { $1 }
    return GlobalNames.closure(Set(names.used).union(names.bound), through: deferred)
  }
}
