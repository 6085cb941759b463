"""notes.tar.gz: clinical notes, one text file each; the path carries patient, date and kind."""

import material
from dice import Dice

# A note that is almost that of another patient: problem, kind, and the words that differ.
NEAR_DUPLICATE = ("kidney stone", "visit", [("34-year-old", "36-year-old")])
# A note filed a second time under a later date.
EXACT_DUPLICATE = ("celiac disease", "visit")
# Bytes that neither UTF-8 nor Windows-1252 (nor Shift-JIS or GB18030) assigns.
DAMAGE = b"\xff\x81\x8d\xff\x90\x9d"

HISTORY = """\
CHIEF COMPLAINT:
{cc}

HISTORY OF PRESENT ILLNESS:
{hpi}

PAST MEDICAL HISTORY:
{pmh}

MEDICATIONS:
{meds}

PHYSICAL EXAM:
{exam}

PERTINENT RESULTS:
{data}

ASSESSMENT AND PLAN:
{plan}
"""
DISCHARGE = """\
DISCHARGE DIAGNOSIS:
{problem}

BRIEF SUMMARY OF PRESENTATION:
{hpi}

PAST MEDICAL HISTORY:
{pmh}

HOSPITAL COURSE:
{course}

DISCHARGE DISPOSITION:
Reviewed with the patient. Attending: Dr. ___.
"""
FOLLOW_UP = """\
REASON FOR VISIT:
Follow-up of {problem}.

INTERVAL HISTORY:
{course}

PAST MEDICAL HISTORY:
{pmh}

ASSESSMENT AND PLAN:
As above. Next appointment with Dr. ___ in three months.
"""
REPORT = """\
EXAMINATION:
{exam}.

INDICATION:
{indication}

FINDINGS:
{findings}

IMPRESSION:
{impression}
"""
STAY = """\
HISTORY OF PRESENT ILLNESS:
64-year-old man, a retired baker who lives alone. His sister last spoke to him on Friday, when he
complained of shivering and pain in the right chest. Past history of hypertension and gout.

HOSPITAL COURSE AND EVENTS:
{events}

ASSESSMENT AND PLAN:
{plan}
"""
STAY_PLANS = {
    "admission": "Septic shock from pneumonia. Ceftriaxone and azithromycin, lactate every four hours, low tidal volume ventilation. Sister is the health care proxy ([**Telephone/Fax (1) 2114**]).",
    "progress": "Pneumococcal pneumonia with septic shock, improving. Continue ceftriaxone, day {day}. Mobilize with physical therapy, heparin for prophylaxis.",
    "discharge": "Allopurinol and amlodipine restarted. See Dr. [**Last Name (STitle) 415**] in two weeks; chest radiograph in six weeks.",
    "clinic": "Recovered from septic shock. Offered the post-intensive-care group. No further antibiotics. Return in six months with a blood pressure diary.",
}


def entries():
    """`{path: bytes}` of the archive."""
    files = {}
    for number, case in enumerate(_cases(), 1):
        patient = f"notes/patient-{number + 7:04d}"
        for (path, _), text in zip(_dates(case, patient), _texts(case)):
            files[path] = text[1].encode()
    files |= _long_stay()
    files |= _planted(files)
    return dict(sorted(files.items()))


def _cases():
    for head, lines in material.blocks("cases.txt"):
        parts = dict(line.split(": ", 1) for line in lines)
        yield {"who": head[0], "problem": head[1], **parts}


def _texts(case):
    """`(kind, text)` of each note of a case, in order of time."""
    yield "visit", _head(case) + HISTORY.format(**case)
    if "image" in case:
        exam, indication, findings, impression = material.fields(case["image"])
        yield "radiology", REPORT.format(
            exam=exam, indication=indication, findings=findings, impression=impression)
    if "course" not in case:
        return
    if case["course"].startswith("Interval visit"):
        course = case["course"].removeprefix("Interval visit: ")
        later = case | {"course": course[0].upper() + course[1:]}
        yield "clinic", FOLLOW_UP.format(**later)
    else:
        yield "discharge", _head(case) + DISCHARGE.format(**case)


def _head(case):
    sex = {"F": "female", "M": "male"}[case["who"][-1]]
    return f"Name: ___    Unit No: ___    Sex: {sex}    Service: [**Hospital1 18**]\n\n"


def _dates(case, patient):
    dice = Dice(case["problem"])
    year, month, day = dice.between(2017, 2023), dice.between(1, 8), dice.between(1, 20)
    for kind, _ in _texts(case):
        late = {"visit": (month, day), "radiology": (month, day), "discharge": (month, day + 4),
                "clinic": (month + 3, day)}[kind]
        yield f"{patient}/{year}-{late[0]:02d}-{late[1]:02d}-{kind}.txt", kind


def _long_stay():
    """The six notes of patient 7: the last event is copied forward into the next note."""
    files, events = {}, []
    for day, (head, _) in enumerate(material.blocks("long-stay.txt"), 1):
        date, kind = head[0].split()
        events.append(f"{date}: {head[1]}")
        text = STAY.format(
            events="\n".join(events[-2:]), plan=STAY_PLANS[kind].format(day=day))
        files[f"notes/patient-0007/{date}-{kind}.txt"] = text.encode()
    return files


def _planted(files):
    near = _first(files, NEAR_DUPLICATE[0], NEAR_DUPLICATE[1])
    for old, new in NEAR_DUPLICATE[2]:
        assert old in near, old
        near = near.replace(old, new)
    again = _first(files, *EXACT_DUPLICATE)
    windows = (
        "CHIEF COMPLAINT:\nSore throat.\n\nHISTORY OF PRESENT ILLNESS:\n"
        "19-year-old woman, a waitress at a café, with a sore throat and fever of 38.5 °C for two days. "
        "She says it is “like swallowing glass” – worse than last winter’s cold. No cough.\n\n"
        "PHYSICAL EXAM:\nRed, swollen tonsils with exudate. Tender anterior cervical nodes.\n\n"
        "ASSESSMENT AND PLAN:\nRapid strep test positive. Penicillin V 500 mg twice daily for ten days.\n")
    return {
        "notes/patient-0001/2018-05-14-clinic.txt": near.encode(),
        "notes/patient-0002/2020-11-03-clinic.txt": windows.encode("cp1252"),
        "notes/patient-0003/2021-01-09-clinic.txt":
            b"CHIEF COMPLAINT:\nEarache.\n\nHISTORY OF PRESENT ILLNESS:\n" + DAMAGE + b" for two days.\n",
        "notes/patient-0004/2021-06-30-progress.txt": b"",
        _path(files, *EXACT_DUPLICATE).replace("-visit", "-visit-2"): again.encode(),
        "notes/patient-0007/._2019-03-02-admission.txt":
            b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X" + bytes(16),
    }


def _path(files, problem, kind):
    number = next(n for n, case in enumerate(_cases(), 1) if case["problem"] == problem)
    return next(p for p in files if p.startswith(f"notes/patient-{number + 7:04d}/") and kind in p)


def _first(files, problem, kind):
    return files[_path(files, problem, kind)].decode()
