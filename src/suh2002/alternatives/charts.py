"""The pictures of the alternatives theme, by the key of what they draw, and what stands behind “Is it robust?” of the robust model."""

from dataclasses import replace

from suh2002.alternatives import charts_box as box
from suh2002.alternatives import charts_learning as learning
from suh2002.alternatives import charts_map as map_of_two
from suh2002.alternatives import charts_policies as policies
from suh2002.alternatives import charts_table as table
from suh2002.alternatives import charts_unknowns as unknowns
from suh2002.alternatives import studies
from suh2002.alternatives.charts_memo import MEMO as MEMO
from tumen.charts.own import Own
from tumen.charts.picture import Picture


def _still(drawn: Picture, beside_itself: bool = False) -> Picture:
    """The picture of a result as that of a study, whose first row carries the result; some are drawn beside a start."""

    def alone(rows):
        return (rows[0][studies.RESULT],) * (1 + beside_itself)

    return replace(
        drawn,
        rows=lambda rows: drawn.rows(*alone(rows)),
        words=lambda rows: drawn.words(*alone(rows)),
    )


PICTURES = {
    "alternatives.robust": policies.POLICIES,
    "alternatives.regret": table.TABLE,
    "alternatives.by_regret": _still(policies.POLICIES, beside_itself=True),
    "alternatives.along": _still(unknowns.ALONG),
    "alternatives.lead": _still(map_of_two.MAP),
    "alternatives.box": _still(box.BOX),
    "alternatives.learning": _still(learning.LEARNING),
}

BOARDS = {
    "alternatives.robust": {
        "How often?": (Own(box.BOX, box.said, studies.BOX.columns, studies.box_cells, box.often),),
        "What decides it?": (
            Own(learning.LEARNING_BESIDE, learning.reading, studies.LEARNING.columns, studies.learning_cells),
        ),
        "What would turn it?": (
            Own(unknowns.ALONG_BESIDE, unknowns.reading, studies.ALONG.columns, studies.along_cells),
            Own(map_of_two.MAP, map_of_two.reading, studies.LEAD.columns, studies.lead_cells),
        ),
    }
}
