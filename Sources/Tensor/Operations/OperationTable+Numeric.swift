extension OperationTable {
  /// Elementwise operations, reductions, products.
  static var numericFamilies: [Family] {
    [
      unaryDeclarations, arithmeticDeclarations, logicDeclarations, reductionDeclarations, productDeclarations,
      specialDeclarations,
    ]
  }
}
