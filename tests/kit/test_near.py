"""What a process keeps to itself for some minutes, asked for one by one or many at a time."""

from collections.abc import Collection

from cinehub.kit.near import near, near_all

asked: list[list[int]] = []


def doubled(numbers: Collection[int]) -> dict[int, int]:
    asked.append(list(numbers))
    return {number: 2 * number for number in numbers}


def test_what_is_near_is_not_asked_for_again() -> None:
    assert near("films", lambda: ["Heat"]) == near("films", lambda: ["Alien"]) == ["Heat"]


def test_of_many_only_those_are_asked_for_that_are_not_near() -> None:
    asked.clear()

    assert near_all("doubled", [1, 2], doubled) == [2, 4]
    assert near_all("doubled", [3, 2, 1], doubled) == [6, 4, 2]
    assert near_all("doubled", [1, 3], doubled) == [2, 6]
    assert asked == [[1, 2], [3]]
