"""Task files as an instructor writes them: read whole, or refused in one sentence that says where and what."""

from dataclasses import FrozenInstanceError

import pytest

from tumen.tasks import Task, find_task, read_tasks

GOOD = """
[[task]]
key = "counting.mine"
kind = "number"
prompt = "How many guests for every 1,000 of {hosts} hosts?"
answer = { model = "counting.ratio", set = { people = 300000 }, output = "guests_per_1000_hosts", within = 0.01 }
right = "{answer} it is."
hint = "Divide."
solution = "{people} over {hosts}."

  [[task.mistake]]
  answer = { model = "counting.ratio", output = "hosts_per_guest" }
  says = "The other way round."

[[task]]
key = "counting.pick"
kind = "choice"
prompt = "Which?"
correct = "b"
options = { a = "This.", b = "That." }

  [[task.mistake]]
  option = "a"
  says = "Not this."
"""


@pytest.fixture
def written(tmp_path):
    """A function that writes a task file and returns its path."""

    def write(text, name="counting.toml"):
        path = tmp_path / name
        path.write_bytes(text) if isinstance(text, bytes) else path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_good_file_is_read_in_order(written):
    tasks = read_tasks(written(GOOD))
    assert list(tasks) == ["counting.mine", "counting.pick"]
    mine = tasks["counting.mine"]
    assert (mine.size, mine.points, mine.prediction, mine.claims) == ("small", 0, False, ())
    assert mine.answer.within == 0.01
    assert mine.mistake[0].answer.within == 0.02
    assert tasks["counting.pick"].options["b"] == "That."


def test_a_byte_order_mark_and_windows_lines_do_no_harm(written):
    assert list(read_tasks(written(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()))) == [
        "counting.mine",
        "counting.pick",
    ]


def test_a_file_without_tasks_has_none(written):
    assert read_tasks(written("# nothing yet\n")) == {}


HEAD = '[[task]]\nkey = "counting.x"\n'
NUMBER = HEAD + 'kind = "number"\nprompt = "?"\n'
ANSWER = 'answer = { model = "counting.ratio", output = "guests_per_1000_hosts" }\n'
CHOICE = HEAD + 'kind = "choice"\nprompt = "?"\noptions = { a = "x", b = "y" }\n'

WORKED = '[task.worked]\nsays = "{answer}."\n' + ANSWER + "[task.faded]\n"

