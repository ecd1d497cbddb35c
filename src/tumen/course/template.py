"""What `tumen course new` writes: a commented course.toml that builds as it stands, a task file and a roster."""

from __future__ import annotations

import re
import secrets
from pathlib import Path

from tumen.core import Problem
from tumen.course.checks import stems
from tumen.course.plan import FILE
from tumen.course.private import write_private

PLAN = """# The plan of your course. Lines that begin with # are notes; take the # away to use what stands behind it.
# Then, in a terminal:  tumen course build {folder}      and after the hand-ins are in:  tumen course grade {folder}
# Keep this folder to yourself: it holds keys, rubrics and the secret seed. Give out only what stands in built/zips.

course = "{course}"                # a short name without spaces; it stands in every hand-in
title = "{title}"
# starts = 2027-03-01
# due = 2027-03-15T18:00:00          # a day, or a day and an hour, in the time zone of the next line, which it needs
# zone = "Asia/Seoul"                # or Europe/Berlin, America/New_York, and so on
late = "flag"                        # flag: marked and shown as late; accept: not shown
roster = "roster.csv"                # columns id, name and, if you like, email; without students there is one copy for all

# Which chapters, by name or by number; all where none is named. A notebook of your own beside this file is named likewise ("09-law").
workbooks = [
{books}
]

# Tasks that are not asked. tumen lab shows every task; its name stands in the code above it.
tasks_off = []

# The day up to which tables, charts and ledgers go; passages that can only be known later are left out. A build lists the passages
# that a day does not reach, as they speak of earlier and later days at once.
# as_of = 2002-05-07

# Metadata for a hub that hands out and collects with nbgrader. Marking stays here.
nbgrader = false

# The secret from which each student's numbers are drawn. Keep it: with another one everybody has other numbers.
seed = "{seed}"

# Sections left out, by the words of their headings.
[leave_out]
# "02-counting-the-hidden" = ["One could count, and perhaps should not"]

# --- What is graded -------------------------------------------------------------------------------------------------
# In a student's copy these tasks record an answer and say nothing of it. Points and within (how near a number must come,
# as a share of it) are the task's own where you give none. Tasks that come with Tumen are public, and a number that a
# model computes can be computed by anyone: let marks rest on each student's own numbers, and on reasons.

[[graded]]
task = "counting.guests"
points = 2

[[graded]]
task = "own.ceiling"
within = 0.02

[[graded]]
task = "own.reason"

# --- Tasks of your own ----------------------------------------------------------------------------------------------
# They stand in tasks/*.toml. Each is asked on the page "assignment", unless you say where:

# [[extra]]
# task = "own.ceiling"
# workbook = "02-counting-the-hidden"
# after = "Words"                    # at the end of the section of that heading

# --- Passages of your own, in markdown: at the end of a section, else at the end of the chapter --------------------------

# [[passage]]
# workbook = "02-counting-the-hidden"
# after = "Words"
# text = "In class we speak of one term a week."        # or file = "passages/words.md"

# --- Who marks the texts: one of you, or several ---------------------------------------------------------------------
# Each marker gets a sheet of their own in marked/sheets. by: student, task or criterion (each text then needs criteria).
# each: how many mark a text. Marks that lie further apart than this wait for an agreed one. anonymous: codes for ids and names.
[marking]
# markers = ["kim", "lee"]
# by = "student"
# each = 2
# apart = 1
# anonymous = true

# --- Numbers of their own -------------------------------------------------------------------------------------------
# Each student gets a value of each quantity named here, between low and high (the declared range where you give none),
# in steps. It depends on the seed and the student's id alone: students who join or leave change nobody else's.
# tumen models lists models with what each takes and gives; tumen run counting.ceiling shows the values one starts from.

[[draw]]
model = "counting.ratio"
quantity = "hosts"
also = ["counting.ceiling"]          # the same value in these models
low = 1300000
high = 1900000
step = 1000

[[draw]]
model = "counting.ceiling"
quantity = "hosting_share"
low = 0.1
high = 0.3
step = 0.005

# --- Values, ranges and controls for everyone -----------------------------------------------------------------------
# A control may be "locked" (shown, and cannot be moved) or "hidden" (not offered, and still in the printed assumptions).

[models.counting.ceiling]
# household = 3.5
# guests = {{ value = 1.4, low = 1, high = 2 }}
hosting_share = {{ control = "locked" }}

# --- Tables of your own, with the columns of the table they replace (tumen data lists them) --------------------------
[data]
# arrivals = "data/my_arrivals.csv"

# --- Words ----------------------------------------------------------------------------------------------------------
# Whole words in our own voice are replaced; quotations, italics, links and code stay.
[terms]
# "North Koreans in China" = "North Korean border crossers in China"

# --- With care ------------------------------------------------------------------------------------------------------
[sensitivity]
testimony = true                     # false leaves out what people have told or published of their own lives and views
content_notes = true                 # false leaves out the notes on content
# notes = {{ "05-publicity-and-crackdown" = "This chapter speaks of arrest and return. Talk to me first if you like." }}
"""

