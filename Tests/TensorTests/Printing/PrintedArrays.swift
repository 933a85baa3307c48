// Recorded from NumPy 2.4: `repr` and `str` of arrays of these values.

@testable import Tensor

/// One array and its printed forms.
struct PrintedArray {
  let values: [Double]
  let shape: [Int]
  let dtype: String
  var configure: (inout NumPyPrintOptions) -> Void = { _ in }
  let repr: String
  let str: String
}

/// All recorded arrays.
func printedArrays() -> [PrintedArray] {
  doublePrintedArrays() + floatPrintedArrays() + matrixPrintedArrays() + specialPrintedArrays() + integerPrintedArrays()
    + summarisedPrintedArrays() + optionedPrintedArrays()
}
