"""The whole life of a process that does nothing else."""
from measure import Side, compare


def run(args, report, _):
    podreg, curl = Side([args.podreg, "version"]), Side(["curl", "--version"])
    compare([podreg, curl], max(args.runs, 50))
    report.times("`podreg version` against `curl --version`", podreg, curl, "≤ 1 ×", lambda ratio: ratio <= 1)
