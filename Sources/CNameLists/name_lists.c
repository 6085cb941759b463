#include "name_lists.h"

#include <string.h>

// The blanks let a line be compared with a longer word.
static const unsigned char lexicon[] = {
#embed "lexicon.txt"
  , 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
  32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32
};

static const unsigned char lexicon_index[] = {
#embed "lexicon.index"
};

static const unsigned char fold_table[] = {
#embed "fold.txt"
};

static const unsigned char surrogates[] = {
#embed "surrogates.txt"
};

enum {
  longest_key = 32, first_folded = 0xC0, last_folded = 0x24F, bytes_in_index = 3,
  longest_memo = 16, memo_count = 2048
};

/// Writes words as the lists spell them; 0 when they cannot be in the lists.
static size_t spell(const unsigned char *words, size_t count, unsigned char *key) {
  size_t length = 0;
  for (size_t place = 0; place < count; place++) {
    unsigned char byte = words[place];
    if (length + 2 > longest_key) return 0;
    if (byte >= 'A' && byte <= 'Z') byte |= 0x20;
    if (byte >= 'a' && byte <= 'z') {
      key[length++] = byte;
    } else if (byte == ' ' || byte == '-' || byte == '\n' || byte == '\t' || byte == '\r') {
      if (length > 0 && key[length - 1] != ' ') key[length++] = ' ';
    } else if (byte == '\'' || byte == '.') {
      continue;
    } else if (byte >= 0xC3 && byte <= 0xC9 && place + 1 < count) {
      uint32_t point = (uint32_t)(byte & 0x1F) << 6 | (words[++place] & 0x3F);
      if (point < first_folded || point > last_folded) return 0;
      const unsigned char *letters = fold_table + 2 * (point - first_folded);
      if (letters[0] == ' ') return 0;
      key[length++] = letters[0];
      if (letters[1] != ' ') key[length++] = letters[1];
    } else if (byte == 0xCC || byte == 0xCD) {
      place++;  // a combining mark
    } else {
      return 0;
    }
  }
  return length;
}

/// The same for the usual word, which has nothing but letters of ASCII; 0 for others.
static size_t spell_plain(const unsigned char *words, size_t count, unsigned char *key) {
  if (count > longest_key) return 0;
  for (size_t place = 0; place < count; place++) {
    unsigned char letter = words[place] | 0x20;
    if (letter < 'a' || letter > 'z' || words[place] < 'A') return 0;
    key[place] = letter;
  }
  return count;
}

static uint32_t hash(const unsigned char *key, size_t length) {
  uint32_t value = 0x811C9DC5;
  for (size_t place = 0; place < length; place++) value = (value ^ key[place]) * 0x01000193;
  return value ^ value >> 15;
}

static uint32_t six_bits(unsigned char letter) {
  if (letter >= 'a') return letter - 'a' + 26u;
  if (letter >= 'A') return letter - 'A' + 0u;
  if (letter >= '0') return letter - '0' + 52u;
  return letter == '+' ? 62 : 63;
}

/// Two letters or six up to the end of the line, the low bits first.
static uint32_t bits_at(const unsigned char *letters) {
  uint32_t bits = 0;
  for (uint32_t shift = 0; *letters != '\n'; shift += 6) bits |= six_bits(*letters++) << shift;
  return bits;
}

static size_t start_of(uint32_t bucket) {
  const unsigned char *cell = lexicon_index + (size_t)bucket * bytes_in_index;
  return cell[0] | (size_t)cell[1] << 8 | (size_t)cell[2] << 16;
}

static uint32_t look_up(const unsigned char *key, size_t length, uint32_t hashed) {
  uint64_t buckets = sizeof lexicon_index / bytes_in_index - 1;
  uint32_t bucket = (uint32_t)(hashed * buckets >> 32);
  size_t end = start_of(bucket + 1);
  for (size_t line = start_of(bucket); line < end;) {
    if (lexicon[line + length] == '\t' && memcmp(lexicon + line, key, length) == 0)
      return bits_at(lexicon + line + length + 1);
    while (lexicon[line] != '\n') line++;
    line++;
  }
  return 0;
}

/// What was found of the words seen last: most words of a text are a few hundred. A word is compared
/// letter by letter, so that what is remembered changes no answer.
struct memo {
  unsigned char word[longest_memo];
  uint32_t bits;
};
static _Thread_local struct memo memos[memo_count];

uint32_t name_lists_find(const unsigned char *words, size_t count) {
  unsigned char key[longest_key] = {0};
  size_t length = spell_plain(words, count, key);
  if (length == 0) {
    memset(key, 0, sizeof key);
    length = spell(words, count, key);
  }
  if (length < 2) return 0;
  uint32_t hashed = hash(key, length);
  if (length >= longest_memo) return look_up(key, length, hashed);
  struct memo *memo = &memos[hashed % memo_count];
  if (memcmp(memo->word, key, longest_memo) != 0) {
    memo->bits = look_up(key, length, hashed);
    memcpy(memo->word, key, longest_memo);
  }
  return memo->bits;
}

const unsigned char *name_lists_surrogates(size_t *count) {
  *count = sizeof surrogates;
  return surrogates;
}
