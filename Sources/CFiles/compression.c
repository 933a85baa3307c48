#include <limits.h>
#include <string.h>
#include <zlib.h>

#include "CFiles.h"

unsigned long tnb_crc32(unsigned long crc, const void *bytes, size_t count) { return crc32_z(crc, bytes, count); }

// zlib counts a call's bytes in an unsigned int: more of them are handed over in pieces.
static uInt piece(size_t rest) { return rest < UINT_MAX ? (uInt)rest : UINT_MAX; }

int tnb_inflate(const void *source, size_t source_count, void *target, size_t target_count) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return -1;
  // A byte past the end shows data that goes on.
  unsigned char excess;
  const unsigned char *in = source;
  unsigned char *out = target;
  size_t in_rest = source_count, out_rest = target_count;
  int status = Z_OK;
  while (status == Z_OK) {
    uInt in_piece = piece(in_rest), out_piece = out_rest > 0 ? piece(out_rest) : 1;
    stream.next_in = (unsigned char *)in;
    stream.avail_in = in_piece;
    stream.next_out = out_rest > 0 ? out : &excess;
    stream.avail_out = out_piece;
    status = inflate(&stream, Z_NO_FLUSH);
    size_t taken = in_piece - stream.avail_in, given = out_piece - stream.avail_out;
    in += taken;
    in_rest -= taken;
    if (out_rest == 0 && given > 0) status = Z_DATA_ERROR;
    if (out_rest > 0) {
      out += given;
      out_rest -= given;
    }
    if (taken == 0 && given == 0 && status == Z_OK) status = Z_BUF_ERROR;
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END && out_rest == 0 ? 0 : -1;
}

size_t tnb_deflate_bound(size_t source_count) {
  // Stored blocks at worst: five bytes for each 16 KiB, and some for the start.
  return source_count + source_count / 1000 + 64;
}

size_t tnb_deflate(const void *source, size_t source_count, void *target, size_t target_count) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
  const unsigned char *in = source;
  unsigned char *out = target;
  size_t in_rest = source_count, out_rest = target_count;
  int status = Z_OK;
  while (status == Z_OK) {
    uInt in_piece = piece(in_rest), out_piece = piece(out_rest);
    stream.next_in = (unsigned char *)in;
    stream.avail_in = in_piece;
    stream.next_out = out;
    stream.avail_out = out_piece;
    status = deflate(&stream, in_piece == in_rest ? Z_FINISH : Z_NO_FLUSH);
    size_t taken = in_piece - stream.avail_in, given = out_piece - stream.avail_out;
    in += taken;
    in_rest -= taken;
    out += given;
    out_rest -= given;
    if (taken == 0 && given == 0 && status == Z_OK) status = Z_BUF_ERROR;
  }
  deflateEnd(&stream);
  return status == Z_STREAM_END ? target_count - out_rest : 0;
}
