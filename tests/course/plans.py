"""The small course of these tests, in words."""

SEED = "a secret nobody outside may find"

PLAN = f"""
course = "korea-301"
title = "Korea and the law of refuge"
starts = 2027-03-01
due = 2027-03-15T12:00:00Z
workbooks = ["00", "02-counting-the-hidden"]
seed = "{SEED}"
roster = "roster.csv"

[[graded]]
task = "counting.guests"

[[graded]]
task = "counting.bound"
points = 3

[[graded]]
task = "law.ceiling"

[[graded]]
task = "law.reason"

[[draw]]
model = "counting.ratio"
quantity = "hosts"
also = ["counting.ceiling"]
step = 1000

[[draw]]
model = "counting.ceiling"
quantity = "hosting_share"
low = 0.1
high = 0.3

[models.counting.ceiling]
household = {{ value = 3.5, control = "locked" }}
"""

TASKS = """
[[task]]
key = "law.ceiling"
kind = "number"
points = 4
unit = "people"
prompt = "{hosts} hosts live {household} to a household, and {hosting_share} of the households take guests. How many fit?"
answer = { model = "counting.ceiling", output = "ceiling", within = 0.015 }
hint = "HINT-OF-LAW-CEILING"
solution = "SOLUTION-OF-LAW-CEILING {answer}"
right = "RIGHT-OF-LAW-CEILING"

  [[task.mistake]]
  answer = { model = "counting.ceiling", set = { household = 1 }, output = "ceiling" }
  says = "MISTAKE-OF-LAW-CEILING"

[[task]]
key = "law.reason"
kind = "text"
points = 4
prompt = "What does the ceiling leave open?"
rubric = "RUBRIC-OF-LAW-REASON"
views = { "one reader" = "VIEW-OF-LAW-REASON" }
anchors = [{ text = "ANCHOR-OF-LAW-REASON", mark = 4 }, { text = "a weaker one", mark = 1 }]

[[task]]
key = "law.warm_up"
kind = "choice"
prompt = "Which of these is a bound?"
options = { a = "a ceiling", b = "a census" }
correct = "a"
"""

ROSTER = "id,name,email\nann,Ann,ann@example.org\nben,Ben,\ncho,조은,\n"
