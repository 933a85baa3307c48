#pragma once
// Compiles a function for two generations of the processor; the loader picks the best at start.
#if defined(__x86_64__) && defined(__linux__)
#define TNB_CLONES __attribute__((target_clones("default", "arch=x86-64-v3")))
#else
#define TNB_CLONES
#endif

// A loop whose output may be one of its inputs (in place) but never overlaps one otherwise: vectorised without checks.
#define TNB_VECTOR _Pragma("clang loop vectorize(assume_safety) interleave(enable)")
// Loops over library functions stay scalar; that is expected.
#pragma clang diagnostic ignored "-Wpass-failed"
