"""A wrong label is found by heads that never saw the message; pairs are not parted."""

from __future__ import annotations

from dataclasses import replace

from bot.train.doubt import doubts, part_of
from bot.train.located import Located


def test_a_label_that_was_made_wrong_is_among_the_most_doubtful(some: list[Located]) -> None:
    firsts = [one for one in some if one.example.first]
    at = next(n for n, one in enumerate(firsts) if one.example.type == "bike_theft")
    text = "my bike was stolen from outside the library last night, the lock was cut"
    wrong = replace(firsts[at].example, text=text, route="social", type=None)
    firsts[at] = replace(firsts[at], example=wrong)
    found = doubts(firsts, 25, lambda line: None)
    routes = [one for one in found if one.one.example.id == wrong.id]
    assert routes and routes[0].head == "route" and routes[0].label == "social"
    assert routes[0].said == "crime_report" and routes[0].share < 0.2
    assert routes[0].one.where in str(routes[0])


def test_messages_of_one_pair_judge_in_one_part(some: list[Located]) -> None:
    one = some[0].example
    pair = [replace(one, id=f"p{n}", text=f"other {n}", pair="P") for n in range(9)]
    assert len({part_of(each) for each in pair}) == 1
    alone = [replace(one, id=f"p{n}", text=f"other {n}", pair=None) for n in range(30)]
    assert {part_of(each) for each in alone} == {0, 1, 2}
