#!/usr/bin/env python3
"""Makes the Parquet files of this folder, and beside them the rows that a reader must find:
`NAME.jsonl`, or one file for all that hold the same rows (`nested.jsonl`).

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1
    venv/bin/python make.py

pyarrow writes the files and reads them back; only the JSON forms (ISO 8601, decimals by their
digits, NaN as null) are ours. All data are invented. The tests read what is committed; Python is
needed only to make it again.
"""

import base64
import datetime
import decimal
import itertools
import json
import pathlib
import struct

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

HERE = pathlib.Path(__file__).parent
UNITS = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def main():
    for codec, version in itertools.product(["none", "snappy", "gzip", "zstd"], ["1.0", "2.0"]):
        name = f"encodings-{codec}-v{version[0]}"
        write(name, encodings(), "encodings", compression=codec, data_page_version=version, use_dictionary=["dictionary"],
              column_encoding=ENCODINGS, data_page_size=256, write_batch_size=16)
        name = f"nested-{codec}-v{version[0]}"
        write(name, nested(), "nested", compression=codec, data_page_version=version, row_group_size=24,
              data_page_size=128, write_batch_size=8)
    write("types", types())
    write("types-format-1", types_of_format_1(), version="1.0")
    write("int96", pa.table({"time": timestamps("ns")}), use_deprecated_int96_timestamps=True)
    write("item-lists", nested(), "nested", use_compliant_nested_type=False, write_page_checksum=True, use_dictionary=False)
    write("long-runs", long_runs(), compression="zstd")
    write("empty", nested().slice(0, 0))
    write("not-utf8", not_utf8())
    refused("brotli", lambda path: pq.write_table(small(), path, compression="brotli"))
    refused("lz4-raw", lambda path: pq.write_table(small(), path, compression="lz4"))
    refused("encrypted-column", lambda path: encrypted(path, plaintext_footer=True))
    refused("encrypted-footer", lambda path: encrypted(path, plaintext_footer=False))


ENCODINGS = {
    "flag": "RLE", "plain": "PLAIN", "plain_text": "PLAIN", "small": "DELTA_BINARY_PACKED",
    "large": "DELTA_BINARY_PACKED", "lengths": "DELTA_LENGTH_BYTE_ARRAY", "prefixes": "DELTA_BYTE_ARRAY",
    "fixed_prefixes": "DELTA_BYTE_ARRAY", "split": "BYTE_STREAM_SPLIT", "split_double": "BYTE_STREAM_SPLIT",
    "split_int": "BYTE_STREAM_SPLIT", "split_fixed": "BYTE_STREAM_SPLIT",
}


def encodings():
    """One column for each encoding, each with nulls; 70 rows on several pages."""
    def column(make, type, every=7):
        return pa.array([None if row % every == every - 1 else make(row) for row in range(70)], type)
    drugs = ["aspirin", "atenolol", "atorvastatin", "azithromycin"]
    return pa.table({
        "required": pa.array(range(70), pa.int32()),
        "flag": column(lambda row: row % 3 == 0, pa.bool_()),
        "plain": column(lambda row: row * row - 1000, pa.int64()),
        "plain_text": column(lambda row: "è" * (row % 5), pa.string()),
        "dictionary": column(lambda row: drugs[row % 4], pa.string(), 5),
        "small": column(lambda row: (-1) ** row * 2 ** (row % 32) + (row % 32 == 31), pa.int32()),
        "large": column(lambda row: (-1) ** row * (2 ** (row % 64) - (row % 64 == 63)), pa.int64()),
        "lengths": column(lambda row: "x" * (row % 11), pa.string()),
        "prefixes": column(lambda row: f"{drugs[row // 20]} {row} mg", pa.string()),
        "fixed_prefixes": column(lambda row: bytes([1, 2, row]), pa.binary(3)),
        "split": column(lambda row: row / 4, pa.float32()),
        "split_double": column(lambda row: -row / 8, pa.float64()),
        "split_int": column(lambda row: row * 1001, pa.int32()),
        "split_fixed": column(lambda row: bytes([row, 255 - row]), pa.binary(2)),
    })


