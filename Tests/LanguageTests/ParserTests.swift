import XCTest

@testable import Language

/// Every construct of the language, as trees. The expectations were compared with those of Python's own parser.
final class ParserTests: XCTestCase {
  private func check(_ cases: [(String, String)], line: UInt = #line) {
    for (text, expected) in cases {
      do throws(SyntaxError) {
        let module = try Parser.parse(Array(text.utf8))
        XCTAssertEqual(TreeDump().dump(module), expected, text, line: line)
      } catch {
        XCTFail("\(text): \(error.message)", line: line)
      }
    }
  }

  func testLiterals() {
    check([
      (
        "None, True, False, ...",
        "(tuple None True False ...)"
      ),
      (
        "0, 00, 12_345, 9223372036854775807, 9223372036854775808, 0xFF, 0o17, 0b1010, 0xffff_ffff_ffff_ffff, 0b1",
        "(tuple 0 0 12345 9223372036854775807 (big 10 9223372036854775808) 255 15 10 (big 16 ffffffffffffffff) 1)"
      ),
      (
        "1.5, .5, 5., 1e3, 1_0.0_1e-1_0, 1E+2",
        "(tuple 1.5 0.5 5.0 1000.0 1.001e-09 100.0)"
      ),
      (
        "1if x else 2",
        "(? x 1 2)"
      ),
    ])
  }

  func testStrings() {
    check([
      (
        "'a' \"b\" '''c''' \"\"\"d\"\"\"",
        "\"abcd\""
      ),
      (
        "r'\\n' R\"\\'\" u'x' '\\x41\\u00e9\\U0001F600\\101\\0\\\nz\\q\\'\\\"\\\\\\a\\b\\f\\n\\r\\t\\v'",
        "\"\\\\n\\\\'xA\\u{e9}\\u{1f600}A\\u{0}z\\\\q'\\\"\\\\\\u{7}\\u{8}\\u{c}\\u{a}\\u{d}\\u{9}\\u{b}\""
      ),
      (
        "b'a\\x00\\xff' rb'\\x' Br\"q\"",
        "b\"a\\u{0}\\u{ff}\\\\xq\""
      ),
      (
        "'\\N{BULLET}\\N{LATIN SMALL LETTER A}'",
        "\"\\u{2022}a\""
      ),
      (
        "x = \"\"\"a\n  b\"\"\" 'c'",
        "(= [x] \"a\\u{a}  bc\")"
      ),
      (
        "'' \"\"\"it's\"\"\"",
        "\"it's\""
      ),
    ])
  }

  func testFormattedStrings() {
    check([
      (
        "f'{x}'",
        "(f (field x))"
      ),
      (
        "f'a{x!r:>{w}.{p}f}b{{c}}' \"d\" f\"{y}\"",
        "(f \"a\" (field x !r [\">\" (field w) \".\" (field p) \"f\"]) \"b{c}d\" (field y))"
      ),
      (
        "f'{x=}{x = }{x=!s}{x=:>5}{x:=5}'",
        "(f (field x !r =\"x=\") (field x !r =\"x = \") (field x !s =\"x=\") (field x [\">5\"] =\"x=\") (field x [\"=5\"]))"
      ),
      (
        "f'{a[\"k\"]}{d, e}{ {1: 2}[1] }{x != y}{x if y else z}' rf'\\d{x}\\n'",
        "(f (field (index a \"k\")) (field (tuple d e)) (field (index (dict 1:2) 1)) (field (compare x != y)) (field (? y x z)) \"\\\\d\" (field x) \"\\\\n\")"
      ),
      (
        "f\"\"\"{\n  x\n}\"\"\" f'\\N{EM DASH}{x}' f'{f\"{x}\"!s}' f'{(lambda q: q)(1)}'",
        "(f (field x) \"\\u{2014}\" (field x) (field (f (field x)) !s) (field (call (lambda <q> q) 1)))"
      ),
      (
        "f''",
        "(f)"
      ),
    ])
  }

  func testOperators() {
    check([
      (
        "a + b - c * d / e // f % g @ h ** i",
        "(- (+ a b) (@ (% (// (/ (* c d) e) f) g) (** h i)))"
      ),
      (
        "-a ** -b, ~a, +a, not a, not not a, - - a",
        "(tuple (- (** a (- b))) (~ a) (+ a) (not a) (not (not a)) (- (- a)))"
      ),
      (
        "a | b ^ c & d << e >> f",
        "(| a (^ b (& c (>> (<< d e) f))))"
      ),
      (
        "a < b <= c == d != e > f >= g is h is not i in j not in k",
        "(compare a < b <= c == d != e > f >= g is h is not i in j not in k)"
      ),
      (
        "a or b and not c or d",
        "(or a (and b (not c)) d)"
      ),
      (
        "a if b else c if d else e",
        "(? b a (? d c e))"
      ),
      (
        "(a + b) * c, ((a))",
        "(tuple (* (+ a b) c) a)"
      ),
      (
        "2 ** 3 ** 2",
        "(** 2 (** 3 2))"
      ),
    ])
  }

