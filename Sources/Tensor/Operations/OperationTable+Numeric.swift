extension OperationTable {
  /// Elementwise operations, reductions, products.
  static var numericFamilies: [Family] { [] }
}
