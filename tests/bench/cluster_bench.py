"""`instances` on the real control plane, against kubectl piped into jq and against curl."""
import json
import os
import subprocess

from measure import Side, compare

METADATA_ONLY = ("application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
                 "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json")
SERVICE = "bench"


class ControlPlane:
    def __init__(self, binaries, scratch):
        self.binaries = binaries
        self.dir = os.path.join(scratch, "cluster")
        self.kubeconfig = os.path.join(self.dir, "token.kubeconfig")

    def __enter__(self):
        self.process = subprocess.Popen([os.path.join(self.binaries, "controlplane"), "-dir", self.dir],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline().strip() != "ready":
            raise SystemExit("bench: the control plane did not start; see its log")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def populate(self, namespace, pods):
        subprocess.run([os.path.join(self.binaries, "populate"), "-kubeconfig", self.kubeconfig, "-namespace", namespace,
                        "-service", SERVICE, "-pods", str(pods), "-pod-bytes", "10240"], check=True)


class Commands:
    """The same question in three ways."""

    def __init__(self, args, cluster, namespace, scratch):
        self.args, self.cluster, self.namespace, self.scratch = args, cluster, namespace, scratch
        self.kubectl = os.path.join(cluster.binaries, "kubectl")
        if not os.path.exists(self.kubectl):
            self.kubectl = "kubectl"

    def podreg(self, source):
        return Side([self.args.podreg, "instances", SERVICE, "-n", self.namespace, "-q", "-o", "json",
                     "--endpoint-source", source, "--kubeconfig", self.cluster.kubeconfig])

    def kubectl_and_jq(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "join.jq")
        kubectl = f"'{self.kubectl}' --kubeconfig '{self.cluster.kubeconfig}' -n {self.namespace} get -o json"
        # The pods of one Service need its selector; an operator writes it by hand.
        return Side(["sh", "-c", f"{{ {kubectl} endpoints,service {SERVICE}; {kubectl} pods -l app={SERVICE}; }}"
                                 f" | jq -s '{{items: map(.items) | add}}' | jq -f '{script}'"])

    def curl(self, source):
        config = json.loads(subprocess.run([self.kubectl, "--kubeconfig", self.cluster.kubeconfig, "config", "view", "--raw",
                                            "--minify", "--flatten", "-o", "json"], check=True, capture_output=True).stdout)
        server = config["clusters"][0]["cluster"]
        ca = os.path.join(self.scratch, "ca.crt")
        subprocess.run(["base64", "-d"], input=server["certificate-authority-data"].encode(), check=True,
                       stdout=open(ca, "wb"))
        headers = os.path.join(self.scratch, "headers")
        with open(os.open(headers, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(f"Authorization: Bearer {config['users'][0]['user']['token']}\n")
        core = f"{server['server']}/api/v1/namespaces/{self.namespace}"
        slices = (f"{server['server']}/apis/discovery.k8s.io/v1/namespaces/{self.namespace}/endpointslices"
                  f"?labelSelector=kubernetes.io%2Fservice-name%3D{SERVICE}")
        endpoints = slices if source == "endpointslices" else f"{core}/endpoints/{SERVICE}"
        requests = [(endpoints, "application/json"), (f"{core}/services/{SERVICE}", "application/json"),
                    (f"{core}/pods?labelSelector=app%3D{SERVICE}", METADATA_ONLY)]
        argv = ["curl", "-sS", "--fail"]
        for number, (url, accept) in enumerate(requests):
            argv += ["--next"] if number else []
            argv += ["-sS", "--fail", "--cacert", ca, "-A", "podreg/bench", "-H", f"@{headers}", "-H", f"Accept: {accept}",
                     "-o", "/dev/null", url]
        return Side(argv)


def run(args, report, scratch):
    sizes = sorted(int(size) for size in args.pods.split(","))
    measured = {}
    with ControlPlane(args.cluster_bin, scratch) as cluster:
        for size in sizes:
            cluster.populate(f"bench-{size}", size)
            measured[size] = measure_size(args, report, Commands(args, cluster, f"bench-{size}", scratch), size)
    growth(report, sizes, measured)


def measure_size(args, report, commands, size):
    large = size > 5000
    ours, slices = commands.podreg("endpoints"), commands.podreg("endpointslices")
    curl = commands.curl("endpointslices")
    kubectl = commands.kubectl_and_jq()
    compare([slices, curl], args.runs)
    compare([ours], args.runs)
    compare([kubectl], 3 if large else args.runs, memory_runs=1 if large else 3)
    what = f"`instances`, {size} pods of 10 KB"
    faster = 80 if large else 50
    report.times(f"{what}, against `kubectl get` and `jq`", slices, kubectl, f"≤ 1/{faster}" if size >= 2000 else "–",
                 lambda ratio: size < 2000 or ratio <= 1 / faster)
    report.peaks(f"{what}, peak memory against `kubectl get` and `jq`", slices, kubectl,
                 "≤ 1/25" if size >= 2000 else "–", lambda ratio: size < 2000 or ratio <= 1 / 25)
    limit = 1.5 if large else 1.15
    report.times(f"{what}, against curl downloading the same answers", slices, curl, f"≤ {limit} ×" if size >= 2000 else "–",
                 lambda ratio: size < 2000 or ratio <= limit)
    most = 64 if large else 20
    report.row(f"{what}, peak memory", f"{slices.peak / 1024:.1f} MiB", "–", "–", f"≤ {most} MiB", slices.peak <= most * 1024)
    report.fact(f"{size} pods, Endpoints as source (Dubbo's view, cut at 1,000; one more request says how many are missing): "
                f"{ours.time * 1000:.1f} ms, {ours.peak / 1024:.1f} MiB")
    return slices


def growth(report, sizes, measured):
    for small, large in zip(sizes, sizes[1:]):
        more = large - small
        memory = (measured[large].peak - measured[small].peak) * 1024 / more
        report.row(f"memory for each further pod, {small} to {large}", f"{memory:.0f} bytes", "–", "–", "< 2,048 bytes", memory < 2048)
        report.fact(f"time for each further pod, {small} to {large}: "
                    f"{(measured[large].time - measured[small].time) * 1e6 / more:.1f} µs")
