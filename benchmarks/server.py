"""Holds the web server against nginx, which serves the same bytes as a file.

    DATABASE_URL=... python -m benchmarks.server [--path /] [--rounds 5] [--seconds 3]

The database must hold the whole landscape. Granian is started as ``run.py`` does it, nginx with as many workers and
``sendfile``; both answer on loopback, in turns, with the same compressed body under the same headers. Needs ``nginx``
and ``wrk``. Ends with 1 if the page takes 10 ms or more at the median, if the server reaches less than half of
nginx's requests a second, or if a committed change is not seen.
"""

import argparse
import gzip
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from landscape.embedded import site

CONNECTIONS = 16
LIMIT_MS = 10.0
LEAST_SHARE = 0.5
READY_SECONDS = 60
# What a connection says of itself rather than of the page.
OWN_HEADERS = {"content-length", "content-type", "date", "server", "connection", "transfer-encoding"}
GZIP = {"Accept-Encoding": "gzip"}
COOKIES = {
    "no cookie": "",
    "own cookies": "theme=dark; django_language=en",
    "others' cookies": "_ga=GA1.1.123456789.1700000000; theme=dark; _gid=GA1.1.987654321.1700000000",
}
NGINX = """
daemon off; worker_processes {workers}; pid {folder}/pid; error_log {folder}/error.log; {user}
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; open_file_cache max=8; etag off;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{
    listen 127.0.0.1:{port}; root {folder};
    location / {{ types {{}} default_type "{content_type}"; {headers} try_files /body =404; }}
  }}
}}
"""


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: Sequence[str], port: int, **environment: str) -> Iterator[None]:
    """Run a server until the block ends."""
    process = subprocess.Popen(command, env=os.environ | environment)
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not is_listening(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(f"{command[0]} does not answer.")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        process.wait(10)


def is_listening(port: int) -> bool:
    """Tell whether something takes connections."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fetch(port: int, path: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask once, on a connection of its own, so that any of the workers may answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != http.client.OK:
        raise SystemExit(f"{path} is answered {response.status}.")
    return response, body


def warm(port: int, path: str, headers: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask until every worker surely has the page; returns the last answer."""
    for _ in range(40):
        answer = fetch(port, path, headers)
    return answer


def nginx_command(folder: Path, port: int, answer: tuple[http.client.HTTPResponse, bytes]) -> list[str]:
    """Write nginx's configuration, and return the command that serves one answer as a file."""
    response, body = answer
    (folder / "body").write_bytes(body)
    folder.chmod(0o755)
    kept = [(name, value) for name, value in response.getheaders() if name.lower() not in OWN_HEADERS]
    configuration = NGINX.format(
        folder=folder,
        port=port,
        workers=site.web_settings()["GRANIAN_WORKERS"],
        user="user root;" if os.geteuid() == 0 else "",
        content_type=response.getheader("Content-Type"),
        headers=" ".join(f'add_header {name} "{value.replace(chr(34), chr(92) + chr(34))}";' for name, value in kept),
    )
    (folder / "nginx.conf").write_text(configuration)
    return ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]


def load(port: int, path: str, headers: dict[str, str], *, seconds: int) -> tuple[float, float]:
    """Return the requests a second, and the median answer's milliseconds, of sixteen busy connections."""
    given = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    address = f"http://127.0.0.1:{port}{path}"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *given, address]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told or "Socket errors" in told:
        raise SystemExit(told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    middle = re.search(r"50%\s+([\d.]+)(us|ms|s)\b", told)
    if rate is None or middle is None:
        raise SystemExit(told)
    return float(rate[1]), float(middle[1]) * {"us": 1e-3, "ms": 1.0, "s": 1e3}[middle[2]]


def alone_ms(port: int, path: str, headers: dict[str, str], count: int = 300) -> float:
    """Return the median milliseconds of one reader's requests, one after the other, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    taken = []
    for _ in range(count):
        begun = time.perf_counter()
        connection.request("GET", path, headers=headers)
        connection.getresponse().read()
        taken.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return statistics.median(taken)


def seen_after_ms(port: int, path: str, headers: dict[str, str], *, tries: int = 10) -> list[float]:
    """Commit a change and ask; return how long after each commit the answer was not the former page any more."""
    delays = []
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        for _ in range(tries):
            former = warm(port, path, headers)[0].getheader("ETag")
            connection.execute("UPDATE projects_landscape SET imported_at = imported_at")
            committed = time.perf_counter()
            asked = committed
            while fetch(port, path, headers)[0].getheader("ETag") == former:
                asked = time.perf_counter()
                if asked - committed > 5:
                    raise SystemExit("A committed change is not seen.")
            delays.append((asked - committed) * 1000)
    return delays


def compare(ports: dict[str, int], path: str, headers: dict[str, str], *, rounds: int, seconds: int) -> float:
    """Load both servers in turns, print both rates, and return the share of nginx's that ours reaches."""
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in ports}
    for _ in range(rounds):
        for name, port in ports.items():
            figures[name].append(load(port, path, headers, seconds=seconds))
    ours, theirs = (statistics.median(rate for rate, _ in figures[name]) for name in ports)
    print(
        f"{ours:10,.0f} /s   nginx {theirs:10,.0f} /s   ratio {ours / theirs:.2f}   median under load "
        + " / ".join(f"{statistics.median(ms for _, ms in each):.2f}" for each in figures.values())
        + " ms",
        end="   ",
    )
    return ours / theirs


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--path", default="/")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    options = parser.parse_args()
    ports = {"granian": free_port(), "nginx": free_port()}
    is_over = False
    settings = {name: os.environ.get(name, value) for name, value in site.web_settings().items()}
    with (
        tempfile.TemporaryDirectory() as folder,
        running(site.web_command("127.0.0.1", ports["granian"]), ports["granian"], **settings),
    ):
        answer = warm(ports["granian"], options.path, GZIP)
        size = len(gzip.decompress(answer[1]))
        print(f"{options.path}: {len(answer[1]):,} bytes compressed, {size:,} plain")
        with running(nginx_command(Path(folder), ports["nginx"], answer), ports["nginx"]):
            for name, cookie in COOKIES.items():
                headers = GZIP | ({"Cookie": cookie} if cookie else {})
                warm(ports["granian"], options.path, headers)
                share = compare(ports, options.path, headers, rounds=options.rounds, seconds=options.seconds)
                median = alone_ms(ports["granian"], options.path, headers)
                print(f"alone {median:.2f} ms   {name}")
                is_over |= share < LEAST_SHARE or median >= LIMIT_MS
        delays = seen_after_ms(ports["granian"], options.path, GZIP)
        at_once = sum(delay == 0 for delay in delays)
        print(f"a commit is seen by the next request in {at_once} of {len(delays)}; at most {max(delays):.1f} ms later")
    return int(is_over)


if __name__ == "__main__":
    sys.exit(main())
