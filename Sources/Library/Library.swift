import Runtime
import Tensor

/// Everything that cells can name beyond the language itself.
package enum Library {
  /// Makes the modules known to `vm`, and torch's names visible in cells. Costs next to nothing: modules are built when a name
  /// of theirs is first asked for.
  package static func install(into vm: VM) {
    TorchLibrary.install(into: vm)
    NumPyLibrary.install(into: vm)
    StandardLibrary.install(into: vm)
    vm.builtins.set(Symbol("open"), .object(OpenFunction.native))
  }

  /// Begins every random stream from a seed: torch's as `torch.manual_seed` does, those of other modules from words that follow
  /// from it. To be called before the first cell.
  package static func seed(_ seed: UInt64) {
    Generator.global.manualSeed(seed)
    Entropy.shared.start(seed: seed)
    NumPyRandomModule.begin(NumPyRandomModule.global)
  }
}