FAULTS = {
    "not TOML": ('[[task]\nkey = "x"', "counting.toml is not valid TOML"),
    "a number too long": ("a = " + "9" * 5000, "not valid TOML"),
    "too deep": ("a = " + "[" * 4000, "not valid TOML"),
    "not text": (b"\x89PNG\r\n", "it is not UTF-8 text"),
    "half a text in UTF-16": (b"\xff\xfea", "it is not UTF-8 text"),
    "letters alone": ("愀".encode("utf-16"), "line 1: a line is a name, = and a value, or a heading"),
    "another table": ('[[tusk]]\nkey = "x"', "'tusk' is not known here; every task starts with [[task]]"),
    "one table": ('[task]\nkey = "counting.x"', "every task starts with [[task]]"),
    "no table": ("task = 3", "every task starts with [[task]]"),
    "no tables": ("task = [1, 2]", "every task starts with [[task]]"),
    "no key": ('[[task]]\nkind = "text"\nprompt = "?"', "counting.toml, task 1: key: field required"),
    "no prompt": (HEAD + 'kind = "text"', "task counting.x: prompt: field required"),
    "an empty prompt": (HEAD + 'kind = "text"\nprompt = "  "', "prompt: there are no words in it"),
    "points without end": (HEAD + 'kind = "text"\nprompt = "?"\npoints = inf', "points: input should be less than"),
    "a kind": (HEAD + 'kind = "numbr"\nprompt = "?"', "kind: input should be 'number', 'choice' or 'text'"),
    "a size": (HEAD + 'kind = "text"\nprompt = "?"\nsize = "huge"', "size: input should be 'small'"),
    "a name": (HEAD + 'kind = "text"\npromt = "?"', "'promt' is not known here; the nearest is 'prompt'"),
    "a name in answer": (
        NUMBER + 'answer = { model = "counting.ratio", ouput = "x", output = "guests_per_1000_hosts" }',
        "'answer.ouput' is not known here; the nearest is 'output'",
    ),
    "a name in mistake": (
        NUMBER + ANSWER + '[[task.mistake]]\nvalue = 3\nsay = "No."\nsays = "No."',
        "'mistake.0.say' is not known here; the nearest is 'says'",
    ),
    "a name in a mistake's answer": (
        NUMBER
        + ANSWER
        + '[[task.mistake]]\nsays = "No."\nanswer = { modle = "x", model = "counting.ratio", output = "hosts_per_guest" }',
        "'mistake.0.answer.modle' is not known here; the nearest is 'model'",
    ),
    "points below nothing": (NUMBER + ANSWER + "points = -1", "points: input should be greater than or equal to 0"),
    "a tolerance below nothing": (
        NUMBER + 'answer = { model = "counting.ratio", output = "hosts_per_guest", within = -0.1 }',
        "answer.within: input should be greater",
    ),
    "no answer": (NUMBER, "a number needs an answer that names a model run"),
    "no output": (NUMBER + 'answer = { model = "counting.ratio" }', "answer.output: field required"),
    "a set value of no kind": (
        NUMBER + 'answer = { model = "counting.ratio", output = "hosts_per_guest", set = { people = { a = 1 } } }',
        "answer.set.people: a value is a number, words in quotes or a list",
    ),
    "a brace nothing fills": (
        NUMBER + ANSWER + '[task.worked]\nsays = "{hots}."\n' + ANSWER,
        "nothing is known to put in place of {hots}; the nearest is",
    ),
    "a step left out of nothing": (
        NUMBER + ANSWER + '[task.faded]\nsays = "It is ?."\n' + ANSWER,
        "faded follows the worked example of a number",
    ),
    "no step left out": (NUMBER + ANSWER + WORKED + 'says = "It is."\n' + ANSWER, "is shown by one ? in says"),
    "a step that is told": (NUMBER + ANSWER + WORKED + 'says = "? {answer}"\n' + ANSWER, "it is the step left out"),
    "a brace nothing fills in the step": (
        NUMBER + ANSWER + WORKED + 'says = "{hots} = ?"\n' + ANSWER,
        "nothing is known to put in place of {hots}; the nearest is",
    ),
    "one option": (
        HEAD + 'kind = "choice"\nprompt = "?"\noptions = { a = "x" }\ncorrect = "a"',
        "at least two options",
    ),
    "no correct": (CHOICE, "a choice needs correct, one of its options"),
    "correct of no kind": (CHOICE + 'correct = "c"', "correct = 'c' is none of its options"),
    "a mistake of no option": (
        CHOICE + 'correct = "a"\n[[task.mistake]]\noption = "z"\nsays = "No."',
        "'z' is none of its options",
    ),
    "a mistake with nothing": (
        CHOICE + 'correct = "a"\n[[task.mistake]]\nsays = "No."',
        "one of value, answer or option",
    ),
    "a mistake with two": (
        NUMBER + ANSWER + '[[task.mistake]]\nvalue = 1\noption = "a"\nsays = "No."',
        "one of value, answer or option",
    ),
    "two of a key": (NUMBER + ANSWER + NUMBER + ANSWER, "task counting.x: two tasks have this key"),
    "a model": (
        NUMBER + 'answer = { model = "counting.ratoi", output = "x" }',
        "there is no model 'counting.ratoi'; the nearest is 'counting.ratio'",
    ),
    "a waiting model": (
        HEAD + 'kind = "number"\nprompt = "?"\nprediction = true\nmodel = "counting.celing"',
        "the nearest is 'counting.ceiling'",
    ),
    "an output": (
        NUMBER + 'answer = { model = "counting.ratio", output = "host_per_guest" }',
        "no output 'host_per_guest'; the nearest is 'hosts_per_guest'",
    ),
    "an input": (
        NUMBER + 'answer = { model = "counting.ratio", output = "hosts_per_guest", set = { host = 1 } }',
        "no quantity 'host'; the nearest is 'hosts'",
    ),
    "a value the formula cannot take": (
        NUMBER + 'answer = { model = "counting.ratio", output = "hosts_per_guest", set = { hosts = 0 } }',
        "hosts needs a number above 0",
    ),
    "words for a number": (
        NUMBER + 'answer = { model = "counting.ratio", output = "hosts_per_guest", set = { hosts = "many" } }',
        "hosts needs a number above 0; 'many' is no number",
    ),
    "a mistake's model": (
        NUMBER + ANSWER + '[[task.mistake]]\nsays = "No."\nanswer = { model = "counting.stok", output = "present" }',
        "the nearest is 'counting.stock'",
    ),
    "a place to fill": (
        HEAD + 'kind = "number"\nprompt = "{peopel} guests?"\n' + ANSWER,
        "nothing is known to put in place of {peopel}; the nearest is 'people'",
    ),
    "a place to fill without an answer": (
        CHOICE + 'correct = "a"\nsolution = "It is {answer}."',
        "nothing is known to put in place of {answer}",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_in_one_sentence_with_its_place(written, refusal, fault):
    text, said = FAULTS[fault]
    sentence = refusal(read_tasks, written(text))
    assert sentence.startswith("counting.toml")
    assert said in sentence


def test_a_file_that_is_not_there_is_told(tmp_path, refusal):
    assert refusal(read_tasks, tmp_path / "nothing.toml") == "nothing.toml: there is no such file."
    assert "cannot be read" in refusal(read_tasks, tmp_path)


def test_a_task_cannot_be_changed_once_read(written):
    task = read_tasks(written(GOOD))["counting.mine"]
    with pytest.raises(FrozenInstanceError):
        task.points = 5
    assert isinstance(task, Task)


def test_a_task_is_found_beside_the_notebook_before_the_package(tmp_path, refusal):
    assert find_task("counting.guests", tmp_path).points == 1
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "counting.toml").write_text(GOOD)
    assert find_task("counting.mine", tmp_path).kind == "number"
    assert "the nearest is 'counting.mine'" in refusal(find_task, "counting.min", tmp_path)
    assert refusal(find_task, "counting.guests", tmp_path).startswith("there is no task 'counting.guests'")


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("counting.guest", "the nearest is 'counting.guests'"),
        ("countng.guests", "the nearest is 'counting'"),
        ("", "valid names are"),
        ("../x.y", "there is no task"),
    ],
)
def test_an_unknown_task_is_answered_with_the_nearest(tmp_path, refusal, key, said):
    assert said in refusal(find_task, key, tmp_path)
