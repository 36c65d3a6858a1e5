"""Runs commands and remembers how long they took and how much memory they had."""
import os
import statistics
import subprocess
import time

NULL = os.open("/dev/null", os.O_RDWR)


def seconds(argv, env=None):
    """Wall time of one run, from before its start until it was waited for."""
    actions = [(os.POSIX_SPAWN_DUP2, NULL, 0), (os.POSIX_SPAWN_DUP2, NULL, 1), (os.POSIX_SPAWN_DUP2, NULL, 2)]
    start = time.perf_counter()
    pid = os.posix_spawnp(argv[0], argv, env or os.environ, file_actions=actions)
    _, status = os.waitpid(pid, 0)
    elapsed = time.perf_counter() - start
    if status != 0:
        raise SystemExit(f"bench: status {os.waitstatus_to_exitcode(status)} of: {' '.join(argv)[:500]}")
    return elapsed


def peak_kib(argv, env=None):
    """Largest resident set of one run, of its children too. GNU time starts the command, because a
    process inherits the peak of the process that made it, which would be this interpreter's."""
    result = subprocess.run(["/usr/bin/time", "-f", "%M", *argv], env=env, stdin=NULL, stdout=NULL,
                            stderr=subprocess.PIPE, check=True, text=True)
    return int(result.stderr.splitlines()[-1])


class Side:
    """One of the commands that are compared."""

    def __init__(self, argv, env=None):
        self.argv, self.env = argv, env
        self.times, self.peaks = [], []

    @property
    def time(self):
        return statistics.median(self.times)

    @property
    def peak(self):
        return statistics.median(self.peaks)


def compare(sides, runs, memory_runs=3):
    """Runs the sides in turn, so that a slow moment of the machine meets all of them."""
    for side in sides:
        seconds(side.argv, side.env)
    for _ in range(runs):
        for side in sides:
            side.times.append(seconds(side.argv, side.env))
    for _ in range(memory_runs):
        for side in sides:
            side.peaks.append(peak_kib(side.argv, side.env))


class Report:
    """Sections of rows and facts. RESULTS.md has one heading for each, and keeps those that were not measured anew."""

    def __init__(self, machine):
        self.machine = machine
        self.sections = {}

    def section(self, name):
        self.rows, self.facts = self.sections[name] = ([], [])

    def fact(self, text):
        self.facts.append(text)
        print(text, flush=True)

    def row(self, measure, ours, other, ratio, target, reached):
        self.rows.append((measure, ours, other, ratio, target, "yes" if reached else "NO"))
        print(" | ".join(self.rows[-1]), flush=True)

    def times(self, measure, ours, other, target, reached):
        """`reached` gets how many times longer ours took."""
        ratio = ours.time / other.time
        text = f"{ratio:.2f} ×" if ratio > 0.2 else f"1/{1 / ratio:.0f}"
        self.row(measure, f"{ours.time * 1000:.1f} ms", f"{other.time * 1000:.1f} ms", text, target, reached(ratio))

    def peaks(self, measure, ours, other, target, reached):
        ratio = ours.peak / other.peak
        text = f"{ratio:.2f} ×" if ratio > 0.2 else f"1/{1 / ratio:.0f}"
        self.row(measure, f"{ours.peak / 1024:.1f} MiB", f"{other.peak / 1024:.1f} MiB", text, target, reached(ratio))

    def markdown(self, before=""):
        """`before` is what stood there until now."""
        parts = dict(part.split("\n", 1) for part in before.split("\n## ")[1:])
        parts.update((name, self.part(*section)) for name, section in self.sections.items())
        text = "# Results\n\nMade by `tests/bench/run`, each section in one run; medians.\n"
        return text + "".join(f"\n## {name}\n{part.rstrip()}\n" for name, part in parts.items())

    def part(self, rows, facts):
        lines = ["", f"{time.strftime('%Y-%m-%d')}, {self.machine}.", "",
                 "| measure | podreg | other side | ratio | must reach | reached |", "|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join(row) + " |" for row in rows]
        lines += ["", *(f"- {fact}" for fact in facts)] if facts else []
        return "\n".join(lines)
