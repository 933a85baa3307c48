#pragma once

/// The offset of the first `part` in `all`, -1 when it is not there.
long tnb_find_bytes(const void *all, long count, const void *part, long part_count);
