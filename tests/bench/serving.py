"""Published pages: processor time per request beside nginx's and beside a Django view of the same page."""

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench.measure import Figure, Server, free_port, granian, load, server

NGINX = """
daemon off; worker_processes 1; pid {folder}/pid; error_log /dev/null;
events {{ worker_connections 512; }}
http {{
  include /etc/nginx/mime.types; access_log off; tcp_nopush off; gzip_static on; root {root};
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port}; }}
}}
"""
ROUNDS = 5


def figures(published: Path, path: str) -> Iterator[Figure]:
    """Measure nginx, the front and a Django view turn by turn; yield the ratios of the medians."""
    if not shutil.which("nginx") or not shutil.which("wrk"):
        raise RuntimeError("This figure needs nginx and wrk: apt-get install -y nginx-light wrk")
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        servers = list(_servers(stack, Path(folder), published))
        costs: dict[str, list[float]] = {target.name: [] for target in servers}
        for _ in range(ROUNDS):
            for target in servers:
                requests, cpu = load(target, path, 1)
                costs[target.name].append(cpu / requests * 1e6)
    cost = {name: statistics.median(values) for name, values in costs.items()}
    yield Figure("page_cpu_nginx", cost["nginx"], "us/request")
    yield Figure("page_cpu_front", cost["front"], "us/request")
    yield Figure("page_cpu_django_view", cost["django"], "us/request")
    yield Figure("page_cpu_front_to_nginx", cost["front"] / cost["nginx"], "ratio", "at most 2")
    yield Figure("page_cpu_django_to_front", cost["django"] / cost["front"], "ratio", "at least 100")


def _servers(stack: ExitStack, folder: Path, published: Path) -> Iterator[Server]:
    port = free_port()
    config = folder / "nginx.conf"
    folder.chmod(0o755)  # nginx's worker runs under an account of its own
    config.write_text(NGINX.format(folder=folder, root=published / "www", port=port))
    yield stack.enter_context(server("nginx", ["nginx", "-e", "/dev/null", "-c", str(config)], port))
    for name, target in (("front", "tests.bench.apps:published"), ("django", "tests.bench.apps:rendered")):
        port = free_port()
        environment = {"SAMVIRKE_PUBLISHED": str(published)}
        yield stack.enter_context(server(name, granian(target, port), port, environment=environment))
