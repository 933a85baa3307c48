#pragma once

/// Copies the extended attributes of the file at `path`, access lists among them, to an open file, as far as that is allowed.
void tnb_copy_attributes(const char *path, int descriptor);
