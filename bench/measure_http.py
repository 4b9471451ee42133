"""How much server CPU does a request of the API cost, against an empty Flask route?"""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import quote

from bench.device_app import VALUES, temporary_folder, token, workspace
from bench.ratio import Ratio

ROOT = "/api/v1/apps/fleet/forms/device/records"
TOTALS = "/api/v1/apps/fleet/forms/device/aggregate"
FILTER = quote(
    '{"all": [{"field": "price", "op": ">", "value": "1000"}, {"feel": "fixed = true"}]}'
)
ALLOWED = {"read": 12, "list": 18, "filtered list": 18, "aggregate by stage": 18, "create": 25}
REQUESTS = 1000
ROUNDS = 5
TICKS = os.sysconf("SC_CLK_TCK")


def measure() -> Iterator[Ratio]:
    """Yield the promises of a read, a list and a create over HTTP on SQLite."""
    home = temporary_folder()
    services = workspace(f"sqlite:///{home / 'bench.db'}", home)
    key = token(services)
    services.store.close()
    with _server(home) as (port, processor_time):
        ask = _asker(port, key)
        made = json.loads(ask("POST", ROOT, {"values": VALUES}))
        for _ in range(40):
            ask("POST", ROOT, {"values": VALUES})
        jobs: dict[str, Callable[[], object]] = {
            "empty": lambda: ask("GET", "/empty"),
            "read": lambda: ask("GET", f"{ROOT}/{made['id']}"),
            "list": lambda: ask("GET", f"{ROOT}?limit=20"),
            "filtered list": lambda: ask("GET", f"{ROOT}?limit=20&filter={FILTER}&sort=-price"),
            "aggregate by stage": lambda: ask("GET", f"{TOTALS}?by=stage&measures=count,sum:price"),
            "create": lambda: ask("POST", ROOT, {"values": VALUES}),
        }
        costs = _costs(jobs, processor_time)
    for name, allowed in ALLOWED.items():
        detail = f"{costs[name] * 1000:.3f} ms against {costs['empty'] * 1000:.3f} ms"
        yield Ratio(f"HTTP {name}, server CPU", costs[name] / costs["empty"], allowed, detail)


def _costs(
    jobs: dict[str, Callable[[], object]], processor_time: Callable[[], float]
) -> dict[str, float]:
    seen: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            before = processor_time()
            for _ in range(REQUESTS):
                job()
            seen[name].append((processor_time() - before) / REQUESTS)
    return {name: median(costs) for name, costs in seen.items()}


@contextmanager
def _server(home: Path) -> Iterator[tuple[int, Callable[[], float]]]:
    port = 8300 + os.getpid() % 1000
    environment = {
        **os.environ,
        "HOME_DIR": str(home),
        "DATABASE_URL": f"sqlite:///{home / 'bench.db'}",
    }
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--factory", "--workers", "1",
        "--blocking-threads", "1", "--port", str(port), "--log-level", "warning",
        "bench.http_target:create",
    ]  # fmt: skip
    process = subprocess.Popen(command, env=environment, start_new_session=True)
    try:
        _wait_for(port)
        yield port, lambda: sum(_processor_time(pid) for pid in _family(process.pid))
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait_for(port: int) -> None:
    deadline, pause = time.monotonic() + 30, threading.Event()
    while time.monotonic() < deadline:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/empty")
            connection.getresponse().read()
            return
        except OSError:
            pause.wait(0.1)
    raise RuntimeError("the server did not start")


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(int(child) for child in children)]


def _processor_time(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _asker(port: int, key: str) -> Callable[..., bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def ask(method: str, path: str, body: object = None) -> bytes:
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise RuntimeError(content.decode())
        return content

    return ask
