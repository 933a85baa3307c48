/// Which part, written in the language, has which of numpy's functions: a part is loaded when one of them is asked for.
enum NumPyParts {
  /// The part that has a name; nil where none has it.
  static func part(of name: String) -> String? { places[name] }

  static var names: [String] { Array(places.keys) }

  private static let places: [String: String] = {
    var table: [String: String] = [:]
    for (part, names) in all {
      for name in names.split(whereSeparator: { $0 == " " || $0 == "\n" }) { table[String(name)] = "_numpy_" + part }
    }
    return table
  }()

  static let all: [(part: String, names: String)] = [
    (
      "calculus",
      """
      convolve diff gradient interp trapezoid
      """
    ),
    (
      "editing",
      """
      delete expand_dims insert moveaxis roll rot90
      """
    ),
    (
      "elementwise",
      """
      base_repr binary_repr conj conjugate divmod fix float_power frexp iscomplex iscomplexobj isreal isrealobj
      iterable ldexp logaddexp2 modf real sinc unwrap
      """
    ),
    (
      "grids",
      """
      broadcast_arrays broadcast_shapes diag_indices diag_indices_from diagflat fill_diagonal fromfunction
      fromiter index_exp indices mgrid ndenumerate ndindex ogrid ravel_multi_index s_ tri tril_indices
      tril_indices_from triu_indices triu_indices_from unravel_index vander
      """
    ),
    (
      "histograms",
      """
      digitize histogram histogram2d histogram_bin_edges histogramdd
      """
    ),
    (
      "joining",
      """
      apply_over_axes array_equiv atleast_3d block correlate dsplit dstack kron matrix_transpose matvec resize
      rollaxis tensordot unstack vecdot vecmat
      """
    ),
    (
      "nan",
      """
      nanargmax nanargmin nancumprod nancumsum nanmax nanmean nanmedian nanmin nanpercentile nanprod nanquantile
      nanstd nansum nanvar
      """
    ),
    (
      "padding",
      """
      pad
      """
    ),
    (
      "polynomials",
      """
      poly poly1d polyadd polyder polydiv polyfit polyint polymul polysub polyval roots
      """
    ),
    (
      "printing",
      """
      array2string array_repr array_str format_float_positional format_float_scientific
      """
    ),
    (
      "quantiles",
      """
      median percentile quantile
      """
    ),
    (
      "ranges",
      """
      geomspace linspace logspace
      """
    ),
    (
      "selections",
      """
      argpartition choose compress copyto extract lexsort partition piecewise place put put_along_axis putmask
      select take_along_axis trim_zeros
      """
    ),
    (
      "sets",
      """
      intersect1d isin setdiff1d setxor1d union1d unique unique_all unique_counts unique_inverse unique_values
      """
    ),
    (
      "special",
      """
      angle bitwise_count broadcast can_cast common_type corrcoef cov cross diagonal fromstring imag isdtype lcm
      mask_indices min_scalar_type nan_to_num nextafter packbits real_if_close require spacing trace unpackbits
      """
    ),
    (
      "statistics",
      """
      average cumulative_prod cumulative_sum ediff1d
      """
    ),
    (
      "ufuncs",
      """
      frompyfunc vectorize
      """
    ),
    (
      "windows",
      """
      bartlett blackman hamming hanning i0 kaiser
      """
    ),
  ]
}
