#pragma once

#include <stddef.h>

/// Exchanges two paths in one step (renameat2 with RENAME_EXCHANGE, which glibc hides from Swift).
/// Returns 0, or -1 with errno set.
int materia_exchange(const char *first, const char *second);

/// The first place of some bytes in others (memmem, which glibc hides from Swift); null when there is
/// none.
const void *materia_find(
    const void *bytes, size_t count, const void *needle, size_t needle_count);
