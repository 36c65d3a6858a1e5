"""`mapping` of 300 applications with 3 revisions each on the real control plane, whose providers a server
of this program plays: the first run and the one from the cache, against one request after the other and
against `services -A`."""
import base64
import hashlib
import http.client
import json
import os
import re
import shutil
import socketserver
import ssl
import struct
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from cluster_bench import ControlPlane
from measure import Side, compare

APPLICATIONS = 300
REVISIONS = 3
NAMESPACE = "bench-mapping"
NODE = "node-a"  # of the control plane; Endpoints have no pods without
PROVIDER_SECONDS = 0.005  # what a provider takes to answer
PARAMS = {"side": "provider", "release": "3.2.6", "deprecated": "false", "dubbo": "2.0.2", "dynamic": "true",
          "generic": "false", "metadata-type": "local", "service-name-mapping": "true",
          "prefer.serialization": "fastjson2,hessian2", "methods": "add,echo,getOrder,saveOrder"}


def metadata_info(application, number):
    """What revision `number` of the application exports, as Dubbo's MetadataInfo."""
    app = f"app-{application:03}"
    services = {}
    for kind in ("Order", "Stock"):
        name = f"com.example.app{application:03}.{kind}Service"
        params = {**PARAMS, "application": app, "interface": name, "weight": str(100 + number)}
        services[f"{name}:dubbo"] = {"name": name, "params": params, "path": name, "port": 20880, "protocol": "dubbo"}
    text = app
    for key in sorted(services):
        service = services[key]
        params = ", ".join(f"{name}={value}" for name, value in sorted(service["params"].items()))
        text += f"{key}{service['port']}{service['path']}{{{params}}}"
    return {"app": app, "revision": hashlib.md5(text.encode()).hexdigest(), "services": services}


def hessian2(value):
    if isinstance(value, int):
        return b"I" + struct.pack(">i", value)
    if isinstance(value, dict):
        return b"H" + b"".join(hessian2(key) + hessian2(mapped) for key, mapped in value.items()) + b"Z"
    text = value.encode()
    return struct.pack(">BH", ord("S"), len(value)) + text


class Providers(socketserver.ThreadingTCPServer):
    """All of them at one address, to which --connect leads."""
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 256

    def __init__(self, infos):
        super().__init__(("127.0.0.1", 0), Answer)
        self.answers = {info["revision"].encode(): b"\x94" + hessian2(info) + b"HZ" for info in infos}
        self.asked = 0
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Answer(socketserver.StreamRequestHandler):
    def handle(self):
        head = self.rfile.read(16)
        if len(head) < 16:
            return
        revision = re.search(rb"[0-9a-f]{32}", self.rfile.read(int.from_bytes(head[12:16], "big")))[0]
        self.server.asked += 1
        time.sleep(PROVIDER_SECONDS)
        body = self.server.answers[revision]
        self.wfile.write(b"\xda\xbb\x02\x14" + head[4:12] + struct.pack(">I", len(body)) + body)
        self.rfile.read(1)  # until the other side closes


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

    def send(self, method, path, body):
        if not hasattr(self.local, "connection"):
            self.local.connection = http.client.HTTPSConnection(self.address, context=self.tls)
        self.local.connection.request(method, path, json.dumps(body),
                                      {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"})
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
        params = json.dumps({"port": "20880", "protocol": "dubbo", "version": "1.0.0"})
        registered = {"dubbo.metadata-service.url-params": params, "dubbo.metadata.revision": info["revision"],
                      "dubbo.endpoints": json.dumps([{"port": 20880, "protocol": "dubbo"}])}
        pod = {"metadata": {"name": name, "labels": {"app": info["app"]},
                            "annotations": {"io.dubbo/metadata": json.dumps(registered)}},
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
        measure(args, report, scratch, Providers(infos), services, [args.podreg, "mapping", *connection])


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
