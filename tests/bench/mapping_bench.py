"""`mapping` of 300 applications with 3 revisions each on the real control plane, whose providers a server
of this program plays: the first run and the one from the cache, against one request after the other and
against `services -A`."""
import base64
import http.client
import json
import os
import shutil
import ssl
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from cluster_bench import ControlPlane
from measure import Side, compare
from providers import Providers, metadata_info, registration

APPLICATIONS = 300
REVISIONS = 3
NAMESPACE = "bench-mapping"
NODE = "node-a"  # of the control plane; Endpoints have no pods without
PROVIDER_SECONDS = 0.005  # what a provider takes to answer


class Api:
    """Makes objects as the user of a kubeconfig with a token."""

    def __init__(self, kubectl, kubeconfig):
        config = json.loads(subprocess.run([kubectl, "--kubeconfig", kubeconfig, "config", "view", "--raw", "--minify",
                                            "--flatten", "-o", "json"], check=True, capture_output=True).stdout)
        cluster = config["clusters"][0]["cluster"]
        self.address = cluster["server"].split("://")[1]
        ca = base64.b64decode(cluster["certificate-authority-data"]).decode()
        self.tls = ssl.create_default_context(cadata=ca)
        self.token = config["users"][0]["user"]["token"]
        self.local = threading.local()

    def send(self, method, path, body, content_type="application/json"):
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPSConnection(self.address, context=self.tls)
        self.local.connection.request(method, path, json.dumps(body),
                                      {"Authorization": f"Bearer {self.token}", "Content-Type": content_type})
        response = self.local.connection.getresponse()
        text = response.read()
        if response.status not in (200, 201):
            raise SystemExit(f"bench: {method} {path}: {response.status} {text[:300]}")

    def populate(self, infos):
        self.send("POST", "/api/v1/namespaces", {"metadata": {"name": NAMESPACE}})
        core = f"/api/v1/namespaces/{NAMESPACE}"
        services = [{"metadata": {"name": app}, "spec": {"selector": {"app": app}, "ports": [{"port": 20880}]}}
                    for app in sorted({info["app"] for info in infos})]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda service: self.send("POST", f"{core}/services", service), services))
            list(pool.map(lambda numbered: self.run_pod(core, *numbered), enumerate(infos)))

    def run_pod(self, core, number, info):
        name = f"{info['app']}-{number}"
        pod = {"metadata": {"name": name, "labels": {"app": info["app"]},
                            "annotations": registration(info)},
               "spec": {"nodeName": NODE, "containers": [{"name": "app", "image": "example.com/app:1"}]}}
        self.send("POST", f"{core}/pods", pod)
        ip = f"10.244.{number // 250}.{number % 250 + 1}"
        pod["status"] = {"phase": "Running", "podIP": ip, "podIPs": [{"ip": ip}],
                         "conditions": [{"type": "Ready", "status": "True"}]}
        self.send("PUT", f"{core}/pods/{name}/status", pod)


def wait_for_instances(command, wanted):
    for _ in range(600):
        listed = json.loads(subprocess.run([*command, "-o", "json", "-q"], check=True, capture_output=True).stdout)
        if sum(item["instances"] for item in listed["items"]) == wanted:
            return
        time.sleep(0.2)
    raise SystemExit("bench: the Endpoints do not become complete")


def run(args, report, scratch):
    infos = [metadata_info(application, number) for application in range(APPLICATIONS) for number in range(REVISIONS)]
    with ControlPlane(args.cluster_bin, scratch) as cluster:
        kubectl = os.path.join(cluster.binaries, "kubectl")
        Api(kubectl if os.path.exists(kubectl) else "kubectl", cluster.kubeconfig).populate(infos)
        connection = ["-A", "--kubeconfig", cluster.kubeconfig]
        services = [args.podreg, "services", *connection]
        wait_for_instances(services, len(infos))
        measure(args, report, scratch, Providers(infos, lambda _: PROVIDER_SECONDS), services, [args.podreg, "mapping", *connection])


def measure(args, report, scratch, providers, services, mapping):
    home = os.path.join(scratch, "cache")
    env = {**os.environ, "XDG_CACHE_HOME": home}
    mapping = [*mapping, "--connect", "127.0.0.1:%d" % providers.server_address[1], "-o", "json", "-q"]
    # What is kept counts, and so does making room for it.
    first = Side(["sh", "-c", 'rm -rf "$XDG_CACHE_HOME"; exec "$@"', "sh", *mapping], env)
    single = Side([*mapping, "--no-cache", "--concurrency", "1"], env)
    cached, listing = Side(mapping, env), Side([*services, "-o", "json", "-q"], env)
    compare([first, single], max(args.runs // 3, 3), memory_runs=1)
    shutil.rmtree(home, ignore_errors=True)
    subprocess.run(mapping, env=env, check=True, stdout=subprocess.DEVNULL)
    asked = providers.asked
    compare([cached, listing], args.runs)
    if providers.asked != asked:
        raise SystemExit(f"bench: {providers.asked - asked} providers were asked although all is in the cache")
    what = f"`mapping -A`, {APPLICATIONS} applications × {REVISIONS} revisions"
    report.times(f"{what}, first run against one request after the other", first, single, "–", lambda ratio: True)
    report.times(f"{what}, from the cache against one request after the other", cached, single, "–", lambda ratio: True)
    report.times(f"{what}, from the cache against `services -A`", cached, listing, "≤ 1.5 ×", lambda ratio: ratio <= 1.5)
    report.peaks(f"{what}, peak memory from the cache against `services -A`", cached, listing, "–", lambda ratio: True)