  func testPrimaries() {
    check([
      (
        "a.b.c(d)[e](f)(g)",
        "(call (call (index (call (. (. a b) c) d) e) f) g)"
      ),
      (
        "f(), f(a), f(a, *b, c=d, **e), f(*a, b, c=1, *d, **e, f=2), f(a,), f(x for x in y), f(a := 1)",
        "(tuple (call f) (call f a) (call f a *b c=d **e) (call f *a b c=1 *d **e f=2) (call f a) (call f (genexp x (for x y))) (call f (:= a 1)))"
      ),
      (
        "a[1], a[1:2], a[:], a[::], a[1:2:3, ..., None, :x], a[b, ], a[*c], a[d:=1]",
        "(tuple (index a 1) (index a (slice 1 2 _)) (index a (slice _ _ _)) (index a (slice _ _ _)) (index a (tuple (slice 1 2 3) ... None (slice _ x _))) (index a (tuple b)) (index a (tuple (* c))) (index a (:= d 1)))"
      ),
    ])
  }

  func testDisplays() {
    check([
      (
        "(), (a,), (a, b), (*a, b), [], [a, *b,], {}, {a}, {*a, b}, {a: b}, {a: b, **c, d: e,}",
        "(tuple (tuple) (tuple a) (tuple a b) (tuple (* a) b) (list) (list a (* b)) (dict) (set a) (set (* a) b) (dict a:b) (dict a:b **:c d:e))"
      ),
      (
        "[x for x in y if a if b for z, *w in q], {x for x in y}, {k: v for k, v in z}, (x for x.y in z)",
        "(tuple (listcomp x (for x y a b) (for (tuple z (* w)) q)) (setcomp x (for x y)) (dictcomp k v (for (tuple k v) z)) (genexp x (for (. x y) z)))"
      ),
      (
        "(x := 1), [y := 2, y], (yield_), (a, (b, c))",
        "(tuple (:= x 1) (list (:= y 2) y) yield_ (tuple a (tuple b c)))"
      ),
      (
        "[lambda x: x, a if b else c]",
        "(list (lambda <x> x) (? b a c))"
      ),
    ])
  }

  func testLambdas() {
    check([
      (
        "lambda: 0",
        "(lambda <> 0)"
      ),
      (
        "lambda a, /, b, c=1, *d, e, f=2, **g: a",
        "(lambda <a / b c=1 *d e f=2 **g> a)"
      ),
      (
        "lambda *, a: a",
        "(lambda <* a> a)"
      ),
      (
        "lambda *a, **b: (a, b)",
        "(lambda <*a **b> (tuple a b))"
      ),
    ])
  }

  func testAssignments() {
    check([
      (
        "a = 1",
        "(= [a] 1)"
      ),
      (
        "a = b = c, d = e",
        "(= [a b (tuple c d)] e)"
      ),
      (
        "a, (b, [c, *d]), e.f, g[h] = x",
        "(= [(tuple a (tuple b (list c (* d))) (. e f) (index g h))] x)"
      ),
      (
        "(a) = [b] = () = []",
        "(= [a (list b) (tuple)] (list))"
      ),
      (
        "a += 1; a -= 1; a *= 1; a /= 1; a //= 1; a %= 1; a **= 1; a @= 1; a <<= 1; a >>= 1; a &= 1; a |= 1; a ^= 1",
        "(+= a 1)\n(-= a 1)\n(*= a 1)\n(/= a 1)\n(//= a 1)\n(%= a 1)\n(**= a 1)\n(@= a 1)\n(<<= a 1)\n(>>= a 1)\n(&= a 1)\n(|= a 1)\n(^= a 1)"
      ),
      (
        "a: int; b: int = 1; c.d: e = f; g[h]: i; (j): k = l",
        "(: a int _)\n(: b int 1)\n(: (. c d) e f)\n(: (index g h) i _)\n(: j k l)"
      ),
      (
        "*a, b = c",
        "(= [(tuple (* a) b)] c)"
      ),
    ])
  }