TASKS = """# Tasks of your own. A number is checked against a model run, so each student's key follows the student's numbers.
# Names in braces are filled in from that run. tumen models lists what each model takes and gives.

[[task]]
key = "own.ceiling"
kind = "number"
points = 3
unit = "people"
prompt = "{hosts} people live {household} to a household; {hosting_share} of the households take in guests, {guests} each. How many of all guests could that be, if {dependent_share} of them need such a household?"
answer = { model = "counting.ceiling", output = "ceiling", within = 0.02 }
hint = "Count the households first."
solution = "hosts ÷ household × share × guests ÷ dependent share = {answer}."

  [[task.mistake]]
  answer = { model = "counting.ceiling", set = { household = 1 }, output = "ceiling", within = 0.02 }
  says = "You counted hosts; the question asks for households."

  [[task.mistake]]
  answer = { model = "counting.ceiling", set = { dependent_share = 1 }, output = "ceiling", within = 0.02 }
  says = "You counted only the guests who need such a household; the question asks for all."

[[task]]
key = "own.reason"
kind = "text"
points = 4
prompt = "With your numbers, which claim of the report does the ceiling speak to, and what does it leave open? Name the claim, use a number of your run, say what would change your answer, and give the strongest reason against it. At most 200 words."
criteria = { "Names the claim" = 1, "Uses a number of the run" = 1, "Says what would change the answer" = 1, "Gives the strongest opposing reason fairly" = 1 }

  [[task.anchors]]
  mark = 4
  text = "S2P3-d holds with my numbers: the ceiling lies below 300,000. It says nothing between 10,000 and the ceiling, so it does not favour 100,000 (S2P3-f). If twice as many households took guests in, it would no longer exclude the larger figure. Against it: many may have lived with people who are not Korean Chinese, and the formula knows of them only by one assumed share."

  [[task.anchors]]
  mark = 1
  text = "The ceiling shows that 100,000 is right."
"""

ROSTER = "id,name,email\n"


def new(folder: str | Path) -> list[Path]:
    """Write the files of a new course into a folder; raises `Problem` where one is there already."""
    folder = Path(folder)
    name = re.sub(r"[^A-Za-z0-9]+", "-", folder.resolve().name).strip("-")[:40].strip("-") or "course"
    if (folder / FILE).exists():
        raise Problem(f"there is a {FILE} in {folder} already; it was left as it is.")
    texts = {
        FILE: PLAN.format(
            folder=folder,
            course=name,
            title=folder.resolve().name.replace('"', "").replace("\\", "") or "A course",
            books="\n".join(f'  "{stem}",' for stem in stems()),
            seed=secrets.token_urlsafe(24),
        ),
        "tasks/own.toml": TASKS,
        "roster.csv": ROSTER,
    }
    written = []
    for part, text in texts.items():
        path = folder / part
        try:
            if not path.exists():
                written.append(write_private(path, text))
        except OSError as e:
            raise Problem(f"{path} cannot be written: {e.strerror}.") from None
    return written
