"""rules.md, Seats 3: the proposal of quotas."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from seminars.quotas import Group, propose

COUNTRY = [
    Group("02", 61),
    Group("03", 68),
    Group("04", 63),
    Group("05", 31),
    Group("06", 86),
    Group("07", 37),
    Group("08", 105),
    Group("11", 1),
    Group("21", 1),
]

groups = st.lists(
    st.builds(Group, code=st.text("0123456789", min_size=2, max_size=2), weight=st.integers(0, 120)),
    min_size=1,
    max_size=12,
    unique_by=lambda group: group.code,
)


@given(groups, st.integers(0, 2000))
def test_quotas_and_pool_sum_to_the_capacity(groups, capacity):
    proposal = propose(groups, capacity)

    assert sum(proposal.seats.values()) + proposal.pool == capacity


@given(groups, st.integers(0, 2000))
def test_no_group_is_above_its_ceiling_or_below_its_floor(groups, capacity):
    proposal = propose(groups, capacity)
    floor = 1 if capacity >= sum(group.weight > 0 for group in groups) else 0

    assert all(min(floor, group.weight) <= proposal.seats[group.code] <= group.weight for group in groups)


@given(groups, st.integers(0, 2000), st.randoms())
def test_the_order_of_groups_does_not_matter(groups, capacity, random):
    shuffled = list(groups)
    random.shuffle(shuffled)

    assert propose(shuffled, capacity) == propose(groups, capacity)


@given(groups, st.integers(0, 2000))
def test_seats_go_to_the_pool_only_when_every_group_is_at_its_ceiling(groups, capacity):
    proposal = propose(groups, capacity)

    assert proposal.pool == 0 or all(proposal.seats[group.code] == group.weight for group in groups)


@given(groups, st.integers(0, 2000))
def test_a_heavier_group_never_gets_fewer_seats(groups, capacity):
    seats = propose(groups, capacity).seats
    ordered = sorted(groups, key=lambda group: (group.weight, group.code), reverse=True)

    assert all(
        seats[heavy.code] >= seats[light.code] for heavy, light in pairwise(ordered) if heavy.weight > light.weight
    )


def test_the_country_with_60_seats_by_hand():
    # 9 floors; 51 by weight of 453: 61→6.87, 68→7.66, 63→7.09, 31→3.49, 86→9.68, 37→4.17, 105→11.82, 1→0.11 twice.
    # Whole parts sum to 47; the remainders .87 .82 .68 .66 take the four seats left.
    proposal = propose(COUNTRY, 60)

    assert proposal.seats == {"02": 8, "03": 9, "04": 8, "05": 4, "06": 11, "07": 5, "08": 13, "11": 1, "21": 1}
    assert proposal.pool == 0


def test_fewer_seats_than_groups_have_no_floor():
    assert sum(propose(COUNTRY, 5).seats.values()) == 5
    assert propose(COUNTRY, 5).seats["11"] == 0


def test_more_seats_than_municipalities_leave_the_rest_to_the_pool():
    proposal = propose(COUNTRY, 500)

    assert proposal.seats["11"] == 1
    assert proposal.pool == 500 - 453


def test_equal_remainders_go_by_code():
    assert propose([Group("b", 3), Group("a", 3)], 5).seats == {"a": 3, "b": 2}