  func testSimpleStatements() {
    check([
      (
        "pass; a, b; a;",
        "(pass)\n(tuple a b)\na;"
      ),
      (
        "del a, b.c, d[e], (f, [g])",
        "(del a (. b c) (index d e) (tuple f (list g)))"
      ),
      (
        "assert a; assert a, b; raise; raise a; raise a from b",
        "(assert a _)\n(assert a b)\n(raise _ _)\n(raise a _)\n(raise a b)"
      ),
      (
        "import a, b.c as d; from e.f import g, h as i; from j import *; from k import (l, m as n,)",
        "(import a b.c>d)\n(from e.f g h>i)\n(from j *)\n(from k l m>n)"
      ),
      (
        "def f():\n  global a, b\n  return\n  return *a, b",
        "(def f <> _ [(global a b) (return _) (return (tuple (* a) b))] [])"
      ),
      (
        "def f():\n  x = yield\n  yield a, b\n  y = yield from z\n  return (yield)",
        "(def f <> _ [(= [x] (yield _)) (yield (tuple a b)) (= [y] (yieldfrom z)) (return (yield _))] [])"
      ),
    ])
  }

  func testCompoundStatements() {
    check([
      (
        "if a: b\nelif c: d\nelif e: f\nelse: g",
        "(if a [b] [(if c [d] [(if e [f] [g])])])"
      ),
      (
        "while a:\n  break\nelse:\n  c",
        "(while a [(break)] [c])"
      ),
      (
        "for a, *b in c, d:\n  continue\nelse: e",
        "(for (tuple a (* b)) (tuple c d) [(continue)] [e])"
      ),
      (
        "try: a\nexcept: b",
        "(try [a] [(except _ _ [b])] [] [])"
      ),
      (
        "try:\n  a\nexcept B: c\nexcept (D, E) as f:\n  g\nelse:\n  h\nfinally:\n  i",
        "(try [a] [(except B _ [c]) (except (tuple D E) f [g])] [h] [i])"
      ),
      (
        "try: a\nfinally: b",
        "(try [a] [] [] [b])"
      ),
      (
        "with a: b",
        "(with [(a _)] [b])"
      ),
      (
        "with a as b, c as (d, e), f() as g.h: i",
        "(with [(a b) (c (tuple d e)) ((call f) (. g h))] [i])"
      ),
      (
        "with (a as b, c,): d",
        "(with [(a b) (c _)] [d])"
      ),
      (
        "with (a, b): c",
        "(with [(a _) (b _)] [c])"
      ),
      (
        "with (a): b",
        "(with [(a _)] [b])"
      ),
      (
        "with (a).b as c, (y)[0]: d",
        "(with [((. a b) c) ((index y 0) _)] [d])"
      ),
    ])
  }

  func testDefinitions() {
    check([
      (
        "def f(a, b: int, /, c, d=1, *e: x, f, g: y = 2, **h) -> z: pass",
        "(def f <a b:int / c d=1 *e:x f g:y=2 **h> z [(pass)] [])"
      ),
      (
        "@a\n@b.c(d)\ndef f(*, x): return x",
        "(def f <* x> _ [(return x)] [a (call (. b c) d)])"
      ),
      (
        "class A: pass",
        "(class A [] [(pass)] [])"
      ),
      (
        "@a\nclass A(B, *C, metaclass=D, **E):\n  \"\"\"Doc.\"\"\"\n  x: int = 1\n  def f(self): pass",
        "(class A [B *C metaclass=D **E] [\"Doc.\" (: x int 1) (def f <self> _ [(pass)] [])] [a])"
      ),
      (
        "def f(*args: *Ts): pass",
        "(def f <*args:(* Ts)> _ [(pass)] [])"
      ),
    ])
  }

  func testLayout() {
    check([
      (
        "a;b",
        "a\nb"
      ),
      (
        "# nothing",
        ""
      ),
      (
        "if a:\n\n    # comment\n    b\n\n  # odd comment\nc",
        "(if a [b] [])\nc"
      ),
      (
        "x = (1 +\n  2)\ny = 1 + \\\n  2",
        "(= [x] (+ 1 2))\n(= [y] (+ 1 2))"
      ),
      (
        "if a:\r\n\tb\r\nelse:\r\n\tc\r\n",
        "(if a [b] [c])"
      ),
      (
        "\u{feff}a = 1",
        "(= [a] 1)"
      ),
      (
        "\u{c}a",
        "a"
      ),
      (
        "if a:\n\tb\n        # eight\n\tc",
        "(if a [b c] [])"
      ),
      (
        "é = naïve.größe",
        "(= [é] (. naïve größe))"
      ),
    ])
  }

}
