#pragma once

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Writes the least value of `multiplier * hash + addend` (mod 2^32) over all shingles, for every
/// permutation. `hash` is the upper half of a shingle. `permutations` is a multiple of 32;
/// `shingleCount` is at least 1.
void materia_minhash(const uint64_t *shingles, size_t shingleCount, const uint32_t *multipliers,
                     const uint32_t *addends, uint32_t *minima, size_t permutations);

/// Sorts well-spread hashes and drops repetitions; returns how many are left. `scratch` has room
/// for `count` values.
size_t materia_sort_unique(uint64_t *values, uint64_t *scratch, size_t count);

/// How many values two strictly ascending sequences have in common; any number below `least` once
/// it is clear that they have fewer than that.
size_t materia_common_count(const uint64_t *first, size_t firstCount, const uint64_t *second,
                            size_t secondCount, size_t least);

#pragma clang assume_nonnull end
