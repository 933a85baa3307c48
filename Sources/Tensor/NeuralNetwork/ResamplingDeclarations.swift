extension OperationTable {
  /// Images in another size, sampled at places, cut into blocks.
  static func resamplingDeclarations() -> [OperationDeclaration] {
    var list: [OperationDeclaration] = []
    func interpolate(_ a: OperationArguments, _ mode: String, _ aligned: Bool?, _ recomputes: Bool)
      throws(TensorError) -> OperationResult
    {
      .tensor(
        try Operations.interpolate(
          a.tensor(0), size: a.ints(1), factors: a.doubles(2), mode: mode, alignCorners: aligned,
          recomputesFactor: recomputes))
    }
    list.append(
      declare(
        "interpolate", .functional,
        "(Tensor input, int[1]? size=None, float[1]? scale_factor=None, str mode='nearest', bool? align_corners=None, bool? recompute_scale_factor=None, bool antialias=False)",
        "The last dimensions resampled to another size.", "F.interpolate(tensor([[[1., 2.]]]), scale_factor=2)",
        check: checkUnary([1, 2, 3, 4]) { (x) throws(TensorError) in
          try Operations.interpolate(
            x, size: [5, 3], factors: nil, mode: "bicubic", alignCorners: false, recomputesFactor: false)
        }
      ) { (a) throws(TensorError) in
        if a.bool(6, default: false) {
          throw TensorError(.notImplemented, "interpolate with antialias=True is not available in tnb")
        }
        return try interpolate(a, a.string(3) ?? "nearest", a.optionalBool(4), a.bool(5, default: false))
      })
    list.append(
      declare(
        "upsample", .functional,
        "(Tensor input, int[1]? size=None, float[1]? scale_factor=None, str mode='nearest', bool? align_corners=None)",
        "The same as `F.interpolate`."
      ) { (a) throws(TensorError) in try interpolate(a, a.string(3) ?? "nearest", a.optionalBool(4), false) })
    list.append(
      declare(
        "affine_grid", .functional, "(Tensor theta, int[] size, bool? align_corners=None)",
        "The places an affine map sends the pixels of an image to.",
        "F.affine_grid(tensor([[[1., 0., 0.], [0., 1., 0.]]]), (1, 1, 2, 2), align_corners=True).shape",
        check: checkUnary([2, 2, 3]) { (x) throws(TensorError) in
          try Operations.affineGrid(x, [2, 1, 2, 3], alignCorners: false)
        }
      ) { (a) throws(TensorError) in
        .tensor(try Operations.affineGrid(a.tensor(0), a.ints(1) ?? [], alignCorners: a.bool(2, default: false)))
      })
    list.append(
      declare(
        "grid_sample", .functional,
        "(Tensor input, Tensor grid, str mode='bilinear', str padding_mode='zeros', bool? align_corners=None)",
        "The elements of an image at the places of a grid.",
        "F.grid_sample(ones(1, 1, 2, 2), zeros(1, 1, 1, 2), align_corners=True)"
      ) { (a) throws(TensorError) in
        .tensor(
          try Operations.gridSample(
            a.tensor(0), a.tensor(1), mode: a.string(2) ?? "bilinear", padding: a.string(3) ?? "zeros",
            alignCorners: a.bool(4, default: false)))
      })
    for (name, parameter, call, example) in [
      ("pixel_shuffle", "upscale_factor", Operations.pixelShuffle, "F.pixel_shuffle(ones(4, 1, 1), 2).shape"),
      ("pixel_unshuffle", "downscale_factor", Operations.pixelUnshuffle, "F.pixel_unshuffle(ones(1, 2, 2), 2).shape"),
      ("channel_shuffle", "groups", Operations.channelShuffle, "F.channel_shuffle(ones(1, 4, 1), 2).shape"),
    ] {
      list.append(
        declare(
          name, [.functional, .function], "(Tensor input, int \(parameter))",
          "Elements moved between channels and places.", example
        ) { (a) throws(TensorError) in .tensor(try call(a.tensor(0), a.int(1, default: 1))) })
    }
    return list
  }
}
