"""Which sums are hidden: whoever has all that is shown, of two publications too, can compute nothing of one or two."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from industries.rules import small_sums
from industries.rules.small_sums import TOTAL, Makers, Sum, hidden_sums
from tests.industries import plain_small_sums

PRIME = 2**61 - 1


class Equations:
    """What follows from sums, by elimination over a finite field: another way than that of the rule itself."""

    def __init__(self):
        self.rows = []

    def reduced(self, row):
        row = dict(row)
        for pivot, known in self.rows:
            if factor := row.get(pivot, 0):
                for at, value in known.items():
                    row[at] = (row.get(at, 0) - factor * value) % PRIME
        return {at: value for at, value in row.items() if value}

    def learn(self, row):
        if left := self.reduced(row):
            pivot, value = next(iter(left.items()))
            inverse = pow(value, PRIME - 2, PRIME)
            self.rows.append((pivot, {at: one * inverse % PRIME for at, one in left.items()}))

    def tell(self, row):
        return not self.reduced(row)


def unknowns_told(equations, unknowns):
    """The single unknowns, and pairs of them, of which something follows."""
    left = {one: equations.reduced({one: 1}) for one in unknowns}
    singles = [one for one in unknowns if not left[one]]
    pairs = []
    for first, second in combinations([one for one in unknowns if left[one]], 2):
        a, b = left[first], left[second]
        if a.keys() == b.keys():
            at = next(iter(a))
            ratio = a[at] * pow(b[at], PRIME - 2, PRIME) % PRIME
            if all(value == ratio * b[key] % PRIME for key, value in a.items()):
                pairs.append((first, second))
    return singles, pairs


class Publishing:
    """Makers as {name: (groups by table, figure)}, published again and again by the rule."""

    tables = ("regency", "branch", "division")

    def __init__(self):
        self.published = []  # (makers, cells shown)

    def publish(self, makers):
        cells = self.cells_of(makers)
        before = [(at, cell) for at, (told, _shown) in enumerate(self.published) for cell in self.cells_of(told)]
        places = {cell: at for at, cell in enumerate(cells)}
        old = {key: len(cells) + at for at, key in enumerate(before)}
        atoms = []
        for name in sorted({name for told, _shown in [*self.published, (makers, ())] for name in told}):
            by_figure = {}
            for at, (told, _shown) in enumerate([*self.published, (makers, ())]):
                if name not in told:
                    continue
                groups, figure = told[name]
                inside = [TOTAL, *groups.items()]
                is_now = at == len(self.published)
                by_figure.setdefault(figure, set()).update(places[cell] if is_now else old[at, cell] for cell in inside)
            atoms += [Makers(frozenset(rows), int(figure > 0), 1) for figure, rows in by_figure.items()]
        sums = [self.sum_of(cell, makers) for cell in cells]
        told = sums, [cell in self.published[at][1] for at, cell in before], atoms
        hidden = hidden_sums(*told)
        assert hidden == plain_small_sums.hidden_sums(*told)
        self.published.append((makers, set(cells) - hidden))
        return hidden

    @staticmethod
    def cells_of(makers):
        return [TOTAL, *sorted({cell for told, _figure in makers.values() for cell in told.items()})]

    def sum_of(self, cell, makers):
        within = {name: figure for name, (told, figure) in makers.items() if cell == TOTAL or told[cell[0]] == cell[1]}
        differing = None
        if self.published:
            last = self.published[-1][0]
            then = {name: figure for name, (told, figure) in last.items() if cell == TOTAL or told[cell[0]] == cell[1]}
            differing = sum(within.get(name, 0) != then.get(name, 0) for name in {*within, *then})
        rank = 0 if cell == TOTAL else 1 + self.tables.index(cell[0])
        return Sum(cell, sum(figure > 0 for figure in within.values()), len(within), differing, rank, cell != TOTAL)

    def equations(self, *, of_all):
        """All that is shown, as a reader has it who knows who changed; `of_all`: who knows not who stated nought."""
        equations, unknowns = Equations(), set()
        for makers, shown in self.published:
            for cell in shown:
                inside = {
                    (name, figure)
                    for name, (told, figure) in makers.items()
                    if (cell == TOTAL or told[cell[0]] == cell[1]) and (of_all or figure)
                }
                equations.learn(dict.fromkeys(inside, 1))
                unknowns |= inside
        return equations, sorted(unknowns)


def assert_nothing_follows(publishing):
    equations, unknowns = publishing.equations(of_all=False)
    singles, pairs = unknowns_told(equations, unknowns)
    assert not singles, singles
    assert not pairs, pairs
    equations, _unknowns = publishing.equations(of_all=True)
    for makers, shown in publishing.published:
        for table in publishing.tables:
            for code in {told[table] for told, _figure in makers.values()}:
                if (table, code) not in shown:
                    inside = {(name, figure) for name, (told, figure) in makers.items() if told[table] == code}
                    assert not equations.tell(dict.fromkeys(inside, 1)), (table, code)


def drawn(chance, number):
    """Makers spread as in life: many in one place, branch and division nearly the same thing."""
    made = {}
    for at in range(number):
        branch = chance.choice("aaaabbbc")
        division = branch + chance.choice("1112") if chance.random() < 0.9 else "c1"
        told = {"regency": chance.choice("KKKKLLMN"), "branch": branch, "division": division}
        made[f"m{at:02}"] = (told, chance.choice([0, 1, 2, 3, 5, 8, 13]))
    return made


def changed(chance, makers):
    """The same some months later: a few state another figure, move or end."""
    later = dict(makers)
    for name in chance.sample(sorted(later), k=min(len(later), chance.choice([0, 1, 2, 4]))):
        told, figure = later[name]
        later[name] = (told | {"regency": chance.choice("KLMN")}, figure + chance.choice([0, 1, 4]))
    if chance.random() < 0.3:
        later.pop(sorted(later)[0])
    return later


@given(st.randoms(use_true_random=False), st.sampled_from([4, 9, 25, 60]))
@settings(max_examples=25, deadline=None)
def test_nothing_of_fewer_than_three_and_no_hidden_sum_follows_from_three_publications(chance, number):
    publishing = Publishing()
    makers = drawn(chance, number)
    for _time in range(3):
        publishing.publish(makers)
        assert_nothing_follows(publishing)
        makers = changed(chance, makers)


def test_the_rule_hides_the_same_however_often_its_matrices_are_reckoned_anew(monkeypatch):
    makers = {
        f"{at}": ({"regency": f"K{at % 13}", "branch": f"{at % 7}", "division": f"{at % 31}"}, 1 + at % 5)
        for at in range(400)
    }
    hidden = []
    for anew_after in (1, 3, 1000):
        monkeypatch.setattr(small_sums, "ANEW_AFTER", anew_after)
        publishing = Publishing()
        publishing.publish(makers)
        hidden.append(publishing.publish({name: told for name, told in makers.items() if int(name) % 17}))

    assert hidden[0] == hidden[1] == hidden[2]
    assert hidden[0]


def test_a_maker_that_two_tables_tell_apart_is_not_told():
    """Division a1 holds all of branch a but one: the difference would be that one."""
    makers = {f"m{at}": ({"regency": "K", "branch": "a", "division": "a1"}, 5) for at in range(9)}
    makers["m9"] = ({"regency": "K", "branch": "a", "division": "b1"}, 700)
    makers |= {f"n{at}": ({"regency": "L", "branch": "b", "division": "b1"}, 6) for at in range(9)}
    publishing = Publishing()

    hidden = publishing.publish(makers)

    assert ("division", "a1") in hidden or ("branch", "a") in hidden
    assert hidden < {("division", "a1"), ("division", "b1"), ("branch", "a"), ("branch", "b"), TOTAL}
    assert_nothing_follows(publishing)


def test_where_groups_are_large_and_alike_all_is_shown():
    makers = {
        f"{place}{branch}{at}": ({"regency": place, "branch": branch, "division": branch}, 5)
        for place in "KLM" for branch in "abc" for at in range(4)
    }  # fmt: skip

    assert Publishing().publish(makers) == set()


def test_a_sum_in_which_one_or_two_changed_is_not_shown_again_and_one_without_change_is():
    makers = {
        f"{place}{at:02}": ({"regency": place, "branch": place, "division": place}, 5)
        for place in "KLMN" for at in range(9)
    }  # fmt: skip
    publishing = Publishing()
    assert publishing.publish(makers) == set()
    told, figure = makers["K00"]
    assert publishing.publish(makers) == set()

    hidden = publishing.publish(makers | {"K00": (told, figure + 1)})

    assert hidden == {TOTAL, ("regency", "K"), ("branch", "K"), ("division", "K")}  # of the others all is known
    assert_nothing_follows(publishing)
