"""`urls` of an application with 200 revisions, whose providers a server of this program plays, against
`urls` of the one whose provider takes longest."""
import json
import os

from measure import Side, compare
from providers import Providers, metadata_info, registration

REVISIONS = 200
SLOWEST = 0.2  # seconds
OTHERS = 0.01


def objects(service, infos, network):
    """A Service, and a pod of each revision behind it."""
    pods = [{"apiVersion": "v1", "kind": "Pod",
             "metadata": {"name": f"{service}-{number}", "namespace": "demo", "labels": {"app": service},
                          "annotations": registration(info)},
             "status": {"phase": "Running", "podIP": f"10.{network}.0.{number}"}} for number, info in enumerate(infos)]
    addresses = [{"ip": pod["status"]["podIP"], "targetRef": {"kind": "Pod", "name": pod["metadata"]["name"]}}
                 for pod in pods]
    metadata = {"name": service, "namespace": "demo"}
    return [*pods, {"apiVersion": "v1", "kind": "Service", "metadata": metadata,
                    "spec": {"selector": {"app": service}, "ports": [{"port": 20880}]}},
            {"apiVersion": "v1", "kind": "Endpoints", "metadata": metadata,
             "subsets": [{"addresses": addresses, "ports": [{"port": 20880}]}]}]


def run(args, report, scratch):
    infos = [metadata_info(0, number) for number in range(REVISIONS)]
    slowest = infos[-1]["revision"]
    snapshot = os.path.join(scratch, "revisions.json")
    with open(snapshot, "w") as file:
        items = objects("all", infos, 244) + objects("slowest", infos[-1:], 245)
        json.dump({"apiVersion": "v1", "kind": "List", "items": items}, file)
    what = f"`urls`, {REVISIONS} revisions"
    measure(args, report, snapshot, f"{what}, one provider slower than the others, against that one",
            Providers(infos, lambda revision: SLOWEST if revision == slowest else OTHERS))
    measure(args, report, snapshot, f"{what}, all providers slow, `--concurrency {REVISIONS}`, against one",
            Providers(infos, lambda revision: SLOWEST), "--concurrency", str(REVISIONS))


def measure(args, report, snapshot, what, providers, *options):
    command = [args.podreg, "urls", "--snapshot", snapshot, "-n", "demo", "-q", "-o", "url", *options,
               "--connect", "127.0.0.1:%d" % providers.server_address[1]]
    everything, slowest = Side([*command, "all"]), Side([*command, "slowest"])
    compare([everything, slowest], args.runs, memory_runs=1)
    providers.shutdown()
    report.times(what, everything, slowest, "≤ 3 ×", lambda ratio: ratio <= 3)
