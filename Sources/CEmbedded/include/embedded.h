#ifndef MATERIA_EMBEDDED_H
#define MATERIA_EMBEDDED_H

#include <stddef.h>

/// A file of the repository that is part of the binary.
struct embedded_file {
  /// The path from the package's root.
  const char *path;
  const unsigned char *bytes;
  size_t count;
};

/// How many files there are.
size_t embedded_file_count(void);

/// A file by its number; files are in byte order of their paths.
const struct embedded_file *embedded_file_at(size_t index);

#endif
