#if canImport(Glibc)
  import Glibc
#endif

/// Binomial numbers by Kachitvichyanukul and Schmeiser's algorithm BTPE, step for step as
/// numpy/random/src/distributions/distributions.c draws them.
struct BinomialRejection {
  private let n: Int
  private let r: Double
  private let q: Double
  private let m: Int
  private let nrq: Double
  private let p1: Double
  private let xm: Double
  private let xl: Double
  private let xr: Double
  private let c: Double
  private let laml: Double
  private let lamr: Double
  private let p2: Double
  private let p3: Double
  private let p4: Double

  /// `p` is at most a half.
  init(_ n: Int, _ p: Double) {
    self.n = n
    r = min(p, 1 - p)
    q = 1 - r
    let fm = Double(n) * r + r
    m = Int(floor(fm))
    p1 = floor(2.195 * (Double(n) * r * q).squareRoot() - 4.6 * q) + 0.5
    xm = Double(m) + 0.5
    xl = xm - p1
    xr = xm + p1
    c = 0.134 + 20.5 / (15.3 + Double(m))
    var a = (fm - xl) / (fm - xl * r)
    laml = a * (1 + a / 2)
    a = (xr - fm) / (xr * q)
    lamr = a * (1 + a / 2)
    p2 = p1 * (1 + 2 * c)
    p3 = p2 + c / laml
    p4 = p3 + c / lamr
    nrq = Double(n) * r * q
  }

  func draw(_ uniform: () -> Double) -> Int {
    while true {
      let u = uniform() * p4
      var v = uniform()
      if u <= p1 { return Int(floor(xm - p1 * v + u)) }
      let y: Int
      if u <= p2 {
        let x = xl + (u - p1) / c
        v = v * c + 1 - fabs(Double(m) - x + 0.5) / p1
        if v > 1 { continue }
        y = Int(floor(x))
      } else if u <= p3 {
        let place = floor(xl + log(v) / laml)
        if place < 0 || v == 0 { continue }
        y = Int(place)
        v = v * (u - p2) * laml
      } else {
        let place = floor(xr - log(v) / lamr)
        if place > Double(n) || v == 0 { continue }
        y = Int(place)
        v = v * (u - p3) * lamr
      }
      if accepts(y, v) { return y }
    }
  }

  private func accepts(_ y: Int, _ v: Double) -> Bool {
    let k = abs(y - m)
    if !(k > 20 && Double(k) < nrq / 2 - 1) {
      let s = r / q
      let a = s * Double(n + 1)
      var f = 1.0
      if m < y {
        for i in (m + 1)...y { f *= a / Double(i) - s }
      } else if m > y {
        for i in (y + 1)...m { f /= a / Double(i) - s }
      }
      return v <= f
    }
    let kd = Double(k)
    let rho = (kd / nrq) * ((kd * (kd / 3 + 0.625) + 0.16666666666666666) / nrq + 0.5)
    let t = -kd * kd / (2 * nrq)
    let logV = log(v)
    if logV < t - rho { return true }
    if logV > t + rho { return false }
    let x1 = Double(y + 1)
    let f1 = Double(m + 1)
    let z = Double(n + 1 - m)
    let w = Double(n - y + 1)
    func tail(_ x: Double) -> Double {
      let x2 = x * x
      return (13680 - (462 - (132 - (99 - 140 / x2) / x2) / x2) / x2) / x / 166320
    }
    let bound =
      xm * log(f1 / x1) + (Double(n - m) + 0.5) * log(z / w) + Double(y - m) * log(w * r / (x1 * q)) + tail(f1)
      + tail(z)
      + tail(x1) + tail(w)
    return logV <= bound
  }
}
