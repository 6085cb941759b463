#pragma once

/// Exchanges two paths in one step (renameat2 with RENAME_EXCHANGE, which glibc hides from Swift).
/// Returns 0, or -1 with errno set.
int materia_exchange(const char *first, const char *second);
