/// PyTorch's CPU random generator (MT19937): the same seed gives the same numbers, value for value.
package final class Generator {
  /// The generator that `torch.manual_seed` seeds.
  nonisolated(unsafe) package static var global = Generator(seed: 67_280_421_310_721)

  package private(set) var seed: UInt64

  package init(seed: UInt64) { self.seed = seed }
}
