#ifndef MATERIA_NAME_LISTS_H
#define MATERIA_NAME_LISTS_H

#include <stddef.h>
#include <stdint.h>

/// What the lists know of a word or of words joined by blanks; 0 when they know nothing.
///
/// Case, diacritics, apostrophes and full stops do not matter; blanks and hyphens count as one blank.
/// Bits 0-1 how common it is as a first name, 2-3 as a surname, 4-5 as an English word, 6-7 how large
/// it is as a place, 8-10 its class.
uint32_t name_lists_find(const unsigned char *words, size_t count);

/// Names to stand for others, lines of a kind, a tab and a name.
const unsigned char *name_lists_surrogates(size_t *count);

#endif
