"""Containers whose bytes depend on nothing but their content: no clock, no user, no file system."""

import io
import struct
import tarfile
import zipfile
import zlib

# Every entry carries this time, 2020-01-01T00:00:00Z, whatever the clock says.
ENTRY_TIME = 1_577_836_800


def zipped(entries):
    """A .zip of `{path: bytes}`, in the order given."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, data in entries.items():
            member = zipfile.ZipInfo(path, date_time=(2020, 1, 1, 0, 0, 0))
            member.create_system = 3  # Unix, so that Windows writes the same bytes
            member.external_attr = 0o100644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, data, compresslevel=9)
    return buffer.getvalue()


def gzipped(data):
    """One gzip member without name and time, written by hand because `gzip` varies by version."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    return header + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)


def tarred(entries):
    """A .tar of `{path: bytes}` in the ustar form, owned by nobody."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, data in entries.items():
            member = tarfile.TarInfo(path)
            member.size, member.mtime, member.mode = len(data), ENTRY_TIME, 0o644
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()
