"""What a benchmark says of its figures, and how it ends: whoever runs it by night reads only that."""

import json
import os
import signal
import time

import pytest

from tests.bench import certificates, pages, plan, scores


def rows(**other):
    row = {"page": "list", "cpu_ms": 20, "p95_ms": 100, "queries": 6, "most_queries": 12}
    return [{**row, "rows": number, **other} for number in (pages.SMALL, pages.LARGE)]


def of_pages(results=None, held=(100.0, 101.0), memory=(102.0, 103.0), first=400, careless=35):
    return pages.assembled(results or rows(), [60, 61], held, memory, first, careless)


def of_certificates(ours=1.0, plain=10.0, careless=2.0, kb=125, peak_mb=250.0):
    counts = {"ours": 200, "plain": 40, "careless": 8}
    spent = {"ours": ours, "plain": plain, "careless": careless}
    return certificates.assembled(counts, spent, [kb * 1000], peak_mb)


def test_the_object_of_the_pages():
    assert of_pages() == {
        "bench": "pages",
        "pages": rows(),
        "growth": 1.0,
        "worker_mb": 103.0,
        "worker_grew_mb": 2.0,
        "first_visit_kb": 400,
        "yardstick_ms": [60, 61],
        "control": {"queries": 35, "noticed": True},
    }
    assert list(pages.missed(of_pages())) == []


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"results": rows(cpu_ms=61)}, "list at 1000: cpu_ms 61, at most 60"),
        ({"results": rows(p95_ms=401)}, "list at 1000: p95_ms 401, at most 400"),
        ({"results": rows(queries=13)}, "list: 13 queries, at most 12"),
        ({"held": (80.0, 80.0), "memory": (80.0, 101.0)}, "worker_grew_mb 21.0, at most 20"),
        ({"memory": (181.0, 103.0), "held": (180.0, 103.0)}, "worker_mb 181.0, at most 180"),
        ({"first": 501}, "first_visit_kb 501, at most 500"),
        ({"results": rows(p95_ms=0)}, "list at 1000: p95_ms was not measured"),
        ({"careless": 12}, "the control was not noticed"),
    ],
)
def test_a_page_beyond_its_target_is_named(figures, sentence):
    assert next(pages.missed(of_pages(**figures))).startswith(sentence)


def test_the_object_of_the_certificates():
    assert of_certificates() == {
        "bench": "certificates",
        "count": 200,
        "per_cpu_s": {"ours": 200.0, "plain": 4.0},
        "ratio_to_plain": 50.0,
        "kb_each": 125.0,
        "peak_mb": 250.0,
        "control": {"ratio_to_plain": 1.0, "noticed": True},
    }
    assert list(certificates.missed(of_certificates())) == []


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        ({"ours": 2.6}, "ratio_to_plain 19.2, at least 20"),
        ({"kb": 151}, "kb_each 151.0, at most 150"),
        ({"peak_mb": 301.0}, "peak_mb 301.0, at most 300"),
        ({"peak_mb": 0.0}, "peak_mb was not measured"),
        ({"careless": 0.1}, "the control was not noticed"),
    ],
)
def test_certificates_beyond_their_targets_are_named(figures, sentence):
    assert next(certificates.missed(of_certificates(**figures))).startswith(sentence)


def test_what_a_worker_and_all_that_it_starts_hold_is_counted_once_each():
    """What `peak_of_a_job` adds up while the job runs: here of a shell and the sleep it starts."""
    with certificates.started(["sh", "-c", "sleep 60 & echo; wait"]) as shell:
        until = time.monotonic() + 10
        while len(list(certificates.tree(shell.pid))) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        held = [certificates.held(pid) for pid in certificates.tree(shell.pid)]
        pids = list(certificates.tree(shell.pid))
        os.kill(pids[1], signal.SIGTERM)

    assert len(held) == 2
    assert all(0 < mb < 10 for mb in held)
    assert certificates.held(shell.pid) == 0.0


@pytest.mark.parametrize(("cost", "code"), [(1, 0), (0, 1), (1000, 1)])
def test_a_run_beyond_its_targets_fails(monkeypatch, capsys, cost, code):
    """The others are run as far as here: what they measure is put in their place."""
    monkeypatch.setattr(plan, "call_command", lambda *_words, **_options: None)
    monkeypatch.setattr(plan, "applying", lambda: dict.fromkeys(plan.MOST, cost))
    monkeypatch.setattr(plan.results, "results", dict)

    assert plan.main() == code
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["bench"] == "plan"
    assert len(list(scores.missed(dict.fromkeys(scores.MOST, cost)))) == code * len(scores.MOST)
