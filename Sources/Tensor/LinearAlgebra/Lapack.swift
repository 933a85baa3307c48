import Glibc

/// LAPACK's routines, looked up by name in the BLAS library when the first one is needed.
enum Lapack {
  typealias Integer = Int32
  private typealias P = UnsafeMutableRawPointer?

  nonisolated(unsafe) private static let library: UnsafeMutableRawPointer? = {
    for name in ["libopenblas.so.0", "liblapack.so.3"] {
      if let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) { return handle }
    }
    return nil
  }()
  nonisolated(unsafe) private static var found: [String: UnsafeMutableRawPointer] = [:]

  /// The routine of the given name for float32 (`s…`) or float64 (`d…`).
  private static func routine(_ name: String, _ dtype: DType) throws(TensorError) -> UnsafeMutableRawPointer {
    let symbol = (dtype == .float32 ? "s" : "d") + name + "_"
    if let pointer = found[symbol] { return pointer }
    guard let library, let pointer = dlsym(library, symbol) else {
      throw .runtime("linear algebra needs LAPACK (libopenblas.so.0), which is not installed")
    }
    found[symbol] = pointer
    return pointer
  }

  /// Calls `body` with pointers to the given integers, as Fortran takes them.
  private static func withIntegers<R>(_ values: [Int], _ body: ([UnsafeMutablePointer<Integer>]) -> R) -> R {
    var copies = values.map { Integer(clamping: $0) }
    return copies.withUnsafeMutableBufferPointer { buffer in
      body((0..<buffer.count).map { buffer.baseAddress! + $0 })
    }
  }

  private typealias I = UnsafeMutablePointer<Integer>

  /// LU with row exchanges of an m×n matrix (column-major, in place); gives `info`.
  static func getrf(
    _ a: UnsafeMutableRawPointer, _ m: Int, _ n: Int, _ pivots: UnsafeMutablePointer<Integer>, _ t: DType
  )
    throws(TensorError) -> Int
  {
    typealias F = @convention(c) (I, I, UnsafeMutableRawPointer, I, I, I) -> Void
    let f = unsafeBitCast(try routine("getrf", t), to: F.self)
    return withIntegers([m, n, Swift.max(m, 1), 0]) { p in
      f(p[0], p[1], a, p[2], pivots, p[3])
      return Int(p[3].pointee)
    }
  }

  /// Solves with an LU factorisation; `b` has `columns` right-hand sides.
  static func getrs(
    _ lu: UnsafeMutableRawPointer, _ n: Int, _ pivots: UnsafeMutablePointer<Integer>, _ b: UnsafeMutableRawPointer,
    _ columns: Int, transposed: Bool, _ t: DType
  ) throws(TensorError) {
    typealias F =
      @convention(c) (
        UnsafeMutablePointer<CChar>, I, I, UnsafeMutableRawPointer, I, I, UnsafeMutableRawPointer, I, I, Int
      ) -> Void
    let f = unsafeBitCast(try routine("getrs", t), to: F.self)
    withIntegers([n, columns, Swift.max(n, 1), 0]) { p in
      var mode = CChar(UInt8(ascii: transposed ? "T" : "N"))
      f(&mode, p[0], p[1], lu, p[2], pivots, b, p[2], p[3], 1)
    }
  }

  /// The Cholesky factor in the lower triangle; gives `info`.
  static func potrf(_ a: UnsafeMutableRawPointer, _ n: Int, _ t: DType) throws(TensorError) -> Int {
    typealias F = @convention(c) (UnsafeMutablePointer<CChar>, I, UnsafeMutableRawPointer, I, I, Int) -> Void
    let f = unsafeBitCast(try routine("potrf", t), to: F.self)
    return withIntegers([n, Swift.max(n, 1), 0]) { p in
      var triangle = CChar(UInt8(ascii: "L"))
      f(&triangle, p[0], a, p[1], p[2], 1)
      return Int(p[2].pointee)
    }
  }

  /// Eigenvalues, rising, and eigenvectors (in place) of a symmetric matrix given by one triangle; gives `info`.
  static func syevd(
    _ a: UnsafeMutableRawPointer, _ n: Int, _ values: UnsafeMutableRawPointer, upper: Bool, vectors: Bool, _ t: DType
  ) throws(TensorError) -> Int {
    typealias F =
      @convention(c) (
        UnsafeMutablePointer<CChar>, UnsafeMutablePointer<CChar>, I, UnsafeMutableRawPointer, I,
        UnsafeMutableRawPointer,
        UnsafeMutableRawPointer, I, I, I, I, Int, Int
      ) -> Void
    let f = unsafeBitCast(try routine("syevd", t), to: F.self)
    let work = try Storage(byteCount: t.size * (1 + 6 * n + 2 * n * n))
    let integers = try Storage(byteCount: 4 * (3 + 5 * n))
    return withIntegers([n, Swift.max(n, 1), 1 + 6 * n + 2 * n * n, 3 + 5 * n, 0]) { p in
      var job = CChar(UInt8(ascii: vectors ? "V" : "N"))
      var triangle = CChar(UInt8(ascii: upper ? "U" : "L"))
      f(
        &job, &triangle, p[0], a, p[1], values, work.bytes, p[2], integers.bytes.assumingMemoryBound(to: Integer.self),
        p[3], p[4], 1, 1)
      return Int(p[4].pointee)
    }
  }

  /// Singular values and vectors of an m×n matrix (destroyed): U is m×(k or m), Vᵀ (k or n)×n; gives `info`.
  static func gesdd(
    _ a: UnsafeMutableRawPointer, _ m: Int, _ n: Int, _ s: UnsafeMutableRawPointer, _ u: UnsafeMutableRawPointer?,
    _ vt: UnsafeMutableRawPointer?, full: Bool, _ t: DType
  ) throws(TensorError) -> Int {
    typealias F =
      @convention(c) (
        UnsafeMutablePointer<CChar>, I, I, UnsafeMutableRawPointer, I, UnsafeMutableRawPointer, UnsafeMutableRawPointer,
        I,
        UnsafeMutableRawPointer, I, UnsafeMutableRawPointer, I, I, I, Int
      ) -> Void
    let f = unsafeBitCast(try routine("gesdd", t), to: F.self)
    let k = Swift.min(m, n)
    let length = 4 * k * k + 7 * k + Swift.max(Swift.max(m, n), 5 * k * k + 4 * k) + 64
    let work = try Storage(byteCount: t.size * length)
    let integers = try Storage(byteCount: 4 * 8 * Swift.max(k, 1))
    let spare = try Storage(byteCount: 64)
    let wantsVectors = u != nil
    return withIntegers([
      m, n, Swift.max(m, 1), Swift.max(m, 1), wantsVectors ? Swift.max(full ? n : k, 1) : 1, length, 0,
    ]) { p in
      var job = CChar(UInt8(ascii: !wantsVectors ? "N" : full ? "A" : "S"))
      f(
        &job, p[0], p[1], a, p[2], s, u ?? spare.bytes, p[3], vt ?? spare.bytes, p[4], work.bytes, p[5],
        integers.bytes.assumingMemoryBound(to: Integer.self), p[6], 1)
      return Int(p[6].pointee)
    }
  }

  /// Eigenvalues (real and imaginary parts) and right eigenvectors of an n×n matrix (destroyed); gives `info`.
  static func geev(
    _ a: UnsafeMutableRawPointer, _ n: Int, real: UnsafeMutableRawPointer, imaginary: UnsafeMutableRawPointer,
    vectors: UnsafeMutableRawPointer, _ t: DType
  ) throws(TensorError) -> Int {
    typealias F =
      @convention(c) (
        UnsafeMutablePointer<CChar>, UnsafeMutablePointer<CChar>, I, UnsafeMutableRawPointer, I,
        UnsafeMutableRawPointer,
        UnsafeMutableRawPointer, UnsafeMutableRawPointer, I, UnsafeMutableRawPointer, I, UnsafeMutableRawPointer, I, I,
        Int, Int
      ) -> Void
    let f = unsafeBitCast(try routine("geev", t), to: F.self)
    let length = 64 * Swift.max(n, 1)
    let work = try Storage(byteCount: t.size * length)
    let spare = try Storage(byteCount: 64)
    return withIntegers([n, Swift.max(n, 1), 1, Swift.max(n, 1), length, 0]) { p in
      var (left, right) = (CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "V")))
      f(
        &left, &right, p[0], a, p[1], real, imaginary, spare.bytes, p[2], vectors, p[3], work.bytes, p[4], p[5], 1, 1)
      return Int(p[5].pointee)
    }
  }

  /// Householder QR of an m×n matrix (in place) with the reflectors' factors in `tau`.
  static func geqrf(
    _ a: UnsafeMutableRawPointer, _ m: Int, _ n: Int, _ tau: UnsafeMutableRawPointer, _ t: DType
  ) throws(TensorError) {
    typealias F =
      @convention(c) (I, I, UnsafeMutableRawPointer, I, UnsafeMutableRawPointer, UnsafeMutableRawPointer, I, I)
      -> Void
    let f = unsafeBitCast(try routine("geqrf", t), to: F.self)
    let length = Swift.max(n, 1) * 64
    let work = try Storage(byteCount: t.size * length)
    withIntegers([m, n, Swift.max(m, 1), length, 0]) { p in f(p[0], p[1], a, p[2], tau, work.bytes, p[3], p[4]) }
  }

  /// The first `columns` columns of Q from `geqrf`'s reflectors, in place.
  static func orgqr(
    _ a: UnsafeMutableRawPointer, _ m: Int, _ columns: Int, _ reflectors: Int, _ tau: UnsafeMutableRawPointer,
    _ t: DType
  ) throws(TensorError) {
    typealias F =
      @convention(c) (
        I, I, I, UnsafeMutableRawPointer, I, UnsafeMutableRawPointer, UnsafeMutableRawPointer, I, I
      ) -> Void
    let f = unsafeBitCast(try routine("orgqr", t), to: F.self)
    let length = Swift.max(columns, 1) * 64
    let work = try Storage(byteCount: t.size * length)
    withIntegers([m, columns, reflectors, Swift.max(m, 1), length, 0]) { p in
      f(p[0], p[1], p[2], a, p[3], tau, work.bytes, p[4], p[5])
    }
  }
}
