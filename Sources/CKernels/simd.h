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
