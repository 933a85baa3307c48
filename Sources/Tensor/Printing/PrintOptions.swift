/// What `torch.set_printoptions` sets.
package struct PrintOptions: Equatable {
  /// Digits after the decimal point.
  package var precision = 4
  /// Tensors of more elements are summarised; nil never summarises.
  package var threshold: Double = 1000
  /// Elements shown at each end of a summarised dimension.
  package var edgeItems = 3
  package var lineWidth = 80
  /// Whether to use scientific notation; nil decides by the values.
  package var scientific: Bool?

  package init() {}

  nonisolated(unsafe) package static var current = PrintOptions()

  /// Applies `default`, `short` or `full`; false for another name, which PyTorch ignores.
  @discardableResult
  package mutating func apply(profile: String) -> Bool {
    switch profile {
    case "default": (precision, threshold, edgeItems, lineWidth) = (4, 1000, 3, 80)
    case "short": (precision, threshold, edgeItems, lineWidth) = (2, 1000, 2, 80)
    case "full": (precision, threshold, edgeItems, lineWidth) = (4, .infinity, 3, 80)
    default: return false
    }
    return true
  }
}
