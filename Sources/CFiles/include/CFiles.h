#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

// What Swift cannot call itself: O_PATH, openat with a mode, and zlib's streams.

/// A folder below an open one, to look things up in and for nothing else; a symbolic link is not followed. -1 and `errno`.
int tnb_open_folder(int parent, const char *name);
/// openat(2) that follows no link, does not wait for a FIFO's other end, and is closed on exec. -1 and `errno`.
int tnb_open_below(int parent, const char *name, int flags, unsigned mode);
/// Whether an open file shows the kernel's state rather than anybody's data: it lies in /proc or /sys.
bool tnb_is_kernel_file(int descriptor);

/// CRC-32 of more bytes, after those that gave `crc` (0 at first).
unsigned long tnb_crc32(unsigned long crc, const void *bytes, size_t count);
/// Inflates raw deflate data that must give exactly `target_count` bytes and end there: 0, or -1.
int tnb_inflate(const void *source, size_t source_count, void *target, size_t target_count);
/// Room that `tnb_deflate` needs at most.
size_t tnb_deflate_bound(size_t source_count);
/// Compresses to raw deflate data; gives its size, 0 on failure.
size_t tnb_deflate(const void *source, size_t source_count, void *target, size_t target_count);
