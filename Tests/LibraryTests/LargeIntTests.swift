import XCTest

/// Ints of many digits, against CPython and against the laws of arithmetic.
final class LargeIntTests: XCTestCase {
  func testAgainstCPython() {
    assertCell("hash(3**5000), 3**5000 % 10**20", "(1993180350957201350, 93563136998276100001)")
    assertCell("str(7**3000)[:20], str(7**3000)[-20:]", "('19684303057677623685', '35187432273841800001')")
    assertCell(
      "pow(3, -1, -7), pow(2, 5, -7), pow(-3, 3, 7), pow(5, 0, 1), pow(7, 2**200, 2**521 - 1) % 1000",
      "(-2, -3, 1, 0, 490)")
    assertCell("-1 >> 10**5, -2**3000 >> 2999, (-2**3000 - 1) >> 2999, 2**3000 >> 2999", "(-1, -2, -3, 2)")
  }

  func testLaws() {
    assertCell(
      """
      import math, random, sys
      sys.set_int_max_str_digits(0)
      random.seed(3)
      def number(bits):
        kind = random.randint(0, 3)
        n = random.getrandbits(bits)
        return [n, (1 << bits) - n % 1000, (1 << bits) + n % 1000, n | 1 << bits][kind] * random.choice([1, -1])
      wrong = []
      for i in range(150):
        a = number(random.choice([60, 64, 1000, 2047, 2048, 2049, 4096, 10000]))
        b = number(random.choice([1, 63, 64, 65, 128, 2048, 3000])) or 1
        p, n, m = a * b, abs(a), 2**127 - 1
        if p % m != (a % m) * (b % m) % m or p // b != a or p % b: wrong.append(('product', i))
        q, r = divmod(a, b)
        if q * b + r != a or not (0 <= r < b or b < r <= 0): wrong.append(('quotient', i))
        if int(str(a)) != a or math.gcd(p, b) != abs(b): wrong.append(('text', i))
        if not math.isqrt(n)**2 <= n < (math.isqrt(n) + 1)**2: wrong.append(('root', i))
        if a >> 7 != a // 128: wrong.append(('shift', i))
      wrong
      """, "[]")
  }
}
