"""A diagnosis of a large snapshot, and a snapshot of it, against a bare RapidJSON SAX pass over the same file."""
import json
import os

from measure import Side, compare

PODS_OF_A_SERVICE = 15
SERVICES_OF_A_NAMESPACE = 100
REVISION = "108cc42e4db86ed1d09ddfe310f4fc24"
STARTED = "2026-11-25T01:09:09Z"


def annotation(number):
    return json.dumps({
        "dubbo.metadata-service.url-params": json.dumps({"version": "1.0.0", "dubbo": "2.0.2", "release": "3.2.6",
                                                         "side": "provider", "port": "20880", "protocol": "dubbo"}),
        "dubbo.endpoints": json.dumps([{"port": 20880, "protocol": "dubbo"}]),
        "dubbo.metadata.revision": REVISION,
        "timestamp": str(1795600000000 + number)})


def container(name, ports):
    """As people write them: a probe, resources, and settings in env."""
    env = [{"name": f"SETTING_{i}", "value": f"{i:02d}" * 12} for i in range(7)]
    env.append({"name": "POD_IP", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "status.podIP"}}})
    return {
        "name": name, "image": f"registry.example/{name}:1.4.2", "imagePullPolicy": "IfNotPresent", "env": env,
        "ports": [{"containerPort": port, "name": f"p{port}", "protocol": "TCP"} for port in ports],
        "resources": {"limits": {"cpu": "2", "memory": "2Gi"}, "requests": {"cpu": "500m", "memory": "1Gi"}},
        "readinessProbe": {"failureThreshold": 3, "periodSeconds": 10, "successThreshold": 1,
                           "tcpSocket": {"port": ports[0]}, "timeoutSeconds": 1},
        "terminationMessagePath": "/dev/termination-log", "terminationMessagePolicy": "File",
        "volumeMounts": [{"mountPath": "/var/run/secrets/kubernetes.io/serviceaccount", "name": "token",
                          "readOnly": True}]}


def status(name):
    return {"containerID": "containerd://" + "c" * 64, "image": f"registry.example/{name}:1.4.2",
            "imageID": "registry.example/" + name + "@sha256:" + "d" * 64, "lastState": {}, "name": name,
            "ready": True, "restartCount": 0, "started": True, "state": {"running": {"startedAt": STARTED}}}


def pod_template():
    """10 KB, as `kubectl get pods -o json --show-managed-fields` prints one. @…@ stand for what differs."""
    conditions = ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"]
    fields = {f'k:{{"name":"SETTING_{i}"}}': {".": {}, "f:name": {}, "f:value": {}} for i in range(2)}
    containers = [("app", [20880, 22222])]
    return {
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {
            "annotations": {"io.dubbo/metadata": "@ANNOTATION@", "prometheus.io/scrape": "true"},
            "creationTimestamp": STARTED, "generateName": "@SERVICE@-7d9f8b6c5d-",
            "labels": {"app": "@SERVICE@", "app.kubernetes.io/part-of": "shop", "pod-template-hash": "7d9f8b6c5d"},
            "managedFields": [{"apiVersion": "v1", "fieldsType": "FieldsV1", "manager": "kubelet", "time": STARTED,
                               "operation": "Update", "fieldsV1": {"f:spec": {"f:containers": fields}}}],
            "name": "@POD@", "namespace": "@NAMESPACE@", "resourceVersion": "@NUMBER@",
            "ownerReferences": [{"apiVersion": "apps/v1", "blockOwnerDeletion": True, "controller": True,
                                 "kind": "ReplicaSet", "name": "@SERVICE@-7d9f8b6c5d", "uid": "u"}], "uid": "@POD@"},
        "spec": {"containers": [container(name, ports) for name, ports in containers],
                 "dnsPolicy": "ClusterFirst", "nodeName": "node-@NODE@", "restartPolicy": "Always",
                 "schedulerName": "default-scheduler", "securityContext": {}, "serviceAccountName": "@SERVICE@",
                 "terminationGracePeriodSeconds": 30,
                 "tolerations": [{"effect": "NoExecute", "key": "node.kubernetes.io/not-ready", "operator": "Exists",
                                  "tolerationSeconds": 300}],
                 "volumes": [{"name": "token", "projected": {"defaultMode": 420, "sources": [
                     {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}}]}}]},
        "status": {"conditions": [{"lastProbeTime": None, "lastTransitionTime": STARTED, "status": "True", "type": one}
                                  for one in conditions],
                   "containerStatuses": [status(name) for name, _ in containers],
                   "hostIP": "172.16.0.@NODE@", "phase": "Running", "podIP": "@ADDRESS@",
                   "podIPs": [{"ip": "@ADDRESS@"}], "qosClass": "Burstable", "startTime": STARTED}}


def address(number):
    return f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"


def node(number):
    return str(number % 200)


