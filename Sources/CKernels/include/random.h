#pragma once
#include <stdbool.h>
#include <stdint.h>

// The Mersenne twister MT19937 and the distributions that PyTorch's CPU generator draws from it, value for value. `dtype` is
// the row of Tensor's DType. Every fill writes `count` elements to consecutive places of `out`.

typedef struct {
  uint32_t words[624];
  /// Words left before the next twist, plus one.
  int32_t left;
  /// Index of the next word.
  uint32_t next;
  uint64_t seed;
  /// The second value of the last Box-Muller pair.
  double cached_normal;
  bool has_cached_normal;
} tnb_generator;

/// As `torch.manual_seed`: the low 32 bits of the seed count.
void tnb_generator_seed(tnb_generator *g, uint64_t seed);
/// Starts the twister from a 32-bit seed or from a key, as the reference implementation, Python and NumPy do.
void tnb_twister_seed(tnb_generator *g, uint32_t seed);
void tnb_twister_seed_by_array(tnb_generator *g, const uint32_t *key, long length);
uint32_t tnb_random32(tnb_generator *g);
/// The first word drawn is the high one.
uint64_t tnb_random64(tnb_generator *g);
/// 53 bits in [0, 1).
double tnb_random_double(tnb_generator *g);

/// 32 bits from the system, for a stream that nobody seeded.
uint32_t tnb_entropy(void);

enum { tnb_generator_state_bytes = 5056 };
/// The bytes of `torch.get_rng_state()`.
void tnb_generator_save(const tnb_generator *g, uint8_t *bytes);
/// False where the bytes are not a generator's state.
bool tnb_generator_load(tnb_generator *g, const uint8_t *bytes);

void tnb_fill_uniform(tnb_generator *g, void *out, long count, int dtype, double from, double to);
void tnb_fill_normal(tnb_generator *g, void *out, long count, int dtype, double mean, double std);
/// One Box-Muller draw at a time, whatever the count: what PyTorch does for tensors that are not contiguous.
void tnb_fill_normal_serial(tnb_generator *g, void *out, long count, int dtype, double mean, double std);
void tnb_fill_integers(tnb_generator *g, void *out, long count, int dtype, uint64_t range, int64_t base);
/// `random_()` without bounds.
void tnb_fill_integers_full(tnb_generator *g, void *out, long count, int dtype);
/// 64 random bits for each element.
void tnb_fill_integers_64(tnb_generator *g, void *out, long count, int dtype);
void tnb_fill_bernoulli(tnb_generator *g, void *out, long count, int dtype, double p);
/// `p` holds float32 or, when `is_double`, float64 probabilities. False where one lies outside [0, 1].
bool tnb_fill_bernoulli_each(
  tnb_generator *g, void *out, long count, int dtype, const void *p, bool is_double);
void tnb_fill_exponential(tnb_generator *g, void *out, long count, int dtype, double lambda);
void tnb_fill_geometric(tnb_generator *g, void *out, long count, int dtype, double p);
void tnb_fill_cauchy(tnb_generator *g, void *out, long count, int dtype, double median, double sigma);
void tnb_fill_log_normal(tnb_generator *g, void *out, long count, int dtype, double mean, double std);
void tnb_fill_permutation(tnb_generator *g, int64_t *out, long count);
/// Draws `draws` indices with replacement from a cumulative distribution that ends in 1.
void tnb_fill_multinomial(tnb_generator *g, int64_t *out, long draws, const double *cumulative, long count);
/// One Poisson draw for each rate.
void tnb_fill_poisson(tnb_generator *g, double *out, const double *rates, long count);
