"""`instances` from a far server, compressed and not: through a relay that is as slow as a link of
20 Mbit/s with 50 ms there and back. A relay of our own, because not every kernel has tc's netem; it
shapes what TLS carries, not the packets, so the handshakes of TCP are not slowed."""
import queue
import socket
import threading
import time

from cluster_bench import SERVICE, ControlPlane
from measure import Side, compare

DELAY = 0.025  # seconds, each way
BYTES_PER_SECOND = 20e6 / 8


class FarLink:
    """Listens on a free port of 127.0.0.1 and passes everything on to another one."""

    def __init__(self, port):
        self.target = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(("127.0.0.1", self.target))
            for source, sink in ((client, server), (server, client)):
                on_its_way = queue.Queue(maxsize=64)
                threading.Thread(target=self.take, args=(source, on_its_way), daemon=True).start()
                threading.Thread(target=self.deliver, args=(on_its_way, sink), daemon=True).start()

    @staticmethod
    def take(source, on_its_way):
        """Each piece with the moment at which its last byte arrives."""
        free = 0.0  # when the link has sent all that it was given
        while True:
            try:
                piece = source.recv(16384)
            except OSError:
                piece = b""
            free = max(free, time.monotonic()) + len(piece) / BYTES_PER_SECOND
            on_its_way.put((free + DELAY, piece))
            if not piece:
                return

    @staticmethod
    def deliver(on_its_way, sink):
        while True:
            moment, piece = on_its_way.get()
            time.sleep(max(0.0, moment - time.monotonic()))
            try:
                if not piece:
                    sink.shutdown(socket.SHUT_WR)
                    return
                sink.sendall(piece)
            except OSError:
                return


def run(args, report, scratch):
    size = 2000
    with ControlPlane(args.cluster_bin, scratch) as cluster:
        cluster.populate(f"bench-{size}", size)
        measure(args, report, cluster.kubeconfig, f"bench-{size}", size)


def measure(args, report, kubeconfig, namespace, size):
    with open(kubeconfig) as file:
        server = next(line.split()[1] for line in file if line.strip().startswith("server:"))
    link = FarLink(int(server.rsplit(":", 1)[1]))
    for where, address in (("near", server), ("far", f"https://127.0.0.1:{link.port}")):
        command = [args.podreg, "instances", SERVICE, "-n", namespace, "-q", "-o", "json", "--kubeconfig", kubeconfig,
                   "--endpoint-source", "endpointslices", "-s", address, "--compression"]
        compressed, plain = Side([*command, "on"]), Side([*command, "off"])
        compare([compressed, plain], args.runs, memory_runs=1)
        report.times(f"`instances`, {size} pods of 10 KB, {where} server, compressed against not", compressed, plain,
                     "≤ 0.5 ×" if where == "far" else "–", lambda ratio, far=where == "far": not far or ratio <= 0.5)
