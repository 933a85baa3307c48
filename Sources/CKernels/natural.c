#include "natural.h"
#include "interrupt.h"
#include "loop.h"
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 wide;

// Below this many words products are made digit by digit.
enum { school = 32 };
// Products this long look at the interrupt flag.
enum { long_product = 512 };

static inline tnb_word add_into(tnb_word *r, const tnb_word *a, long n) {
  tnb_word carry = 0;
  for (long i = 0; i < n; i++) {
    wide s = (wide)r[i] + a[i] + carry;
    r[i] = (tnb_word)s;
    carry = (tnb_word)(s >> 64);
  }
  return carry;
}

static inline tnb_word subtract_from(tnb_word *r, const tnb_word *a, long n) {
  tnb_word borrow = 0;
  for (long i = 0; i < n; i++) {
    wide d = (wide)r[i] - a[i] - borrow;
    r[i] = (tnb_word)d;
    borrow = (tnb_word)(d >> 64) & 1;
  }
  return borrow;
}

static inline void carry_up(tnb_word *r, tnb_word carry) {
  for (; carry; r++) carry = (*r += carry) < carry;
}

static inline void borrow_up(tnb_word *r, tnb_word borrow) {
  for (; borrow; r++) {
    tnb_word before = *r;
    *r = before - borrow;
    borrow = before < borrow;
  }
}

// r += a × w; gives what goes beyond n words.
static inline tnb_word add_multiple(tnb_word *r, const tnb_word *a, long n, tnb_word w) {
  tnb_word carry = 0;
  for (long i = 0; i < n; i++) {
    wide s = (wide)a[i] * w + r[i] + carry;
    r[i] = (tnb_word)s;
    carry = (tnb_word)(s >> 64);
  }
  return carry;
}

static void multiply_by_rows(tnb_word *r, const tnb_word *a, long n, const tnb_word *b, long m) {
  memset(r, 0, sizeof(tnb_word) * (size_t)(n + m));
  for (long j = 0; j < m; j++) r[n + j] = add_multiple(r + j, a, n, b[j]);
}

// a + b of n and m words, n ≥ m, into n + 1 words.
static void sum(tnb_word *r, const tnb_word *a, long n, const tnb_word *b, long m) {
  memcpy(r, a, sizeof(tnb_word) * (size_t)n);
  r[n] = 0;
  carry_up(r + m, add_into(r, b, m));
}

static long scratch_words(long n) { return 8 * n + 512; }

// Karatsuba's product of two numbers of n words.
static int multiply_equal(tnb_word *r, const tnb_word *a, const tnb_word *b, long n, tnb_word *scratch) {
  if (n < school) {
    multiply_by_rows(r, a, n, b, n);
    return tnb_ok;
  }
  if (n >= long_product && tnb_interrupt_pending()) return tnb_interrupted;
  long h = n / 2, k = n - h + 1;
  tnb_word *x = scratch, *y = x + k, *middle = y + k, *rest = middle + 2 * k;
  int error = multiply_equal(r, a, b, h, scratch);
  if (!error) error = multiply_equal(r + 2 * h, a + h, b + h, n - h, scratch);
  if (error) return error;
  sum(x, a + h, n - h, a, h);
  sum(y, b + h, n - h, b, h);
  error = multiply_equal(middle, x, y, k, rest);
  if (error) return error;
  borrow_up(middle + 2 * h, subtract_from(middle, r, 2 * h));
  borrow_up(middle + 2 * (n - h), subtract_from(middle, r + 2 * h, 2 * (n - h)));
  // What is left is less than the product's upper part, whose top words of `middle` are zero.
  long length = 2 * k;
  if (length > 2 * n - h) length = 2 * n - h;
  carry_up(r + h + length, add_into(r + h, middle, length));
  return tnb_ok;
}

