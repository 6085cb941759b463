"""Seeded choices that do not depend on the version of Python."""

import hashlib


class Dice:
    """A stream of numbers that follows from its name alone."""

    def __init__(self, name):
        self.name, self.count = name, 0

    def between(self, low, high):
        self.count += 1
        digest = hashlib.sha256(f"{self.name}/{self.count}".encode()).digest()
        return low + int.from_bytes(digest[:8], "big") % (high - low + 1)

    def of(self, choices):
        return choices[self.between(0, len(choices) - 1)]
