import Glibc

/// The gamma function by Lanczos' approximation, with the constants and the order of operations of CPython's mathmodule.c,
/// so that the last digits agree.
enum Gamma {
  private static let g = 6.024680040776729583740234375
  private static let gMinusHalf = 5.524680040776729583740234375
  private static let numerator: [Double] = [
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
  ]
  private static let denominator: [Double] = [
    0, 39_916_800, 120_543_840, 150_917_976, 105_258_076, 45_995_730, 13_339_535, 2_637_558, 357_423, 32_670, 1_925, 66,
    1,
  ]

  private static func sum(_ x: Double) -> Double {
    var (num, den) = (0.0, 0.0)
    if x < 5 {
      for i in stride(from: 12, through: 0, by: -1) {
        num = num * x + numerator[i]
        den = den * x + denominator[i]
      }
    } else {
      for i in 0..<13 {
        num = num / x + numerator[i]
        den = den / x + denominator[i]
      }
    }
    return num / den
  }

  /// sin(πx), exact at multiples of a half.
  private static func sinPi(_ x: Double) -> Double {
    let y = fmod(x.magnitude, 2)
    let r: Double
    switch Int((2 * y).rounded()) {
    case 0: r = sin(.pi * y)
    case 1: r = cos(.pi * (y - 0.5))
    case 2: r = sin(.pi * (1 - y))
    case 3: r = -cos(.pi * (y - 1.5))
    default: r = sin(.pi * (y - 2))
    }
    return copysign(1, x) * r
  }

  /// `x` is no pole; infinite where the result overflows.
  static func gamma(_ x: Double) -> Double {
    if !x.isFinite { return x }
    if x == x.rounded(), x >= 1, x <= 23 { return (1..<max(Int(x), 1)).reduce(1.0) { $0 * Double($1) } }
    let size = x.magnitude
    if size < 1e-20 { return 1 / x }
    if size > 200 { return x < 0 ? 0 / sinPi(x) : .infinity }
    let y = size + gMinusHalf
    var z: Double
    if size > gMinusHalf {
      z = (y - size) - gMinusHalf
    } else {
      z = (y - gMinusHalf) - size
    }
    z = z * g / y
    var r: Double
    if x < 0 {
      r = -.pi / sinPi(size) / size * exp(y) / sum(size)
      r -= z * r
      if size < 140 {
        r /= pow(y, size - 0.5)
      } else {
        let half = pow(y, size / 2 - 0.25)
        r /= half
        r /= half
      }
    } else {
      r = sum(size) / exp(y)
      r += z * r
      if size < 140 {
        r *= pow(y, size - 0.5)
      } else {
        let half = pow(y, size / 2 - 0.25)
        r *= half
        r *= half
      }
    }
    return r
  }

  static func logGamma(_ x: Double) -> Double {
    if x.isNaN { return x }
    if x.isInfinite { return .infinity }
    if x == x.rounded(), x <= 2 { return 0 }
    let size = x.magnitude
    if size < 1e-20 { return -log(size) }
    var r = log(sum(size)) - g
    r += (size - 0.5) * (log(size + g - 0.5) - 1)
    if x < 0 { r = 1.144729885849400174143427351353058711647 - log(sinPi(size).magnitude) - log(size) - r }
    return r
  }
}