class Cluster:
    """Healthy: every pod is ready, registered, named by the Endpoints of its Service and by its slices."""

    def __init__(self, pods):
        self.pods = pods
        self.template = indented(pod_template())

    def service_of(self, number):
        return f"shop-service-{number // PODS_OF_A_SERVICE:05d}"

    def namespace_of(self, number):
        return f"shop-{number // (PODS_OF_A_SERVICE * SERVICES_OF_A_NAMESPACE):03d}"

    def name_of(self, number):
        return f"{self.service_of(number)}-7d9f8b6c5d-{number:06d}"

    def firsts(self):
        return range(0, self.pods, PODS_OF_A_SERVICE)

    def members(self, first):
        return range(first, min(first + PODS_OF_A_SERVICE, self.pods))

    def metadata(self, first, **more):
        return {"name": self.service_of(first), "namespace": self.namespace_of(first), **more}

    def target(self, number):
        return {"kind": "Pod", "name": self.name_of(number), "namespace": self.namespace_of(number)}

    def endpoints(self, first):
        return {"apiVersion": "v1", "kind": "Endpoints", "metadata": self.metadata(first), "subsets": [{
            "addresses": [{"ip": address(i), "nodeName": f"node-{node(i)}", "targetRef": self.target(i)}
                          for i in self.members(first)],
            "ports": [{"name": "dubbo", "port": 20880, "protocol": "TCP"}]}]}

    def slice(self, first):
        metadata = self.metadata(first, labels={"kubernetes.io/service-name": self.service_of(first)})
        metadata["name"] += "-x7k2p"
        return {"addressType": "IPv4", "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                "metadata": metadata,
                "endpoints": [{"addresses": [address(i)], "conditions": {"ready": True, "serving": True},
                               "nodeName": f"node-{node(i)}", "targetRef": self.target(i)}
                              for i in self.members(first)],
                "ports": [{"name": "dubbo", "port": 20880, "protocol": "TCP"}]}

    def service(self, first):
        return {"apiVersion": "v1", "kind": "Service", "metadata": self.metadata(first),
                "spec": {"clusterIP": address(first), "ipFamilies": ["IPv4"], "type": "ClusterIP",
                         "ports": [{"name": "dubbo", "port": 20880, "protocol": "TCP", "targetPort": 20880}],
                         "selector": {"app": self.service_of(first)}}}

    def pod(self, number):
        text = self.template
        for mark, value in (("@ANNOTATION@", json.dumps(annotation(number))[1:-1]),
                            ("@SERVICE@", self.service_of(number)), ("@POD@", self.name_of(number)),
                            ("@NAMESPACE@", self.namespace_of(number)), ("@NUMBER@", str(number + 100000)),
                            ("@NODE@", node(number)), ("@ADDRESS@", address(number))):
            text = text.replace(mark, value)
        return text

    def objects(self):
        """In kubectl's order: endpoints,services,pods,endpointslices."""
        for make in (self.endpoints, self.service):
            for first in self.firsts():
                yield indented(make(first))
        for number in range(self.pods):
            yield self.pod(number)
        for first in self.firsts():
            yield indented(self.slice(first))


def indented(thing):
    return "        " + json.dumps(thing, indent=4).replace("\n", "\n        ")


def write(path, pods):
    with open(path, "w") as file:
        file.write('{\n    "apiVersion": "v1",\n    "items": [\n')
        for number, text in enumerate(Cluster(pods).objects()):
            file.write((",\n" if number else "") + text)
        file.write('\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n')
    return os.path.getsize(path)


def measure(args, report, path, pods, size):
    bare = Side([args.sax_pass, path])
    doctor = Side([args.podreg, "doctor", "-A", "--no-probe", "--fail-on", "never", "--snapshot", path, "-o", "json"])
    snapshot = Side([args.podreg, "snapshot", "-A", "--snapshot", path, "--output-file", "/dev/null", "-q"])
    compare([bare, doctor, snapshot], args.runs if pods < 100_000 else min(args.runs, 3))
    for name, side in (("doctor -A --no-probe", doctor), ("snapshot -A", snapshot)):
        ratio = bare.time / side.time
        report.row(f"`{name}`, {pods} pods in {size / 1e6:.0f} MB JSON, speed against a bare RapidJSON SAX pass",
                   f"{size / 1e6 / side.time:.0f} MB/s", f"{size / 1e6 / bare.time:.0f} MB/s", f"{ratio:.2f}", "≥ 0.60",
                   ratio >= 0.6)
        report.row(f"`{name}`, {pods} pods, peak memory", f"{side.peak / 1024:.0f} MiB", "–", "–", "≤ 400 MiB",
                   side.peak <= 400 * 1024)
    return doctor.time


def run(args, report, scratch):
    times = {}
    for pods in [int(count) for count in args.doctor_pods.split(",")]:
        path = os.path.join(scratch, "cluster.json")
        times[pods] = measure(args, report, path, pods, write(path, pods))
        os.remove(path)
    smallest, largest = min(times), max(times)
    growth = (times[largest] / times[smallest]) / (largest / smallest)
    report.row(f"`doctor`, time for a pod, {largest} against {smallest}", f"{times[largest] / largest * 1e6:.1f} µs",
               f"{times[smallest] / smallest * 1e6:.1f} µs", f"{growth:.2f} ×", "linear", growth <= 1.3)
