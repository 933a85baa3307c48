extension OperationTable {
  /// Sorting, searching, counting.
  static func sortingDeclarations() -> [OperationDeclaration] {
    orderDeclarations() + statisticDeclarations() + countingDeclarations()
  }

  private static func named(_ name: String, _ pair: (values: Tensor, indices: Tensor)) -> OperationResult {
    .named(name, [("values", pair.values), ("indices", pair.indices)])
  }

  private static func orderDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    list.append(
      declare(
        "sort", .both, "Elements in order along a dimension, and the positions they came from.",
        "sort(tensor([3, 1, 2]))",
        check: checkUnary([2, 4]) { (x) throws(TensorError) in try Operations.sort(x).values },
        [
          Overload("(Tensor input, *, bool stable, int dim=-1, bool descending=False)", out: .tensors) {
            (a) throws(TensorError) in
            named(
              "sort",
              try Operations.sort(
                a.tensor(0), a.int(2, default: -1), descending: a.bool(3, default: false), isStable: true))
          },
          Overload("(Tensor input, int dim=-1, bool descending=False)", out: .tensors) { (a) throws(TensorError) in
            named(
              "sort",
              try Operations.sort(a.tensor(0), a.int(1, default: -1), descending: a.bool(2, default: false)))
          },
        ]))
    list.append(
      declare(
        "argsort", .both, "The positions that sort a dimension.", "argsort(tensor([3, 1, 2]))",
        [
          Overload("(Tensor input, *, bool stable, int dim=-1, bool descending=False)") { (a) throws(TensorError) in
            .tensor(
              try Operations.sort(a.tensor(0).detach(), a.int(2, default: -1), descending: a.bool(3, default: false))
                .indices)
          },
          Overload("(Tensor input, int dim=-1, bool descending=False)", out: .none) { (a) throws(TensorError) in
            .tensor(
              try Operations.sort(a.tensor(0).detach(), a.int(1, default: -1), descending: a.bool(2, default: false))
                .indices)
          },
        ]))
    list.append(
      declare("msort", .both, "(Tensor input)", "Sorted along the first dimension.", "msort(tensor([3, 1, 2]))") {
        (a) throws(TensorError) in .tensor(try Operations.sort(a.tensor(0), 0).values)
      })
    list.append(
      declare(
        "topk", .both, "(Tensor input, int k, int dim=-1, bool largest=True, bool sorted=True)",
        "The k largest (or smallest) elements along a dimension.", "topk(tensor([3, 1, 2]), 2)",
        check: checkUnary([2, 4]) { (x) throws(TensorError) in try Operations.topk(x, 2).values }
      ) { (a) throws(TensorError) in
        named(
          "topk",
          try Operations.topk(
            a.tensor(0), a.int(1, default: 1), a.int(2, default: -1), largest: a.bool(3, default: true)))
      })
    list.append(
      declare(
        "kthvalue", .both, "(Tensor input, int k, int dim=-1, bool keepdim=False)",
        "The k-th smallest element along a dimension.", "kthvalue(tensor([3, 1, 2]), 2)",
        check: checkUnary([2, 4]) { (x) throws(TensorError) in try Operations.kthvalue(x, 2).values }
      ) { (a) throws(TensorError) in
        named(
          "kthvalue",
          try Operations.kthvalue(
            a.tensor(0), a.int(1, default: 1), a.int(2, default: -1), keepdim: a.bool(3, default: false)))
      })
    for ignoring in [false, true] {
      let name = ignoring ? "nanmedian" : "median"
      list.append(
        declare(
          name, .both, "The middle element, the lower of two\(ignoring ? ", not counting NaN" : "").",
          "\(name)(tensor([3., 1., 2.]))",
          check: checkUnary([2, 3]) { (x) throws(TensorError) in
            try Operations.median(x, 1, ignoringNaN: ignoring).values
          },
          [
            Overload("(Tensor input)") { (a) throws(TensorError) in
              .tensor(try Operations.median(a.tensor(0), ignoringNaN: ignoring))
            },
            Overload("(Tensor input, int dim, bool keepdim=False)") { (a) throws(TensorError) in
              named(
                name,
                try Operations.median(
                  a.tensor(0), a.int(1, default: -1), keepdim: a.bool(2, default: false), ignoringNaN: ignoring))
            },
          ]))
    }
    list.append(
      declare(
        "mode", .both, "(Tensor input, int dim=-1, bool keepdim=False)", "The commonest element along a dimension.",
        "mode(tensor([1, 2, 2]))"
      ) { (a) throws(TensorError) in
        named("mode", try Operations.mode(a.tensor(0), a.int(1, default: -1), keepdim: a.bool(2, default: false)))
      })
    return list
  }

  private static func statisticDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    for ignoring in [false, true] {
      let name = ignoring ? "nanquantile" : "quantile"
      list.append(
        declare(
          name, .both, "Quantiles over a dimension, or over all elements.", "\(name)(tensor([1., 2., 3.]), 0.5)",
          check: checkUnary([2, 5]) { (x) throws(TensorError) in
            try Operations.quantile(
              x, Tensor.make([0.3, 0.8], [2], .float64), 1, keepdim: false, interpolation: "linear",
              ignoringNaN: ignoring)
          },
          [
            Overload("(Tensor input, Tensor q, int? dim=None, bool keepdim=False, *, str interpolation='linear')") {
              (a) throws(TensorError) in
              .tensor(
                try Operations.quantile(
                  a.tensor(0), a.tensor(1), a.int(2), keepdim: a.bool(3, default: false),
                  interpolation: a.string(4) ?? "linear", ignoringNaN: ignoring))
            },
            Overload("(Tensor input, float q, int? dim=None, bool keepdim=False, *, str interpolation='linear')") {
              (a) throws(TensorError) in
              let (x, q) = (try a.tensor(0), a.double(1, default: 0.5))
              if !(q >= 0 && q <= 1) {
                throw .runtime("\(name)() q must be in the range [0, 1] but got \(NumberText.general(q))")
              }
              return .tensor(
                try Operations.quantile(
                  x, Tensor.scalar(.float(q), x.dtype.isFloating ? x.dtype : .float32), a.int(2),
                  keepdim: a.bool(3, default: false), interpolation: a.string(4) ?? "linear", ignoringNaN: ignoring))
            },
          ]))
    }
    for name in ["searchsorted", "bucketize"] {
      let isSearch = name == "searchsorted"
      func find(_ sequence: Tensor, _ values: Tensor, _ a: OperationArguments, _ first: Int) throws(TensorError)
        -> Tensor
      {
        if !isSearch && sequence.ndim != 1 {
          throw .runtime("boundaries tensor must be 1 dimension, but got dim(\(sequence.ndim))")
        }
        var right = a.bool(first + 1, default: false)
        if isSearch, let side = a.string(first + 2) {
          guard side == "left" || side == "right" else {
            throw .runtime("torch.searchsorted(): side can only be 'left' or 'right' but got \(side)")
          }
          if side == "left" && right {
            throw .runtime(
              "torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True")
          }
          right = side == "right"
        }
        return try Operations.searchSorted(
          sequence, values, right: right, dtype: a.bool(first, default: false) ? .int32 : .int64,
          sorter: isSearch ? a.optionalTensor(first + 3) : nil)
      }
      let options =
        isSearch
        ? "bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None"
        : "bool out_int32=False, bool right=False"
      let (a1, a2) = isSearch ? ("sorted_sequence", "input") : ("input", "boundaries")
      list.append(
        declare(
          name, isSearch ? .function : .both, "Where values would go in a sorted sequence.",
          isSearch ? "searchsorted(tensor([1, 3, 5]), tensor([3]))" : "bucketize(tensor([3]), tensor([1, 3, 5]))",
          [
            Overload("(Tensor \(a1), Tensor \(a2), *, \(options))") { (a) throws(TensorError) in
              .tensor(
                isSearch ? try find(a.tensor(0), a.tensor(1), a, 2) : try find(a.tensor(1), a.tensor(0), a, 2))
            },
            Overload(
              isSearch ? "(Tensor \(a1), Scalar self, *, \(options))" : "(Scalar \(a1), Tensor \(a2), *, \(options))"
            ) {
              (a) throws(TensorError) in
              let value = try Tensor.scalar(a.scalar(isSearch ? 1 : 0, default: .int(0)), .float64)
              return .tensor(isSearch ? try find(a.tensor(0), value, a, 2) : try find(a.tensor(1), value, a, 2))
            },
          ]))
    }
    return list
  }

  private static func countingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    func results(
      _ r: (values: Tensor, inverse: Tensor, counts: Tensor), _ inverse: Bool, _ counts: Bool
    ) -> OperationResult {
      if !inverse && !counts { return .tensor(r.values) }
      return .tuple([r.values] + (inverse ? [r.inverse] : []) + (counts ? [r.counts] : []))
    }
    list.append(
      declare(
        "unique", .both,
        "(Tensor input, bool sorted=True, bool return_inverse=False, bool return_counts=False, int? dim=None)",
        "Distinct elements (or entries of a dimension) in order.", "unique(tensor([3, 1, 3]))"
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        let (inverse, counts) = (a.bool(2, default: false), a.bool(3, default: false))
        if let dim = a.int(4) { return results(try Operations.unique(x, dim: dim), inverse, counts) }
        return results(try Operations.unique(x), inverse, counts)
      })
    list.append(
      declare(
        "unique_consecutive", .both,
        "(Tensor input, bool return_inverse=False, bool return_counts=False, int? dim=None)",
        "Elements without those equal to the one before.", "unique_consecutive(tensor([1, 1, 2, 1]))"
      ) { (a) throws(TensorError) in
        let x = try a.tensor(0)
        let (inverse, counts) = (a.bool(1, default: false), a.bool(2, default: false))
        if let dim = a.int(3) { return results(try Operations.unique(x, dim: dim, consecutive: true), inverse, counts) }
        return results(try Operations.unique(x, consecutive: true), inverse, counts)
      })
    list.append(
      declare(
        "bincount", .both, "(Tensor input, Tensor? weights=None, int minlength=0)",
        "How often each of 0, 1, … occurs.", "bincount(tensor([0, 1, 1]))"
      ) { (a) throws(TensorError) in
        .tensor(try Operations.bincount(a.tensor(0), a.optionalTensor(1), minLength: a.int(2, default: 0)))
      })
    list.append(
      declare(
        "histc", .both, "(Tensor input, int bins=100, Scalar min=0, Scalar max=0)",
        "Counts in equal parts of a range.", "histc(tensor([1., 2., 1.]), 4, 0, 3)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.histogram(
            a.tensor(0), a.int(1, default: 100), a.double(2, default: 0), a.double(3, default: 0)
          ).counts)
      })
    func histogramResult(_ r: (counts: Tensor, edges: Tensor)) -> OperationResult {
      .named("histogram", [("hist", r.counts), ("bin_edges", r.edges)])
    }
    list.append(
      declare(
        "histogram", .both, "Counts in parts of a range, and the edges of the parts.",
        "histogram(tensor([1., 2., 1.]), 2)",
        [
          Overload("(Tensor input, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False)") {
            (a) throws(TensorError) in
            var (low, high) = (0.0, 0.0)
            if let range = a.doubles(2), range.count == 2 { (low, high) = (range[0], range[1]) }
            return histogramResult(
              try Operations.histogram(
                a.tensor(0), a.int(1, default: 100), low, high, a.optionalTensor(3), density: a.bool(4, default: false))
            )
          },
          Overload("(Tensor input, Tensor bins, *, Tensor? weight=None, bool density=False)") {
            (a) throws(TensorError) in
            histogramResult(
              try Operations.histogram(
                a.tensor(0), edges: a.tensor(1), a.optionalTensor(2), density: a.bool(3, default: false)))
          },
        ]))
    list.append(
      declare(
        "isin", .function, "Whether each element occurs among the test elements.",
        "isin(tensor([1, 2, 3]), tensor([2]))",
        [
          Overload("(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False)") {
            (a) throws(TensorError) in
            .tensor(try Operations.isin(a.tensor(0), a.tensor(1), invert: a.bool(3, default: false)))
          },
          Overload("(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False)") {
            (a) throws(TensorError) in
            .tensor(
              try Operations.isin(
                a.tensor(0), Tensor.scalar(a.scalar(1, default: .int(0)), .float64), invert: a.bool(3, default: false)))
          },
        ]))
    return list
  }
}
