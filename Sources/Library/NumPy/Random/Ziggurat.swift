#if canImport(Glibc)
  import Glibc
#endif

/// Tables of Marsaglia and Tsang's ziggurat for the normal distribution with 256 layers and 52-bit magnitudes.
enum Ziggurat {
  static let r = 3.6541528853610088
  static let tables: (k: [UInt64], w: [Double], f: [Double]) = {
    var k = [UInt64](repeating: 0, count: 256)
    var w = [Double](repeating: 0, count: 256)
    var f = [Double](repeating: 0, count: 256)
    let m = 4_503_599_627_370_496.0
    var (d, t) = (r, r)
    let v = 0.0049286732339746571
    let q = v / exp(-0.5 * d * d)
    k[0] = UInt64(d / q * m)
    k[1] = 0
    w[0] = q / m
    w[255] = d / m
    f[0] = 1
    f[255] = exp(-0.5 * d * d)
    for i in stride(from: 254, through: 1, by: -1) {
      d = sqrt(-2 * log(v / d + exp(-0.5 * d * d)))
      k[i + 1] = UInt64(d / t * m)
      t = d
      f[i] = exp(-0.5 * d * d)
      w[i] = d / m
    }
    return (k, w, f)
  }()
  static var k: [UInt64] { tables.k }
  static var w: [Double] { tables.w }
  static var f: [Double] { tables.f }
}

/// The same for the exponential distribution, with 53-bit magnitudes.
enum ExponentialZiggurat {
  static let r = 7.69711747013104972
  private static let tables: (k: [UInt64], w: [Double], f: [Double]) = {
    var k = [UInt64](repeating: 0, count: 256)
    var w = [Double](repeating: 0, count: 256)
    var f = [Double](repeating: 0, count: 256)
    let m = 9_007_199_254_740_992.0
    let v = 0.0039496598225815571993
    var (d, t) = (r, r)
    let q = v / exp(-d)
    k[0] = UInt64(d / q * m)
    w[0] = q / m
    w[255] = d / m
    f[0] = 1
    f[255] = exp(-d)
    for i in stride(from: 254, through: 1, by: -1) {
      d = -log(v / d + exp(-d))
      k[i + 1] = UInt64(d / t * m)
      t = d
      f[i] = exp(-d)
      w[i] = d / m
    }
    return (k, w, f)
  }()
  static var k: [UInt64] { tables.k }
  static var w: [Double] { tables.w }
  static var f: [Double] { tables.f }
}