def nested():
    """Lists, structs, lists of structs, lists of lists and maps, with every kind of nothing."""
    visit = pa.struct([
        ("code", pa.string()), ("values", pa.list_(pa.float64())),
        ("unit", pa.struct([("name", pa.string()), ("scale", pa.int16())])),
    ])
    rows = []
    for row in range(47):
        visits = [
            None if place == 3 else {
                "code": None if place == 2 else f"C{row}.{place}",
                "values": None if row % 3 == 1 else [value / 2 for value in range(place)],
                "unit": None if place % 2 else {"name": "mg", "scale": None if row % 4 else row},
            } for place in range(row % 5)
        ]
        rows.append({
            "id": row,
            "tags": [None, [], ["one"], ["two", None], [None], ["a", "b", "c"]][row % 6],
            "person": [None, {"name": None, "ages": None}, {"name": "Ada", "ages": [36, None]}][row % 3],
            "visits": None if row % 7 == 6 else visits,
            "grid": [None, [], [None], [[]], [[1], None, [2, 3]], [[None]]][row % 6],
            "codes": [None, [], [("a", 1)], [("b", None), ("c", 3)]][row % 4],
            "notes": None if row % 2 else [("first", [{"text": "t"}, None]), ("second", [])],
        })
    return pa.Table.from_pylist(rows, pa.schema([
        pa.field("id", pa.int64(), nullable=False),
        ("tags", pa.list_(pa.string())),
        ("person", pa.struct([("name", pa.string()), ("ages", pa.list_(pa.int32()))])),
        ("visits", pa.list_(visit)),
        ("grid", pa.large_list(pa.list_(pa.int32()))),
        ("codes", pa.map_(pa.string(), pa.int32())),
        ("notes", pa.map_(pa.string(), pa.list_(pa.struct([("text", pa.string())])))),
    ]))


