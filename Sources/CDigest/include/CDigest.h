#pragma once
#include <stddef.h>
#include <stdint.h>

/// XXH3 (xxHash, 64 bits) of some bytes.
uint64_t tnb_digest(const void *bytes, size_t count);
