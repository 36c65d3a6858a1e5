"""`watch` of one Service against `kubectl get pods -w` of the same pods: memory, how long a change takes to
be printed, and processor time while much changes."""
import json
import os
import statistics
import subprocess
import threading
import time

from cluster_bench import SERVICE, ControlPlane
from mapping_bench import Api
from measure import peak_kib

CHANGES = 200  # one after the other, of which each is timed
RATE = 200  # changes a second, and for how many seconds
SECONDS = 20
WRITERS = 16
TICKS = os.sysconf("SC_CLK_TCK")


class Watcher:
    """A process that prints changes, and when it printed which."""

    def __init__(self, argv):
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        self.lines = []  # with the moment of each
        self.arrived = threading.Condition()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            with self.arrived:
                self.lines.append((time.perf_counter(), line))
                self.arrived.notify_all()

    def wait_for(self, wanted, start=0):
        """The moment of the first line from that number on of which `wanted` is true."""
        with self.arrived:
            while True:
                for moment, line in self.lines[start:]:
                    if wanted(line):
                        return moment
                start = len(self.lines)
                if not self.arrived.wait(60):
                    raise SystemExit(f"bench: {self.process.args[0]} does not print what has happened")

    def peak_mib(self):
        return self.memory_mib("VmHWM")

    def own_mib(self):
        """Without the pages of programs and libraries, which all processes that use them share."""
        return self.memory_mib("RssAnon")

    def memory_mib(self, which):
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(which)) / 1024

    def cpu_seconds(self):
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


class Bench:
    def __init__(self, args, cluster):
        self.args, self.cluster = args, cluster
        self.kubectl = os.path.join(cluster.binaries, "kubectl")
        if not os.path.exists(self.kubectl):
            self.kubectl = "kubectl"
        self.api = Api(self.kubectl, cluster.kubeconfig)

    def podreg(self, namespace, *more, service=SERVICE):
        watcher = Watcher([self.args.podreg, "watch", service, "-n", namespace, "-o", "jsonl", "--endpoint-source",
                           "endpointslices", "--kubeconfig", self.cluster.kubeconfig, *more])
        watcher.wait_for(lambda line: '"SYNCED"' in line)
        return watcher

    def kubectl_watch(self, namespace, pods):
        watcher = Watcher([self.kubectl, "get", "pods", "-l", f"app={SERVICE}", "-n", namespace, "--no-headers", "-w",
                           "--kubeconfig", self.cluster.kubeconfig])
        watcher.wait_for(lambda line: f"-{pods - 1:05} " in line)
        return watcher

    def change(self, namespace, pod, revision):
        body = {"metadata": {"annotations": {"io.dubbo/metadata": json.dumps({"dubbo.metadata.revision": revision})}}}
        self.api.send("PATCH", f"/api/v1/namespaces/{namespace}/pods/{pod}", body, "application/merge-patch+json")


def run(args, report, scratch):
    with ControlPlane(args.cluster_bin, scratch) as cluster:
        bench = Bench(args, cluster)
        for pods in (2000, 10000):
            cluster.populate(f"bench-{pods}", pods)
        of_nothing(bench, report)
        of_2000(bench, report)
        with bench.podreg("bench-10000") as ours:
            peak = ours.peak_mib()
        report.row("`watch`, 10000 instances, peak memory", f"{peak:.1f} MiB", "–", "–", "≤ 40 MiB", peak <= 40)


def of_nothing(bench, report):
    bench.api.send("POST", "/api/v1/namespaces/bench-2000/services", {
        "metadata": {"name": "nothing"}, "spec": {"selector": {"app": "nothing"}, "ports": [{"port": 20880}]}})
    with bench.podreg("bench-2000", service="nothing") as empty:
        report.fact(f"`watch` of a Service without pods: {empty.peak_mib():.1f} MiB at its peak, {empty.own_mib():.1f} MiB "
                    f"of it its own; `curl --version`: {peak_kib(['curl', '--version']) / 1024:.1f} MiB")


def of_2000(bench, report):
    namespace, pods = "bench-2000", 2000
    what = f"`watch`, {pods} pods of 10 KB"
    with bench.podreg(namespace) as ours, bench.podreg(namespace, "--debounce", "0") as eager, \
            bench.kubectl_watch(namespace, pods) as theirs:
        peaks = ours.peak_mib(), theirs.peak_mib()
        report.row(f"{what}, peak memory when all is there, against `kubectl get pods -w`", f"{peaks[0]:.1f} MiB",
                   f"{peaks[1]:.1f} MiB", f"1/{peaks[1] / peaks[0]:.1f}", "≤ 1/15", peaks[1] >= 15 * peaks[0])
        own = ours.own_mib(), theirs.own_mib()
        report.row(f"{what}, of that its own, without the pages of shared libraries", f"{own[0]:.1f} MiB",
                   f"{own[1]:.1f} MiB", f"1/{own[1] / own[0]:.1f}", "≤ 1/15", own[1] >= 15 * own[0])
        delays(bench, report, what, namespace, {"": ours, ", `--debounce 0`": eager}, theirs)
        under_load(bench, report, what, namespace, ours, theirs)


def delays(bench, report, what, namespace, sides, theirs):
    taken = {watcher: [] for watcher in [*sides.values(), theirs]}
    for number in range(CHANGES):
        pod = f"{SERVICE}-{number * 7 % 2000:05}"
        seen = {watcher: len(watcher.lines) for watcher in taken}
        begin = time.perf_counter()
        bench.change(namespace, pod, f"delay-{number}")
        for watcher, times in taken.items():
            times.append((watcher.wait_for(lambda line: pod in line, seen[watcher]) - begin) * 1000)
    for name, watcher in sides.items():
        for percent in (50, 99):
            ours, other = (statistics.quantiles(taken[side], n=100)[percent - 1] for side in (watcher, theirs))
            report.row(f"{what}{name}, from a change to its line, p{percent}, against `kubectl get pods -w`", f"{ours:.1f} ms",
                       f"{other:.1f} ms", f"{ours / other:.2f} ×", "–", True)


def under_load(bench, report, what, namespace, ours, theirs):
    before = ours.cpu_seconds(), theirs.cpu_seconds()
    begin = time.perf_counter()
    writers = [threading.Thread(target=change_often, args=(bench, namespace, number, begin)) for number in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    took = time.perf_counter() - begin
    shares = [100 * (side.cpu_seconds() - was) / took for side, was in zip((ours, theirs), before)]
    report.row(f"{what}, processor time at {RATE * SECONDS / took:.0f} changes a second, against `kubectl get pods -w`",
               f"{shares[0]:.1f} %", f"{shares[1]:.1f} %", f"{shares[0] / shares[1]:.2f} ×", "–", True)
    peaks = ours.peak_mib(), theirs.peak_mib()
    report.fact(f"{what}, peak memory after {RATE * SECONDS} changes: {peaks[0]:.1f} MiB, "
                f"`kubectl get pods -w` {peaks[1]:.1f} MiB")


def change_often(bench, namespace, first, begin):
    for number in range(first, RATE * SECONDS, WRITERS):
        time.sleep(max(0.0, begin + number / RATE - time.perf_counter()))
        bench.change(namespace, f"{SERVICE}-{number % 2000:05}", f"load-{number}")