def timestamps(unit, zone=None):
    scale = UNITS[unit]
    values = [0, 1, -1, 1_700_000_000 * scale, 1_700_000_000 * scale + 1, -2_208_988_800 * scale, None,
              951_782_400 * scale + scale // 2, 4_107_542_399 * scale]
    return pa.array(values, pa.timestamp(unit, zone))


def types():
    """Every type that pyarrow writes and we read, with its extremes."""
    def column(values, type):
        return pa.array((values + [None] * 9)[:9], type)
    whole = {f"{sign}int{bits}": column(
        [0, 1, (1 << bits - (sign == "")) - 1, 0 if sign else -(1 << bits - 1)],
        getattr(pa, f"{sign}int{bits}")()) for sign in ["", "u"] for bits in [8, 16, 32, 64]}
    digits = [decimal.Decimal(text) for text in ["0.00", "12.34", "-0.05", "-99999.99"]]
    floats = [0.0, -0.5, 1e-05, 123456.789, float("nan"), float("inf"), float("-inf")]
    return pa.table({
        **whole,
        "half": column([0.0, -1.5, 65504.0, float("nan")], pa.float16()),
        "float": column(floats, pa.float32()),
        "double": column(floats + [1.7976931348623157e308, 5e-324], pa.float64()),
        "decimal32": column(digits, pa.decimal128(7, 2)),
        "decimal64": column(digits, pa.decimal128(18, 2)),
        "decimal128": column(digits + [decimal.Decimal("-" + "9" * 36 + ".99")], pa.decimal128(38, 2)),
        "date": column([datetime.date(1970, 1, 1), datetime.date(1900, 2, 28), datetime.date(2000, 2, 29),
                        datetime.date(1, 1, 1), datetime.date(9999, 12, 31)], pa.date32()),
        "time_ms": column([0, 1, 86_399_999], pa.time32("ms")),
        "time_us": column([0, 1, 86_399_999_999], pa.time64("us")),
        "time_ns": column([0, 1, 86_399_999_999_999], pa.time64("ns")),
        **{f"timestamp_{unit}": timestamps(unit) for unit in ["ms", "us", "ns"]},
        **{f"timestamp_{unit}_utc": timestamps(unit, "UTC") for unit in ["ms", "us", "ns"]},
        "string": column(["", "plain", "日本語 é 🩺", 'with "quotes"\n'], pa.string()),
        "large_string": column(["x"], pa.large_string()),
        "binary": column([b"bytes that are text"], pa.binary()),
        "fixed": column([b"\x00\xff\x10"], pa.binary(3)),
        "nothing": pa.nulls(9),
        "categories": pa.array(["a", "b", None] * 3).dictionary_encode(),
    })


def types_of_format_1():
    """The annotations of old: no nanoseconds, no unsigned 32-bit numbers."""
    table = types()
    return table.select(["int8", "uint8", "int64", "uint64", "decimal32", "date", "time_ms", "time_us",
                         "timestamp_ms_utc", "timestamp_us_utc", "string"])


def long_runs():
    """Values by the thousand in a few bytes: runs longer than a batch, lists across batches."""
    count = 2200
    return pa.table({
        "same": pa.array(["x"] * count),
        "flag": pa.array([row >= 1100 for row in range(count)]),
        "none": pa.nulls(count, pa.string()),
        "step": pa.array(range(count), pa.int32()),
        "lists": pa.array([list(range(row % 3)) if row != 1500 else [7] * 1500 for row in range(count)],
                          pa.list_(pa.int8())),
    })


def not_utf8():
    """Bytes that are declared as text, or may be, and are none."""
    values = pa.array([b"good", b"\xff\xfe", None, b"\xc3"], pa.binary())
    return pa.table({"id": pa.array(range(4), pa.int8()), "plain": values, "again": values})


def small():
    return pa.table({"id": pa.array([1, 2], pa.int32()), "text": ["one", "two"]})


class Keys(pe.KmsClient):
    """Keys for a test that only asks whether encryption is noticed."""

    def __init__(self, _):
        super().__init__()

    def wrap_key(self, key, _):
        return base64.b64encode(key)

    def unwrap_key(self, key, _):
        return base64.b64decode(key)


def encrypted(path, plaintext_footer):
    factory = pe.CryptoFactory(Keys)
    settings = pe.EncryptionConfiguration(
        footer_key="f", column_keys={"c": ["text"]}, plaintext_footer=plaintext_footer,
        double_wrapping=False)
    properties = factory.file_encryption_properties(pe.KmsConnectionConfig(), settings)
    with pq.ParquetWriter(path, small().schema, encryption_properties=properties) as writer:
        writer.write_table(small())


def write(name, table, rows=None, **settings):
    path = HERE / f"{name}.parquet"
    settings = {"use_dictionary": True, "compression": "snappy", "store_schema": False, **settings}
    pq.write_table(table, path, **settings)
    back = pq.read_table(path)
    assert back.num_rows == table.num_rows
    with open(HERE / f"{rows or name}.jsonl", "w", encoding="utf-8") as lines:
        for row in range(table.num_rows):
            fields = (json.dumps(column, ensure_ascii=False) + ":" + text(table[column][row])
                      for column in table.column_names)
            lines.write("{" + ",".join(fields) + "}\n")


def refused(name, make):
    make(HERE / f"{name}.parquet")


def text(scalar):
    """A value as the JSON that the reader gives."""
    kind = scalar.type
    if not scalar.is_valid:
        return "null"
    if pa.types.is_dictionary(kind):
        return text(scalar.value_as_scalar if hasattr(scalar, "value_as_scalar") else pa.scalar(scalar.as_py()))
    if pa.types.is_map(kind):
        items = ((item["key"], item["value"]) for item in scalar.values)
        return "{" + ",".join(text(key) + ":" + text(value) for key, value in items) + "}"
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return "[" + ",".join(text(item) for item in scalar.values) + "]"
    if pa.types.is_struct(kind):
        return "{" + ",".join(json.dumps(key) + ":" + text(scalar[key]) for key in scalar) + "}"
    if pa.types.is_timestamp(kind):
        days, rest = divmod(scalar.value, 86400 * UNITS[kind.unit])
        date = datetime.date(1970, 1, 1) + datetime.timedelta(days=days)
        return json.dumps(f"{date.isoformat()}T{clock(rest, kind.unit)}" + ("Z" if kind.tz else ""))
    if pa.types.is_time(kind):
        return json.dumps(clock(scalar.value, kind.unit))
    value = scalar.as_py()
    if pa.types.is_floating(kind):
        return number(value, {16: "e", 32: "f", 64: "d"}[kind.bit_width])
    if pa.types.is_decimal(kind):
        return f"{value:f}"
    if pa.types.is_date(kind):
        return json.dumps(value.isoformat())
    if pa.types.is_fixed_size_binary(kind):
        return json.dumps(value.hex())
    if pa.types.is_binary(kind):
        try:
            value = value.decode()
        except UnicodeDecodeError:
            return "null"
    return json.dumps(value, ensure_ascii=False)


def clock(value, unit):
    seconds, fraction = divmod(value, UNITS[unit])
    digits = f"{fraction:0{len(str(UNITS[unit])) - 1}d}" if fraction else ""
    while digits.endswith("000"):
        digits = digits[:-3]
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return clock + ("." + digits if digits else "")


def number(value, form):
    """The shortest digits that give the number back in its own width; half floats as singles."""
    if value != value:
        return "null"
    if value in (float("inf"), float("-inf")):
        return json.dumps("Infinity" if value > 0 else "-Infinity")
    if form == "d":
        return repr(value)
    return next(
        repr(float(f"{value:.{digits}g}")) for digits in range(1, 12)
        if struct.unpack("f", struct.pack("f", float(f"{value:.{digits}g}")))[0] == value)


if __name__ == "__main__":
    main()
