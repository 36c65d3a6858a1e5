"""A large snapshot, against a bare RapidJSON SAX pass over the same file."""
import json
import os

from measure import Side, compare


def pod(number, service):
    """About 10 KB, as `kubectl get pods -o json` prints one, with its managedFields."""
    name = f"{service}-{number:06d}"
    annotation = json.dumps({
        "dubbo.metadata-service.url-params": json.dumps({"version": "1.0.0", "dubbo": "2.0.2", "release": "3.2.6",
                                                         "side": "provider", "port": "20880", "protocol": "dubbo"}),
        "dubbo.endpoints": json.dumps([{"port": 20880, "protocol": "dubbo"}]),
        "dubbo.metadata.revision": "108cc42e4db86ed1d09ddfe310f4fc24",
        "timestamp": str(1795490486854 + number)})
    fields = {f"f:FIELD_{i}": {".": {}, "f:name": {}, "f:value": {}} for i in range(30)}
    return {
        "apiVersion": "v1", "kind": "Pod",
        "metadata": {"name": name, "namespace": "demo", "labels": {"app": service},
                     "annotations": {"io.dubbo/metadata": annotation},
                     "managedFields": [{"apiVersion": "v1", "fieldsType": "FieldsV1", "manager": "kubelet",
                                        "operation": "Update", "fieldsV1": {"f:spec": fields}}],
                     "resourceVersion": str(100000 + number), "uid": f"0000-{number:012d}"},
        "spec": {"containers": [{"image": "registry.example/shop:1", "name": "app",
                                 "env": [{"name": f"FIELD_{i}", "value": "v" * 40} for i in range(30)]}]},
        "status": {"phase": "Running", "podIP": address(number)}}


def address(number):
    return f"10.{number // 65536 % 256}.{number // 256 % 256}.{number % 256}"


def write(path, megabytes):
    """One Service with three pods, and as many pods of others as fit."""
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "shop", "namespace": "demo"},
               "spec": {"selector": {"app": "shop"}, "ports": [{"port": 20880}]}}
    endpoints = {"apiVersion": "v1", "kind": "Endpoints", "metadata": {"name": "shop", "namespace": "demo"},
                 "subsets": [{"addresses": [{"ip": address(i), "targetRef": {"kind": "Pod", "name": f"shop-{i:06d}"}}
                                            for i in range(3)], "ports": [{"port": 20880}]}]}
    with open(path, "w") as file:
        file.write('{\n    "apiVersion": "v1",\n    "items": [\n')
        objects = [endpoints, service] + [pod(i, "shop") for i in range(3)]
        number = 0
        while file.tell() < megabytes * 1_000_000:
            for thing in objects:
                text = json.dumps(thing, indent=4)
                file.write(("" if number == 0 else ",\n") + "        " + text.replace("\n", "\n        "))
                number += 1
            objects = [pod(number + i, "other") for i in range(100)]
        file.write('\n    ],\n    "kind": "List",\n    "metadata": {\n        "resourceVersion": ""\n    }\n}\n')


def run(args, report, scratch):
    peaks = []
    for megabytes in sorted({50, args.snapshot_mb}):
        path = os.path.join(scratch, "snapshot.json")
        write(path, megabytes)
        ours = Side([args.podreg, "instances", "shop", "-n", "demo", "--snapshot", path, "-o", "json"])
        bare = Side([args.sax_pass, path])
        compare([ours, bare], args.runs)
        peaks.append(ours.peak)
        if megabytes == args.snapshot_mb:
            speed = bare.time / ours.time
            report.row(f"snapshot of {megabytes} MB JSON, speed against a bare RapidJSON SAX pass",
                       f"{megabytes / ours.time:.0f} MB/s", f"{megabytes / bare.time:.0f} MB/s", f"{speed:.2f}",
                       "≥ 0.70", speed >= 0.7)
        os.remove(path)
    report.row(f"peak memory, snapshot of {args.snapshot_mb} MB against one of 50 MB", f"{peaks[-1] / 1024:.1f} MiB",
               f"{peaks[0] / 1024:.1f} MiB", f"{peaks[-1] / peaks[0]:.2f} ×", "the same", peaks[-1] / peaks[0] < 1.1)
