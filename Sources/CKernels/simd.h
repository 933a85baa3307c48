#pragma once
// Compiles a function for two generations of the processor; the loader picks the best at start. The wide form adds a third, for
// the loops that gain by it: stores of whole cache lines take a seventh off an addition that runs on two threads.
#if defined(__x86_64__) && defined(__linux__)
#define TNB_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#define TNB_WIDE_CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define TNB_CLONES
#define TNB_WIDE_CLONES
#endif

// A loop whose output may be one of its inputs (in place) but never overlaps one otherwise: vectorised without checks.
#define TNB_VECTOR _Pragma("clang loop vectorize(assume_safety) interleave(enable)")
// Loops over library functions stay scalar; that is expected.
#pragma clang diagnostic ignored "-Wpass-failed"

// Functions written in the vectors of one generation, and the generation of the processor at hand, as in x86-64-v4.
#if defined(__x86_64__)
#define TNB_V3 __attribute__((target("avx2,fma")))
#define TNB_V4 __attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx2,fma")))
static inline int tnb_level(void) {
  static int known = 0;
  if (known == 0) {
    known = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? 3 : 1;
    if (known == 3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
      known = 4;
  }
  return known;
}
#else
#define TNB_V3
#define TNB_V4
static inline int tnb_level(void) { return 3; }
#endif
