"""`probe` of 1,000 URLs, as many at once as it can, whose provider a server of this program plays, against one after the other."""
import asyncio
import struct
import threading

from measure import Side, compare

URLS = 1000
AT_ONCE = 256  # the most that --concurrency takes
SECONDS = 0.02  # what the provider takes to answer
VALUE_AND_ATTACHMENTS = b"\x94\x06podregH\x05dubbo\x052.0.2Z"  # what $echo gives back, in hessian2


async def serve(reader, writer):
    try:
        while True:
            head = await reader.readexactly(16)
            await reader.readexactly(int.from_bytes(head[12:16], "big"))
            event = head[2] & 0x20
            body = b"N" if event else VALUE_AND_ATTACHMENTS
            if not event:
                await asyncio.sleep(SECONDS)
            writer.write(struct.pack(">HBB8sI", 0xdabb, 2 | event, 20, head[4:12], len(body)) + body)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


def provider():
    """The port of one that runs as long as this program."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(serve, "127.0.0.1", 0, backlog=2 * URLS))
    threading.Thread(target=loop.run_forever, daemon=True).start()
    return server.sockets[0].getsockname()[1]


def run(args, report, _):
    port = provider()
    urls = [f"dubbo://127.0.0.1:{port}/com.example.app{number:04}.OrderService" for number in range(URLS)]
    command = [args.podreg, "probe", "-q", "-o", "json", *urls, "--concurrency"]
    ours, one = Side([*command, str(AT_ONCE)]), Side([*command, "1"])
    compare([ours], args.runs)
    compare([one], 1, memory_runs=1)
    what = f"`probe` of {URLS} URLs, {AT_ONCE} at once"
    report.times(f"{what}, against one after the other", ours, one, "≤ 2 s", lambda _: ours.time <= 2)
    report.peaks(f"{what}, peak memory, against one after the other", ours, one, "≤ 40 MiB", lambda _: ours.peak <= 40 * 1024)
