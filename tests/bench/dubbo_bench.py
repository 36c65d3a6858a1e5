"""podreg beside the real Dubbo, by the benchmarks of tests/peer: they need what only its `run` sets up."""
import os
import re
import subprocess

PEER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "peer", "run")


def run(args, report):
    environment = dict(os.environ, PODREG=args.podreg, PODREG_CLUSTER_BIN=args.cluster_bin)
    bench = subprocess.run([PEER, "bench", str(args.runs)], env=environment, stdout=subprocess.PIPE, text=True)
    if bench.returncode != 0:
        raise SystemExit(f"bench: {PEER} failed:\n{bench.stdout}")
    # What go test -bench prints: "26.4 podreg-ms".
    found = {unit: float(value) for value, unit in re.findall(r"([\d.e+]+) ([\w-]+-(?:ms|MiB|MB/s))", bench.stdout)}
    start_to_urls(report, found, "dubbo", "a JVM as it comes", 30, 15)
    start_to_urls(report, found, "tuned", "a JVM tuned for its start", None, None)
    decoding(report, found)


def start_to_urls(report, found, name, jvm, *targets):
    for (what, unit), target in zip((("", "ms"), (", peak memory", "MiB")), targets):
        ours, other = found[f"podreg-{unit}"], found[f"{name}-{unit}"]
        times = other / ours
        report.row(f"`urls` of one application{what}, against a real consumer in {jvm}", f"{ours:.1f} {unit}",
                   f"{other:.1f} {unit}", f"1/{times:.1f}", f"≤ 1/{target}" if target else "–",
                   target is None or times >= target)


def decoding(report, found):
    ours, other = found["podreg-MB/s"], found["hessian-lite-MB/s"]
    report.row("hessian2, decoding the MetadataInfo of three services, against hessian-lite in a warm JVM",
               f"{ours:.0f} MB/s", f"{other:.0f} MB/s", f"{ours / other:.1f} ×", "≥ 200 MB/s", ours >= 200)
