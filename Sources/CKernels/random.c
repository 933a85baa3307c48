#include "random.h"
#include "interrupt.h"
#include "half.h"
#include <math.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

enum { word_count = 624, middle = 397 };

#pragma mark - The twister

void tnb_twister_seed(tnb_generator *g, uint32_t seed) {
  g->words[0] = seed;
  for (int i = 1; i < word_count; i++)
    g->words[i] = 1812433253u * (g->words[i - 1] ^ (g->words[i - 1] >> 30)) + (uint32_t)i;
  g->left = 1;
  g->next = 0;
  g->cached_normal = 0;
  g->has_cached_normal = false;
}

void tnb_generator_seed(tnb_generator *g, uint64_t seed) {
  tnb_twister_seed(g, (uint32_t)seed);
  g->seed = seed;
}

void tnb_twister_seed_by_array(tnb_generator *g, const uint32_t *key, long length) {
  tnb_twister_seed(g, 19650218u);
  uint32_t *w = g->words;
  long i = 1, j = 0;
  for (long k = length > word_count ? length : word_count; k; k--) {
    w[i] = (w[i] ^ ((w[i - 1] ^ (w[i - 1] >> 30)) * 1664525u)) + key[j] + (uint32_t)j;
    i++, j++;
    if (i >= word_count) w[0] = w[word_count - 1], i = 1;
    if (j >= length) j = 0;
  }
  for (long k = word_count - 1; k; k--) {
    w[i] = (w[i] ^ ((w[i - 1] ^ (w[i - 1] >> 30)) * 1566083941u)) - (uint32_t)i;
    i++;
    if (i >= word_count) w[0] = w[word_count - 1], i = 1;
  }
  w[0] = 0x80000000u;
}

static inline uint32_t twist(uint32_t u, uint32_t v) {
  uint32_t mixed = (u & 0x80000000u) | (v & 0x7fffffffu);
  return (mixed >> 1) ^ ((v & 1) ? 0x9908b0dfu : 0);
}

static void next_state(tnb_generator *g) {
  uint32_t *w = g->words;
  for (int i = 0; i < word_count - middle; i++) w[i] = w[i + middle] ^ twist(w[i], w[i + 1]);
  for (int i = word_count - middle; i < word_count - 1; i++)
    w[i] = w[i + middle - word_count] ^ twist(w[i], w[i + 1]);
  w[word_count - 1] = w[middle - 1] ^ twist(w[word_count - 1], w[0]);
  g->left = word_count;
  g->next = 0;
}

