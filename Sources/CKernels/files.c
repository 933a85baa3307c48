#include "files.h"

#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>

void tnb_copy_attributes(const char *path, int descriptor) {
  // The kernel's limits: 64 KB of names, 64 KB for a value.
  static char names[1 << 16], value[1 << 16];
  ssize_t length = listxattr(path, names, sizeof names);
  for (ssize_t i = 0; i < length; i += (ssize_t)strlen(names + i) + 1) {
    ssize_t count = getxattr(path, names + i, value, sizeof value);
    if (count >= 0) fsetxattr(descriptor, names + i, value, (size_t)count, 0);
  }
}
