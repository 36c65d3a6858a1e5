"""Providers that a server of this program plays: what they export, register and answer."""
import hashlib
import json
import re
import socketserver
import struct
import threading
import time

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


def registration(info):
    """The annotations of a pod of that revision."""
    params = json.dumps({"port": "20880", "protocol": "dubbo", "version": "1.0.0"})
    return {"io.dubbo/metadata": json.dumps({
        "dubbo.metadata-service.url-params": params, "dubbo.metadata.revision": info["revision"],
        "dubbo.endpoints": json.dumps([{"port": 20880, "protocol": "dubbo"}])})}


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

    def __init__(self, infos, seconds):
        """`seconds` is a function: how long the provider of a revision takes to answer."""
        super().__init__(("127.0.0.1", 0), Answer)
        self.seconds = seconds
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
        time.sleep(self.server.seconds(revision.decode()))
        body = self.server.answers[revision]
        self.wfile.write(b"\xda\xbb\x02\x14" + head[4:12] + struct.pack(">I", len(body)) + body)
        self.rfile.read(1)  # until the other side closes
