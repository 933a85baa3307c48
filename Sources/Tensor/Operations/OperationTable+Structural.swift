extension OperationTable {
  /// Creation, shapes, indexing, joining, sorting, linear algebra, activations and losses.
  static var structuralFamilies: [Family] {
    [
      viewDeclarations, viewInPlaceDeclarations, arrangingDeclarations, indexingDeclarations,
      factoryDeclarations, randomDeclarations, sortingDeclarations, activationDeclarations, lossDeclarations,
      layerDeclarations, linearAlgebraDeclarations, legacyNormDeclarations, partDeclarations, convolutionDeclarations,
      resamplingDeclarations, attentionDeclarations, unfoldingDeclarations, channelDropoutDeclarations,
      windowFunctionDeclarations, wholeTensorDeclarations,
    ]
  }
}
