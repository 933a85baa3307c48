import Runtime
import Tensor

/// What all interpreters of a process share: the random streams that modules begin with, print options and their like. One that
/// begins while another waits takes the state as it is and puts it back.
package struct SharedState {
  private let settings: SessionSettings
  private let streams: [(stream: ChangingContents, contents: Any)]
  private let vm: VM

  /// As it is now, in an interpreter whose machine is `vm`.
  package init(_ vm: VM) {
    self.vm = vm
    settings = SessionSettings(vm)
    streams = [Generator.global, Entropy.shared, NumPyRandomModule.global].map { ($0, $0.contents) }
  }

  package func restore() {
    settings.apply(vm)
    for (stream, contents) in streams {
      stream.willChange()
      stream.contents = contents
    }
  }

  /// The state in which a process begins, for a new interpreter.
  package static func begin(seed: UInt64, _ vm: VM) {
    SessionSettings.standard.apply(vm)
    Library.seed(seed)
  }
}
