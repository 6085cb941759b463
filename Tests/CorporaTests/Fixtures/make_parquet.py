#!/usr/bin/env python3
"""Makes the Parquet entries of the fixtures `parquet`, `meds` and `pubmedqa`, and in `apart` those of
single tests; all invented.

    python3 -m venv venv && venv/bin/pip install pyarrow==26.0.1
    venv/bin/python make_parquet.py
"""

import datetime
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).parent


def write(path, table, **settings):
    path = HERE / path
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path, store_schema=False, **{"compression": "zstd", **settings})


def parquet():
    """Exam questions with a struct of options: a row without an answer, one without a question, one
    whose text is no UTF-8."""
    choices = pa.struct([("text", pa.list_(pa.string())), ("label", pa.list_(pa.string()))])
    table = pa.table({
        "id": pa.array(["q1", "q2", "q3", "q4", "q5"]),
        "question": pa.array([
            b"Which organ makes bile?", "Welches Organ filtert Blut – die Niere?".encode(), None,
            b"Which gas do plants take up?", b"caf\xe9"], pa.binary()),
        "choices": pa.array([
            {"text": ["Liver", "Spleen", "Lung"], "label": ["A", "B", "C"]},
            {"text": ["Niere", "Milz"], "label": ["A", "B"]}, {"text": ["x", "y"], "label": None},
            {"text": ["Carbon dioxide", "Helium"], "label": ["A", "B"]}, None], choices),
        "cop": pa.array([0, 0, 1, None, 1], pa.int8()),
        "exp": pa.array(["Bile is made by the liver.", None, "", "none", ""]),
        "exam.year": pa.array([2019, 2020, 2020, 2021, None], pa.int16()),
        "unread": pa.array([b"\xff"] * 5, pa.binary()),
    })
    write("parquet/exams/part-0.parquet", table, row_group_size=2)


def meds():
    """Two shards, the metadata, and each kind of row that is no event."""
    events = [
        (7, None, "GENDER//F", None, None, None, None),
        (7, "2064-01-01", "MEDS_BIRTH", None, None, None, None),
        (7, "2110-04-08T11:11", "LAB//50971//mEq/L", 4.1, None, None, None),
        (7, "2110-04-08T11:11", "LAB//223901//UNK", 6.0, "Obeys Commands", None, 2001),
        (7, "2110-04-09", "DIAGNOSIS//ICD//10//I951", None, None, None, 2001),
        (7, "2110-04-09", "DIAGNOSIS//ICD//9//V1234", None, None, None, 2001),
        (7, "2110-04-09T08:00", "MEDICATION//START//Docusate Sodium", None, None, None, 2001),
        (7, "2110-04-09T09:30", "MEDICATION//Insulin//Administered", None, None, None, 2001),
        (7, "2110-04-09T07:00", "INFUSION_END//229420", 12.5, None, "mg", 2001),
        (7, "2110-04-10", "Blood Pressure", None, "111/65", None, None),
        (7, "2110-04-11", None, 1.0, None, None, None),
        (8, "2111-01-01T00:00:00.250", "HOSPITAL_ADMISSION//EW EMER.//UNK", None, None, None, 2002),
        (8, "2111-01-02", "PROCEDURE//END//225402", None, None, None, 2002),
        (8, "2111-01-02", "PROCEDURE//ICD//9//7094", None, None, None, 2002),
        (8, "2111-01-02", "DRG//APR//951//MODERATELY EXTENSIVE PROCEDURE", None, None, None, 2002),
        (8, "2111-01-03", "SUBJECT_WEIGHT_AT_INFUSION//KG", 72.2, None, None, None),
        (8, "2111-01-03", "STUDY//arm b//UNK", None, None, None, None),
        (None, "2111-01-03", "LAB//1//g", 1.0, None, None, None),
    ]
    shard("meds/data/train/0.parquet", events)
    shard("meds/data/held_out/0.parquet", [(9, "2100-05-05", "ICU_ADMISSION//MICU", None, None, None, 3)])
    shard("meds/data/held_out/empty.parquet", [])
    write("meds/metadata/codes.parquet", pa.table({
        "code": ["LAB//50971//mEq/L", "DIAGNOSIS//ICD//10//I951", "INFUSION_END//229420", "PROCEDURE//END//225402"],
        "description": ["Potassium in Serum", "Orthostatic  hypotension", "dexmedetomidine Injection", None],
        "parent_codes": [["LOINC/2823-3"], ["ICD10CM/I95.1"], ["RxNorm/1718901", "RxNorm/48937"], []],
    }))
    write("meds/metadata/subject_splits.parquet", pa.table({
        "subject_id": pa.array([7, 8], pa.int64()), "split": ["train", "tuning"]}))