static int multiply(tnb_word *r, const tnb_word *a, long n, const tnb_word *b, long m, tnb_word *scratch) {
  if (n < m) return multiply(r, b, m, a, n, scratch);
  if (m < school) {
    if (n >= long_product && tnb_interrupt_pending()) return tnb_interrupted;
    multiply_by_rows(r, a, n, b, m);
    return tnb_ok;
  }
  if (n == m) return multiply_equal(r, a, b, n, scratch);
  // Pieces as long as the shorter one.
  tnb_word *piece = scratch, *rest = scratch + 2 * m;
  memset(r, 0, sizeof(tnb_word) * (size_t)(n + m));
  for (long i = 0; i < n; i += m) {
    long part = n - i < m ? n - i : m;
    int error = multiply(piece, b, m, a + i, part, rest);
    if (error) return error;
    tnb_word carry = add_into(r + i, piece, m + part);
    if (carry) carry_up(r + i + m + part, carry);
  }
  return tnb_ok;
}

int tnb_natural_multiply(tnb_word *out, const tnb_word *a, long n, const tnb_word *b, long m) {
  if (n == 0 || m == 0) {
    memset(out, 0, sizeof(tnb_word) * (size_t)(n + m));
    return tnb_ok;
  }
  // Pieces of pieces have lengths that shrink as in Euclid's algorithm: together four times the first at most, two words each.
  long shorter = n < m ? n : m;
  tnb_word *scratch = malloc(sizeof(tnb_word) * (size_t)(scratch_words(shorter) + 8 * shorter));
  if (!scratch) return -3;
  int error = multiply(out, a, n, b, m, scratch);
  free(scratch);
  return error;
}

// high:low / d with high < d.
static inline tnb_word divide_two(tnb_word high, tnb_word low, tnb_word d, tnb_word *remainder) {
#if defined(__x86_64__)
  tnb_word q, r;
  __asm__("divq %4" : "=a"(q), "=d"(r) : "a"(low), "d"(high), "r"(d) : "cc");
  *remainder = r;
  return q;
#else
  wide u = (wide)high << 64 | low;
  *remainder = (tnb_word)(u % d);
  return (tnb_word)(u / d);
#endif
}

tnb_word tnb_natural_divide_word(tnb_word *a, long n, tnb_word divisor) {
  tnb_word rest = 0;
  for (long i = n - 1; i >= 0; i--) a[i] = divide_two(rest, a[i], divisor, &rest);
  return rest;
}

// r -= a × w; gives the borrow.
static inline tnb_word subtract_multiple(tnb_word *r, const tnb_word *a, long n, tnb_word w) {
  tnb_word borrow = 0;
  for (long i = 0; i < n; i++) {
    wide p = (wide)a[i] * w + borrow;
    tnb_word low = (tnb_word)p;
    borrow = (tnb_word)(p >> 64) + (r[i] < low);
    r[i] -= low;
  }
  return borrow;
}

// Knuth's algorithm D (The Art of Computer Programming, 4.3.1).
int tnb_natural_divide(tnb_word *q, tnb_word *u, long n, const tnb_word *v, long m) {
  tnb_word top = v[m - 1], second = v[m - 2];
  long since = 0;
  for (long j = n - m - 1; j >= 0; j--) {
    tnb_word digit, rest;
    int fits = 1;
    if (u[j + m] >= top) {
      digit = UINT64_MAX;
      rest = u[j + m - 1] + top;
      fits = rest >= top;
    } else {
      digit = divide_two(u[j + m], u[j + m - 1], top, &rest);
    }
    while (fits && (wide)digit * second > ((wide)rest << 64 | u[j + m - 2])) {
      digit--;
      rest += top;
      fits = rest >= top;
    }
    tnb_word borrow = subtract_multiple(u + j, v, m, digit);
    tnb_word before = u[j + m];
    u[j + m] = before - borrow;
    if (before < borrow) {
      digit--;
      u[j + m] += add_into(u + j, v, m);
    }
    q[j] = digit;
    since += m;
    if (since > 1 << 16) {
      if (tnb_interrupt_pending()) return tnb_interrupted;
      since = 0;
    }
  }
  return tnb_ok;
}
