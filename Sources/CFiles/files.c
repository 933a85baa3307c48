#define _GNU_SOURCE
#include "CFiles.h"

#include <fcntl.h>
#include <sys/vfs.h>

int tnb_open_folder(int parent, const char *name) {
  return openat(parent, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

int tnb_open_below(int parent, const char *name, int flags, unsigned mode) {
  return openat(parent, name, flags | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY, mode);
}

bool tnb_is_kernel_file(int descriptor) {
  struct statfs about;
  if (fstatfs(descriptor, &about) != 0) return false;
  // PROC_SUPER_MAGIC, SYSFS_MAGIC, DEBUGFS_MAGIC, TRACEFS_MAGIC
  return about.f_type == 0x9fa0 || about.f_type == 0x62656572 || about.f_type == 0x64626720 ||
         about.f_type == 0x74726163;
}
