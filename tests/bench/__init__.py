"""Benchmarks, each a program: `script/bench NAME`."""


def beyond(figures, most, *, about=""):
    """Sentences about figures above their target, and about those that were not measured: nothing
    that runs takes no time and no memory, so nought is as good as missing."""
    for name, target in most.items():
        found = figures.get(name)
        if not found:
            yield f"{about}{name} was not measured"
        elif found > target:
            yield f"{about}{name} {found}, at most {target}"
