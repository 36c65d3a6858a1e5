"""How the time of each parser of foreign bytes grows with its input: four times the time for four times as much."""
import os
import subprocess


def run(args, report, _):
    program = os.path.join(os.path.dirname(args.podreg), "growth")
    lines = subprocess.run([program], check=True, capture_output=True, text=True).stdout.splitlines()
    for line in lines:
        name, size, time, growth = line.split("\t")
        report.row(f"{name}: {int(size) >> 10} KiB against four times as much", f"{float(time):.2f} ms",
                   f"{float(time) * float(growth):.2f} ms", f"{float(growth):.2f} ×", "≤ 6 ×", float(growth) <= 6)