static inline uint32_t draw32(tnb_generator *g) {
  if (--g->left == 0) next_state(g);
  uint32_t y = g->words[g->next++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  y ^= y >> 18;
  return y;
}

static inline uint64_t draw64(tnb_generator *g) {
  uint64_t high = draw32(g);
  return high << 32 | draw32(g);
}

static inline float draw_float(tnb_generator *g) { return (float)(draw32(g) & 0xffffffu) * 0x1p-24f; }
static inline double draw_double(tnb_generator *g) {
  return (double)(int64_t)(draw64(g) & ((1ull << 53) - 1)) * 0x1p-53;
}

uint32_t tnb_random32(tnb_generator *g) { return draw32(g); }
uint64_t tnb_random64(tnb_generator *g) { return draw64(g); }
double tnb_random_double(tnb_generator *g) { return draw_double(g); }

uint32_t tnb_entropy(void) {
  uint32_t word;
  if (getrandom(&word, sizeof word, GRND_NONBLOCK) != sizeof word) word = (uint32_t)time(NULL);
  return word;
}

#pragma mark - State as bytes

// The layout of PyTorch's CPUGeneratorImplState; words are stored in 64 bits each.
typedef struct {
  uint64_t seed;
  int32_t left, seeded;
  uint64_t next;
  uint64_t words[word_count];
  double normal_x, normal_y, normal_rho;
  int32_t normal_is_valid;
  float float_normal;
  bool float_normal_is_valid;
} saved_state;
_Static_assert(sizeof(saved_state) == tnb_generator_state_bytes, "layout of torch.get_rng_state()");

void tnb_generator_save(const tnb_generator *g, uint8_t *bytes) {
  saved_state s;
  memset(&s, 0, sizeof s);
  s.seed = g->seed;
  s.left = g->left;
  s.seeded = 1;
  s.next = g->next;
  for (int i = 0; i < word_count; i++) s.words[i] = g->words[i];
  if (g->has_cached_normal) {
    s.normal_y = g->cached_normal;
    s.normal_is_valid = 1;
  }
  memcpy(bytes, &s, sizeof s);
}

bool tnb_generator_load(tnb_generator *g, const uint8_t *bytes) {
  saved_state s;
  memcpy(&s, bytes, sizeof s);
  // A fresh state has left = 1, next = 0; after a twist left + next is always 624 + 1 or 624.
  if (s.seeded != 1 || s.left <= 0 || s.left > word_count || s.next > word_count) return false;
  g->seed = s.seed;
  g->left = s.left;
  g->next = (uint32_t)s.next;
  // A forged state must not read past the words.
  if (g->left > 1 && g->next + (uint32_t)g->left > word_count + 1) return false;
  for (int i = 0; i < word_count; i++) g->words[i] = (uint32_t)s.words[i];
  g->has_cached_normal = s.normal_is_valid != 0;
  g->cached_normal = g->has_cached_normal ? s.normal_y : 0;
  return true;
}

#pragma mark - Storing

enum { t_bool, t_uint8, t_int8, t_int16, t_int32, t_int64, t_half, t_bfloat16, t_float, t_double };
enum { chunk = 256 };

static inline int64_t to_int64(double v) {
  return v >= -0x1p63 && v < 0x1p63 ? (int64_t)v : INT64_MIN;
}

#define STORE_LOOP(type, expression)                            \
  for (long i = 0; i < n; i++) ((type *)out)[start + i] = (type)(expression); \
  break;

static void store_doubles(void *out, long start, const double *v, long n, int dtype) {
  switch (dtype) {
    case t_bool: STORE_LOOP(uint8_t, v[i] != 0)
    case t_uint8: STORE_LOOP(uint8_t, to_int64(v[i]))
    case t_int8: STORE_LOOP(int8_t, to_int64(v[i]))
    case t_int16: STORE_LOOP(int16_t, to_int64(v[i]))
    case t_int32: STORE_LOOP(int32_t, to_int64(v[i]))
    case t_int64: STORE_LOOP(int64_t, to_int64(v[i]))
    case t_half: STORE_LOOP(uint16_t, tnb_to_float16((float)v[i]))
    case t_bfloat16: STORE_LOOP(uint16_t, tnb_to_bfloat16((float)v[i]))
    case t_float: STORE_LOOP(float, v[i])
    case t_double: STORE_LOOP(double, v[i])
  }
}

static void store_integers(void *out, long start, const int64_t *v, long n, int dtype) {
  switch (dtype) {
    case t_bool: STORE_LOOP(uint8_t, v[i] != 0)
    case t_uint8: STORE_LOOP(uint8_t, v[i])
    case t_int8: STORE_LOOP(int8_t, v[i])
    case t_int16: STORE_LOOP(int16_t, v[i])
    case t_int32: STORE_LOOP(int32_t, v[i])
    case t_int64: STORE_LOOP(int64_t, v[i])
    case t_half: STORE_LOOP(uint16_t, tnb_to_float16((float)v[i]))
    case t_bfloat16: STORE_LOOP(uint16_t, tnb_to_bfloat16((float)v[i]))
    case t_float: STORE_LOOP(float, v[i])
    case t_double: STORE_LOOP(double, v[i])
  }
}

// Fills from an expression of type double, evaluated once per element in order.
#define FILL_DOUBLES(expression)                         \
  double values[chunk];                                  \
  for (long start = 0; start < count; start += chunk) {  \
    long n = count - start < chunk ? count - start : chunk; \
    for (long i = 0; i < n; i++) values[i] = (expression);  \
    store_doubles(out, start, values, n, dtype);         \
  }

#define FILL_INTEGERS(expression)                        \
  int64_t values[chunk];                                 \
  for (long start = 0; start < count; start += chunk) {  \
    long n = count - start < chunk ? count - start : chunk; \
    for (long i = 0; i < n; i++) values[i] = (int64_t)(expression); \
    store_integers(out, start, values, n, dtype);        \
  }

#pragma mark - Uniform and normal

__attribute__((target_clones("default", "arch=x86-64-v3")))
void tnb_fill_uniform(tnb_generator *g, void *out, long count, int dtype, double from, double to) {
  float from_float = (float)from, width = (float)to - from_float;
  switch (dtype) {
    case t_double: {
      double *p = out, span = to - from;
      for (long i = 0; i < count; i++) {
        double v = fma(draw_double(g), span, from);
        p[i] = v == to ? from : v;
      }
      return;
    }
    case t_float: {
      float *p = out, end = (float)to;
      for (long i = 0; i < count; i++) {
        float v = fmaf(draw_float(g), width, from_float);
        p[i] = v == end ? from_float : v;
      }
      return;
    }
    case t_half: {
      uint16_t *p = out, end = tnb_to_float16((float)to), begin = tnb_to_float16(from_float);
      for (long i = 0; i < count; i++) {
        uint16_t v = tnb_to_float16(fmaf(draw_float(g), width, from_float));
        p[i] = v == end ? begin : v;
      }
      return;
    }
    default: {
      uint16_t *p = out, end = tnb_to_bfloat16((float)to), begin = tnb_to_bfloat16(from_float);
      for (long i = 0; i < count; i++) {
        uint16_t v = tnb_to_bfloat16(fmaf(draw_float(g), width, from_float));
        p[i] = v == end ? begin : v;
      }
    }
  }
}

static inline double draw_normal(tnb_generator *g, double mean, double std) {
  if (g->has_cached_normal) {
    g->has_cached_normal = false;
    return fma(g->cached_normal, std, mean);
  }
  double u1 = draw_double(g), u2 = draw_double(g);
  double radius = sqrt(-2.0 * log1p(-u2)), theta = 2.0 * M_PI * u1;
  g->cached_normal = radius * sin(theta);
  g->has_cached_normal = true;
  return fma(radius * cos(theta), std, mean);
}

void tnb_fill_normal_serial(tnb_generator *g, void *out, long count, int dtype, double mean, double std) {
  FILL_DOUBLES(draw_normal(g, mean, std))
}

#pragma mark - Blocks of sixteen

// Cephes' logf, sinf and cosf with the steps, and the fused multiplications, of PyTorch's vectorised code, so that the last bit agrees.
#define FMA(a, b, c) __builtin_fmaf(a, b, c)

static inline __attribute__((always_inline)) float fast_log(float x) {
  x = x > 0x1p-126f ? x : 0x1p-126f;
  int32_t bits;
  memcpy(&bits, &x, 4);
  float e = (float)((bits >> 23) - 127) + 1.0f;
  bits = (bits & 0x007fffff) | 0x3f000000;
  memcpy(&x, &bits, 4);
  int below = x < 0.707106781186547524f;
  float extra = below ? x : 0.0f;
  x = x - 1.0f;
  e = below ? e - 1.0f : e;
  x = x + extra;
  float z = x * x;
  float y = 7.0376836292E-2f;
  y = FMA(y, x, -1.1514610310E-1f);
  y = FMA(y, x, 1.1676998740E-1f);
  y = FMA(y, x, -1.2420140846E-1f);
  y = FMA(y, x, 1.4249322787E-1f);
  y = FMA(y, x, -1.6668057665E-1f);
  y = FMA(y, x, 2.0000714765E-1f);
  y = FMA(y, x, -2.4999993993E-1f);
  y = FMA(y, x, 3.3333331174E-1f);
  y = y * x;
  y = FMA(y, z, e * -2.12194440e-4f);
  y = FMA(-z, 0.5f, y);
  x = x + y;
  return FMA(e, 0.693359375f, x);
}

// `x` must not be negative.
static inline __attribute__((always_inline)) void fast_sincos(float x, float *sine, float *cosine) {
  int32_t j = (int32_t)(x * 1.27323954473516f);
  j = (j + 1) & ~1;
  float y = (float)j;
  x = FMA(y, -0.78515625f, x);
  x = FMA(y, -2.4187564849853515625e-4f, x);
  x = FMA(y, -3.77489497744594108e-8f, x);
  float z = x * x;
  float c = 2.443315711809948E-005f;
  c = FMA(c, z, -1.388731625493765E-003f);
  c = FMA(c, z, 4.166664568298827E-002f);
  c = c * z;
  c = FMA(c, z, -(z * 0.5f));
  c = c + 1.0f;
  float s = -1.9515295891E-4f;
  s = FMA(s, z, 8.3321608736E-3f);
  s = FMA(s, z, -1.6666654611E-1f);
  s = s * z;
  s = FMA(s, x, x);
  int direct = (j & 2) == 0;
  float sin_value = direct ? s : c, cos_value = direct ? c : s;
  *sine = (j & 4) ? -sin_value : sin_value;
  *cosine = ((j - 2) & 4) ? cos_value : -cos_value;
}

__attribute__((target_clones("default", "arch=x86-64-v3")))
static void box_muller_float(float *data, long count, float mean, float std) {
  for (long start = 0; start + 16 <= count; start += 16) {
    float *block = data + start;
    for (int i = 0; i < 8; i++) {
      float radius = sqrtf(-2.0f * fast_log(1.0f - block[i]));
      float sine, cosine;
      fast_sincos((float)(2.0f * M_PI) * block[i + 8], &sine, &cosine);
      block[i] = FMA(radius * cosine, std, mean);
      block[i + 8] = FMA(radius * sine, std, mean);
    }
  }
}

static void box_muller_double(double *data, long count, double mean, double std) {
  for (long start = 0; start + 16 <= count; start += 16) {
    double *block = data + start;
    for (int i = 0; i < 8; i++) {
      double u1 = 1 - block[i], u2 = block[i + 8];
      double radius = sqrt(-2 * log(u1)), theta = (double)2.0f * M_PI * u2;
      block[i] = fma(radius * cos(theta), std, mean);
      block[i + 8] = fma(radius * sin(theta), std, mean);
    }
  }
}

void tnb_fill_normal(tnb_generator *g, void *out, long count, int dtype, double mean, double std) {
  if (count < 16) {
    tnb_fill_normal_serial(g, out, count, dtype, mean, std);
    return;
  }
  long tail = count % 16 ? count - 16 : count;
  if (dtype == t_float) {
    float *p = out;
    for (long i = 0; i < count; i++) p[i] = draw_float(g);
    box_muller_float(p, count, (float)mean, (float)std);
    for (long i = tail; i < count; i++) p[i] = draw_float(g);
    box_muller_float(p + tail, count - tail, (float)mean, (float)std);
  } else if (dtype == t_double) {
    double *p = out;
    for (long i = 0; i < count; i++) p[i] = draw_double(g);
    box_muller_double(p, count, mean, std);
    for (long i = tail; i < count; i++) p[i] = draw_double(g);
    box_muller_double(p + tail, count - tail, mean, std);
  } else {
    uint16_t *p = out;
    float block[16];
    for (long start = 0; start + 16 <= count || tail < count; start += 16) {
      long at = start + 16 <= count ? start : tail;
      if (at == tail) tail = count;
      for (int i = 0; i < 16; i++) block[i] = draw_float(g);
      box_muller_float(block, 16, (float)mean, (float)std);
      for (int i = 0; i < 16; i++)
        p[at + i] = dtype == t_half ? tnb_to_float16(block[i]) : tnb_to_bfloat16(block[i]);
    }
  }
}

#pragma mark - Integers and other distributions

void tnb_fill_integers(tnb_generator *g, void *out, long count, int dtype, uint64_t range, int64_t base) {
  if (range >= 1ull << 28) {
    FILL_INTEGERS(draw64(g) % range + (uint64_t)base)
  } else {
    uint32_t small = (uint32_t)range;
    FILL_INTEGERS((uint64_t)(draw32(g) % small) + (uint64_t)base)
  }
}

void tnb_fill_integers_full(tnb_generator *g, void *out, long count, int dtype) {
  static const uint64_t ranges[] = {
    [t_bool] = 2, [t_uint8] = 1 << 8, [t_int8] = 1 << 7, [t_int16] = 1 << 15, [t_int32] = 1ull << 31,
    [t_int64] = 1ull << 63, [t_half] = (1 << 11) + 1, [t_bfloat16] = (1 << 8) + 1, [t_float] = (1 << 24) + 1,
    [t_double] = (1ull << 53) + 1};
  uint64_t range = ranges[dtype];
  if (dtype == t_int64 || dtype == t_double) {
    FILL_INTEGERS(draw64(g) % range)
  } else {
    FILL_INTEGERS(draw32(g) % range)
  }
}

void tnb_fill_integers_64(tnb_generator *g, void *out, long count, int dtype) { FILL_INTEGERS(draw64(g)) }

void tnb_fill_bernoulli(tnb_generator *g, void *out, long count, int dtype, double p) {
  FILL_INTEGERS(draw_double(g) < p)
}

bool tnb_fill_bernoulli_each(
  tnb_generator *g, void *out, long count, int dtype, const void *p, bool is_double) {
  if (is_double) {
    const double *q = p;
    for (long i = 0; i < count; i++)
      if (!(q[i] >= 0 && q[i] <= 1)) return false;
    FILL_INTEGERS(draw_double(g) < q[start + i])
  } else {
    const float *q = p;
    for (long i = 0; i < count; i++)
      if (!(q[i] >= 0 && q[i] <= 1)) return false;
    FILL_INTEGERS(draw_float(g) < q[start + i])
  }
  return true;
}

void tnb_fill_exponential(tnb_generator *g, void *out, long count, int dtype, double lambda) {
  FILL_DOUBLES(-1.0 / lambda * log1p(-draw_double(g)))
}

void tnb_fill_geometric(tnb_generator *g, void *out, long count, int dtype, double p) {
  FILL_DOUBLES(ceil(log(draw_double(g)) / log1p(-p)))
}

void tnb_fill_cauchy(tnb_generator *g, void *out, long count, int dtype, double median, double sigma) {
  FILL_DOUBLES(median + sigma * tan(M_PI * (draw_double(g) - 0.5)))
}

void tnb_fill_log_normal(tnb_generator *g, void *out, long count, int dtype, double mean, double std) {
  FILL_DOUBLES(exp(draw_normal(g, mean, std)))
}

void tnb_fill_permutation(tnb_generator *g, int64_t *out, long count) {
  for (long i = 0; i < count; i++) out[i] = i;
  bool wide = count >= (long)(UINT32_MAX / 20);
  for (long i = 0; i < count - 1; i++) {
    if ((i & 0xFFFF) == 0xFFFF && tnb_interrupt_pending()) return;
    uint64_t left = (uint64_t)(count - i);
    long j = i + (long)(wide ? draw64(g) % left : draw32(g) % (uint32_t)left);
    int64_t swapped = out[i];
    out[i] = out[j];
    out[j] = swapped;
  }
}

void tnb_fill_multinomial(tnb_generator *g, int64_t *out, long draws, const double *cumulative, long count) {
  for (long k = 0; k < draws; k++) {
    if ((k & 0xFFFF) == 0xFFFF && tnb_interrupt_pending()) return;
    double u = draw_double(g);
    long low = 0, high = count;
    while (low < high) {
      long middle_index = low + (high - low) / 2;
      if (cumulative[middle_index] < u) low = middle_index + 1;
      else high = middle_index;
    }
    out[k] = low < count ? low : count - 1;
  }
}

// Hoermann's transformed rejection for rates of ten and more, multiplication of uniforms below.
static double draw_poisson(tnb_generator *g, double rate) {
  if (!(rate > 0)) return 0;
  if (rate >= 10) {
    double slam = sqrt(rate), loglam = log(rate);
    double b = 0.931 + 2.53 * slam, a = -0.059 + 0.02483 * b;
    double invalpha = 1.1239 + 1.1328 / (b - 3.4), vr = 0.9277 - 3.6224 / (b - 2);
    for (;;) {
      double u = draw_double(g) - 0.5, v = draw_double(g);
      double us = 0.5 - fabs(u);
      double k = floor((2 * a / us + b) * u + rate + 0.43);
      if (us >= 0.07 && v <= vr) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      if (log(v) + log(invalpha) - log(a / (us * us) + b) <= -rate + k * loglam - lgamma(k + 1)) return k;
      if (!(rate < 1e300)) return rate;
    }
  }
  double limit = exp(-rate), product = 1;
  double k = 0;
  for (;;) {
    product *= draw_double(g);
    if (product <= limit) return k;
    k++;
  }
}

void tnb_fill_poisson(tnb_generator *g, double *out, const double *rates, long count) {
  for (long i = 0; i < count; i++) out[i] = draw_poisson(g, rates[i]);
}
