"""podreg beside the real Dubbo, by the benchmarks of tests/peer: they need what only its `run` sets up."""
import os
import re
import subprocess

PEER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "peer", "run")


def run(args, report, _):
    environment = dict(os.environ, PODREG=args.podreg, PODREG_CLUSTER_BIN=args.cluster_bin)
    bench = subprocess.run([PEER, "bench", str(args.runs)], env=environment, stdout=subprocess.PIPE, text=True)
    if bench.returncode != 0:
        raise SystemExit(f"bench: {PEER} failed:\n{bench.stdout}")
    # What go test -bench prints: "26.4 podreg-ms".
    found = {unit: float(value) for value, unit in re.findall(r"([\d.e+]+) ([\w-]+-(?:ms|MiB|MB/s|calls/s))", bench.stdout)}
    against_jvms(report, found, "`urls` of one application", "", 30, 15)
    against_jvms(report, found, "`invoke` of `add`", "call-", 25, None)
    against_curl(report, found)
    calls(report, found)
    decoding(report, found)


def against_jvms(report, found, what, prefix, *targets):
    for jvm, told, goals in (("dubbo", "a JVM as it comes", targets), ("tuned", "a JVM tuned for its start", (None, None))):
        for (more, unit), goal in zip((("", "ms"), (", peak memory", "MiB")), goals):
            ours, other = found[f"{prefix}podreg-{unit}"], found[f"{prefix}{jvm}-{unit}"]
            times = other / ours
            report.row(f"{what}{more}, against a real consumer in {told}", f"{ours:.1f} {unit}", f"{other:.1f} {unit}",
                       f"1/{times:.1f}", f"≤ 1/{goal}" if goal else "–", goal is None or times >= goal)


def against_curl(report, found):
    ours, other = found["json-podreg-ms"], found["json-curl-ms"]
    report.row("`invoke` of `add` of a URL in JSON (tri, Dubbo 3.3), against curl", f"{ours:.1f} ms", f"{other:.1f} ms",
               f"{ours / other:.2f} ×", "≤ 1.2 ×", ours <= 1.2 * other)


def calls(report, found):
    for protocol in ("dubbo", "tri"):
        ours, other = found[f"{protocol}-podreg-calls/s"], found[f"{protocol}-java-calls/s"]
        report.row(f"`invoke --count 20000` over one connection ({protocol}), against a loop in a warm JVM",
                   f"{ours:.0f} calls/s", f"{other:.0f} calls/s", f"{ours / other:.1f} ×", "–", True)


def decoding(report, found):
    ours, other = found["podreg-MB/s"], found["hessian-lite-MB/s"]
    report.row("hessian2, decoding the MetadataInfo of three services, against hessian-lite in a warm JVM",
               f"{ours:.0f} MB/s", f"{other:.0f} MB/s", f"{ours / other:.1f} ×", "≥ 200 MB/s", ours >= 200)
