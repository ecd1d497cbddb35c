"""A lesson: one chapter's questions put to a whole class at once, from the teacher's own machine."""

HELD = "lesson-*.json"  # the files of lessons that were held, beside their notebooks
