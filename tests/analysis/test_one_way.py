import json
from dataclasses import replace

import numpy as np
import pytest
from oracles import LINEAR, number, one

from suh2002 import counting
from tumen.analysis.one_way import tornado


def test_a_linear_model_swings_by_its_coefficients_widest_first():
    bars = tornado(LINEAR).of("y")
    assert [(b.quantity, b.at_low, b.at_high, b.swing) for b in bars] == [
        ("a", -0.5, 3.5, 4.0),
        ("b", 2.5, 0.5, 2.0),
        ("c", 1.0, 2.0, 1.0),
    ]
    assert {b.here for b in bars} == {1.5}


def test_the_others_are_held_where_the_reader_has_them():
    bars = {b.quantity: b for b in tornado(LINEAR, {"a": 1.0, "line": 3.2}).of("C1")}
    assert bars["c"].at_low == pytest.approx(4 - 1 + 0 - 3.2)
    assert bars["c"].at_high == pytest.approx(4 - 1 + 1 - 3.2)
    assert bars["c"].turns
    assert tornado(LINEAR).of("y")[0].turns is None


def test_the_ceiling_by_hand():
    bars = {b.quantity: b for b in tornado(counting.ceiling).of("ceiling")}
    assert bars["hosting_share"].at_high == pytest.approx(1_500_000 / 3.3 * 0.45 * 1.3 / 0.95)
    assert bars["household"].at_low == pytest.approx(1_500_000 / 2.8 * 0.20 * 1.3 / 0.95)


def test_the_order_of_a_declaration_changes_nothing():
    turned = replace(LINEAR, quantities=LINEAR.quantities[::-1])
    assert tornado(turned).rows() == tornado(LINEAR).rows()


def test_readings_and_ends_without_an_answer():
    assert tornado(counting.ceiling).reading("ceiling") == (
        "Taken alone, “share of households that host” moves “most people the hosts could carry” most: "
        "from 31,100 at 0.05 to 280,000 at 0.45."
    )
    assert "the margin of S2P3-d" in tornado(counting.ceiling).reading()
    assert tornado(LINEAR).reading("still") == "Taken alone from end to end of its range, no quantity moves it."
    lost = tornado(one(number("x", -1, 1), lambda x: {"y": np.sqrt(x)}))
    assert lost.of()[0].at_low is None
    assert lost.reading() == "At the ends of these ranges there is no answer."
    json.dumps(lost.rows(), allow_nan=False)


def test_the_result_is_a_table():
    assert tornado(LINEAR, names=["a", "b"]).to_frame().shape[0] == 8


def test_bad_requests_are_answered_in_one_sentence(refusal):
    assert "claimed is fixed" in refusal(tornado, counting.ceiling, names=["claimed"])
    assert "nearest is 'hosts'" in refusal(tornado, counting.ceiling, names=["host"])
    assert "no quantity with a range" in refusal(tornado, counting.pool)
