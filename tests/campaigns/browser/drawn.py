"""Rules, answers and sheets drawn at random, the same ones each time."""

from decimal import Decimal as D
from fractions import Fraction

from criteria.rules.scoring import KINDS, Band, Line, Mark, NotAssigned, Rule, State
from criteria.rules.totals import Item, Role

MOSTS = ["0.375", "0.5", "1", "1.17", "2", "7.25", "10", "20", "33.33", "100", "1234.5", "99999.99"]
ODD = (
    "", " ", "\u200b", "NaN", "Infinity", "1e5", "abc", "-", "%", "12 %%", ".5", "5.", "5,", "1,2,3",
    "1.2.3", "1.2345.678", "1,234.5", "1.234,5", "1.250", "0.250", "01.250", "1.250.000", "1,250",
    "1 250", "1 250,5", "1 2", "1\u00a0250", "1\u202f250,75", "-0", "−0", "-3", "−3", "– 3", "--3",
    "3-", "+3", "½", "2²", "１２,５", "１２．５％", "٣", "\ufeff5", "\x1c5\x1f", "5\x85", "12,5%", "12,5 %",
    "999999999999", "9999999999999", "0,00000000001", "0,000000000001", "1000000", "1000001", "2,0",
    "constructor", "yes", "no", "0", "1", "1\n", "1\t000",
)  # fmt: skip


def amount(random):
    return D(random.choice(MOSTS)) if random.random() < 0.5 else D(random.randint(0, 9999)) / 100


def worth(random, most):
    """points or share of a line or band, as its arguments."""
    if random.random() < 0.5:
        return {"points": min(amount(random), most)}
    under = random.randint(1, 12)
    return {"share": Fraction(random.randint(0, under), under)}


def line(random, most):
    return Line("x", **worth(random, most))


def bands(random, most):
    """Steps that follow each other; now and then with a hole, an overlap or an end."""
    starts = sorted({D(random.randint(0, 1200)) / 10 for _n in range(random.randint(1, 5))})
    ends = [*starts[1:], None]
    if random.random() < 0.3:
        ends = [end and random.choice([None, end + 1, end - D("0.05")]) for end in ends]
    steps = [Band(*pair, **worth(random, most)) for pair in zip(starts, ends, strict=True)]
    random.shuffle(steps)
    return tuple(steps)


def rule(random, kind):
    needs = KINDS[kind].needs + KINDS[kind].may
    takes_away = KINDS[kind].takes_away or kind == "information"
    most = D(0) if takes_away else amount(random)
    step = random.choice([None, D("0.25"), D("0.5"), D("0.1")])
    settings = {
        "lines": tuple(line(random, most) for _n in range(random.randint(1, 4))),
        "bands": bands(random, most),
        "target": random.choice([None, D(80), D(90), D("33.3"), D(100), D(7)]),
        "on_zero": random.choice(["zero", "full", "exclude"]),
        "each": amount(random) + D("0.001"),
        "floor": random.choice([None, D(0), D("-2.5"), -amount(random)]),
        "least": random.choice([D(0), D(1), D("-1.5")]),
        "step": step,
    }
    given = {name: value for name, value in settings.items() if name in needs}
    free = "" if takes_away else random.choice(["", "", "full", "exclude"])
    return Rule(kind, most, not_assigned=NotAssigned(free), **given)


def number(random):
    """A number as somebody may type it."""
    if random.random() < 0.2:
        return random.choice(ODD)
    value = random.choice(
        [str(random.randint(0, 12)), str(amount(random)), f"{random.uniform(-9, 5000):.3f}"]
    )
    whole, _point, rest = value.partition(".")
    style = random.randint(0, 6)
    if style < 3:
        return f"{whole},{rest}" if rest else whole
    if style == 3:
        return value
    grouped = f"{int(whole):,}"
    if style == 4:
        return grouped.replace(",", ".") + (rest and f",{rest}")
    if style == 5:
        return grouped + (rest and f".{rest}") + random.choice(["", " %", "%"])
    return f" {grouped.replace(',', ' ')}{rest and ','}{rest} "


def answers(random, asks):
    """Texts by the names of what is asked."""
    typed = {}
    for ask in asks:
        if ask.form == "yes":
            choices = [""] * 9 + ["yes"] if not ask.must else ["yes", "no"] * 6 + ["", "maybe"]
            typed[ask.name] = random.choice(choices)
        elif ask.form == "choice":
            typed[ask.name] = random.choice(["", "9", "01", *map(str, range(len(ask.options)))])
        elif ask.form == "points" and random.random() < 0.6:
            most = ask.most if ask.most is not None else D(10)
            step = ask.step or D("0.01")
            steps = random.randint(0, max(0, int((most - max(ask.least, D(-20))) / step)))
            typed[ask.name] = str(max(ask.least, D(-20)) + steps * step).replace(".", ",")
        elif ask.form == "text":
            typed[ask.name] = random.choice(["", "37 %", "ế" * 2000, "x" * 2001])
        else:
            typed[ask.name] = number(random)
    return typed


def mark(random):
    state = random.choice([*[State.COUNTED] * 7, State.MISSING, State.EXCLUDED])
    return Mark(D(random.randint(-500, 3000)) / 100 if state is State.COUNTED else D(0), "", state)


def sheet(random):
    """(groups, {key: mark}): a sheet of up to three levels."""
    marks = {}

    def items(role, depth):
        for _n in range(random.randint(1, 5)):
            key = len(marks)
            most = random.choice([None, D(0), amount(random).quantize(D("0.01"))])
            if depth and random.random() < 0.6:
                marks[key] = mark(random)
                yield Item(key, str(key), "", most, role, Rule("manual"))
            elif depth < 3:
                own = role or random.choice(list(Role))
                inside = tuple(items(own, depth + 1))
                yield Item(f"g{key}", "", "", most, own, members=inside)

    groups = tuple(items(None, 0))
    return groups, marks