def shard(path, rows):
    columns = list(zip(*rows)) if rows else [[]] * 7
    times = [time and datetime.datetime.fromisoformat(time) for time in columns[1]]
    write(path, pa.table({
        "subject_id": pa.array(columns[0], pa.int64()), "time": pa.array(times, pa.timestamp("us")),
        "code": pa.array(columns[2], pa.string()), "numeric_value": pa.array(columns[3], pa.float32()),
        "text_value": pa.array(columns[4], pa.large_string()), "unit": pa.array(columns[5], pa.string()),
        "hadm_id": pa.array(columns[6], pa.int64()),
    }))


def pubmedqa():
    """The hub's schema: a question that is decided, one that is not, and one without an id."""
    lists = pa.list_(pa.string())
    context = pa.struct([("contexts", lists), ("labels", lists), ("meshes", lists), ("year", pa.string())])
    rows = [
        {"pubid": 90000001, "question": "Does warm tea shorten colds?", "context": {
            "contexts": ["Colds are common.", "Forty people drank tea."], "labels": ["BACKGROUND", "METHODS"],
            "meshes": ["Common Cold", "Tea"], "year": "2011"},
         "long_answer": "Warm tea did not shorten colds.", "final_decision": "no"},
        {"pubid": 90000002, "question": "Is rest of use?", "context": {
            "contexts": ["Rest was given."], "labels": ["AIM"], "meshes": [], "year": None},
         "long_answer": "Rest was of use.", "final_decision": None},
        {"pubid": None, "question": "Whose is this?", "context": None, "long_answer": "", "final_decision": "yes"},
    ]
    write("pubmedqa/pqa_labeled/train-00000-of-00001.parquet", pa.Table.from_pylist(rows, pa.schema([
        ("pubid", pa.int32()), ("question", pa.string()), ("context", context), ("long_answer", pa.string()),
        ("final_decision", pa.string())])), data_page_version="2.0")


def apart():
    """A subject in two places, events out of order, and exam questions as the hub has them."""
    def row(subject, time):
        return (subject, time, "LAB//1//g", 1.0, None, None, None)
    shard("apart/meds-scattered.parquet", [row(1, "2100-01-01"), row(2, "2100-01-01"), row(1, "2100-01-02")])
    shard("apart/meds-unordered.parquet", [row(1, "2100-01-03"), row(1, "2100-01-01"), row(1, None)])
    write("apart/medmcqa.parquet", pa.table({
        "id": ["m1"], "question": ["Which organ makes bile?"], "opa": ["Lung"], "opb": ["Liver"],
        "opc": ["Spleen"], "opd": ["Skin"], "cop": pa.array([1], pa.int64()), "exp": ["It is the liver."],
        "subject_name": ["Physiology"]}))
    write("apart/medqa.parquet", pa.table({
        "question": ["Which organ makes bile?"], "answer": ["Liver"], "options": [{"A": "Lung", "B": "Liver"}],
        "meta_info": ["step1"], "answer_idx": ["B"]}))


if __name__ == "__main__":
    parquet()
    meds()
    pubmedqa()
    apart()
