"""The real neighbours that the suite talks to: found on this machine, or fetched, or missing with a reason.

    with a fixture:  services.need(services.postgresql)     skips when it is missing, or fails if
                                                            REQUIRE_SERVICES=1
    by hand:         python -m tests.services               one line for each: found, fetched or missing

Each is started once in a process, on this machine only, in a temporary folder, and ends with the process. A
run over several processes starts PostgreSQL and Redis once and passes their addresses on in TEST_DATABASE_URL
and TEST_REDIS_URL (tests/run.py).
"""

import atexit
import fcntl
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
HTML_CHECK = ROOT / "tools" / "htmlcheck"
AS_ROOT = os.geteuid() == 0
NU = ["--format", "json", "--stdout", "--exit-zero-always"]
INITDB = ["-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
REDIS_PACKAGES = ["redis-server", "redis-tools", "liblua5.1-0", "liblzf1", "libjemalloc2", "libatomic1"]


class Missing(Exception):
    """A service that is not here and could not be fetched; the text says why."""


def need(service: Callable[[], Any]) -> Any:
    """The service, or the end of the test: skipped, or failed where services are required."""
    import pytest

    try:
        return service()
    except Missing as missing:
        reason = f"{service.__name__}: {missing}"
        if required():
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def required() -> bool:
    return os.environ.get("REQUIRE_SERVICES") == "1"


# --- Debian's packages --------------------------------------------------------------------------------------


@contextmanager
def _one_apt_at_a_time() -> Iterator[None]:
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "apt.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(*command: str, cwd: Path | None = None, timeout: int = 900) -> str:
    done = subprocess.run(
        command, cwd=cwd, timeout=timeout, text=True, stdin=subprocess.DEVNULL, capture_output=True
    )
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise Missing(f"{' '.join(command[:3])}: {last}")
    return done.stdout


def _fresh_lists(package: str) -> None:
    if not shutil.which("apt-get"):
        raise Missing("no apt-get on this machine to fetch it with")
    if not _run("apt-cache", "search", "--names-only", f"^{re.escape(package)}$").strip():
        if not AS_ROOT:
            raise Missing(f"apt knows no {package}; 'sudo apt-get update' may help")
        _run("apt-get", "update", "-q")


def _install(*packages: str) -> None:
    """apt-get install, for root only."""
    if not AS_ROOT:
        raise Missing(f"not installed; 'sudo apt-get install {' '.join(packages)}' would do it")
    with _one_apt_at_a_time():
        _fresh_lists(packages[0])
        os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
        lock = "-oDPkg::Lock::Timeout=120"
        _run("apt-get", "install", "-q", "-y", "--no-install-recommends", lock, *packages)


def _unpack(name: str, packages: list[str]) -> Path:
    """Packages downloaded and unpacked under .cache/, which needs no root; the folder."""
    folder = CACHE / name
    with _one_apt_at_a_time():
        if not folder.is_dir():
            _fresh_lists(packages[0])
            with tempfile.TemporaryDirectory(prefix="debs-") as downloads:
                _run("apt-get", "download", "-q", *packages, cwd=_open_to_apt(Path(downloads)))
                draft = folder.with_name(f"{name}.new")
                shutil.rmtree(draft, ignore_errors=True)
                for deb in Path(downloads).glob("*.deb"):
                    _run("dpkg-deb", "-x", str(deb), str(draft))
                draft.rename(folder)
    return folder


def _open_to_apt(folder: Path) -> Path:
    folder.chmod(0o777)  # apt downloads as its own user
    return folder


def _library_path(unpacked: Path) -> dict[str, str]:
    folders = {str(path.parent) for path in (unpacked / "usr" / "lib").rglob("*.so.*")}
    return {"LD_LIBRARY_PATH": ":".join(sorted(folders))}


def _first(rungs: list[Callable[[], Any]]) -> Any:
    """The first rung of a ladder that holds; otherwise what each of them said."""
    said = []
    for rung in rungs:
        try:
            return rung()
        except Missing as missing:
            said.append(str(missing))
    raise Missing("; ".join(said))


# --- folders ------------------------------------------------------------------------------------------------

IN_MEMORY = Path("/dev/shm")
PLENTY = 4 << 30


@cache
def quick_folder() -> Path:
    """Where what a run leaves behind may lie: in memory where there is plenty, for a database is a thousand files and
    each commit waits for its disk. A power cut is not among what the tests stand."""
    if os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free >= PLENTY:
        return IN_MEMORY
    return Path("/tmp")


# --- processes ----------------------------------------------------------------------------------------------


def _scratch(prefix: str, owner: pwd.struct_passwd | None = None) -> Path:
    """A temporary folder that goes with this process. Short, for a socket's path may have 107 letters."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=quick_folder()))
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _stop(process: subprocess.Popen, how: int) -> None:
    if process.poll() is None:
        process.send_signal(how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# --- PostgreSQL ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Postgresql:
    """A server on which databases may be made and dropped. `url` is its maintenance database."""

    url: str
    how: str

    def template(self, key: str, prepare: Callable[[str], None]) -> str:
        """A database that `prepare(url)` fills once, however many processes ask; its name.

        `key` says what is in it (a hash of the migrations, say): another key is another template.
        """
        name = f"template_{key}"
        with self._connection() as connection:
            connection.execute("SELECT pg_advisory_lock(hashtext(%s))", [name])
            try:
                if not self._exists(connection, name):
                    draft = f"{name}_{secrets.token_hex(3)}"
                    connection.execute(f'CREATE DATABASE "{draft}"')
                    prepare(self.address(draft))
                    connection.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
            finally:
                connection.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])
        return name

    def fresh(self, template: str = "template0") -> str:
        """The address of a new database that is a copy of a template."""
        name = f"test_{secrets.token_hex(6)}"
        with self._connection() as connection:
            # File by file: the other way writes every page into the log first.
            how = " STRATEGY file_copy" if connection.info.server_version >= 150_000 else ""
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{how}')
        return self.address(name)

    def drop(self, url: str) -> None:
        name = re.sub(r"\?.*", "", url).rpartition("/")[2]
        with self._connection() as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def address(self, database: str) -> str:
        return re.sub(r"^(\w+://[^/]*)/[^?]*", rf"\1/{database}", self.url)

    def _connection(self) -> Any:
        import psycopg

        return psycopg.connect(re.sub(r"^postgresql\+\w+:", "postgresql:", self.url), autocommit=True)

    @staticmethod
    def _exists(connection: Any, name: str) -> bool:
        return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


@cache
def postgresql() -> Postgresql:
    return _first([_given_postgresql, _found_postgresql, _unpacked_postgresql, _installed_postgresql])


def fresh_postgres(template: str) -> str:
    """The address of a new database, a copy of `template` (see Postgresql.template)."""
    return postgresql().fresh(template)


def _given_postgresql() -> Postgresql:
    url = os.environ.get("TEST_DATABASE_URL")
    if not url:
        raise Missing("TEST_DATABASE_URL is not set")
    server = Postgresql(url, "given in TEST_DATABASE_URL")
    try:
        server._connection().close()
    except Exception as problem:
        raise Missing(f"TEST_DATABASE_URL does not answer: {problem}") from problem
    return server


def _newest_programs(folder: Path) -> Path:
    versions = [path for path in folder.glob("*/bin") if (path / "initdb").exists()]
    if not versions:
        raise Missing(f"none in {folder}")
    return max(versions, key=lambda path: float(path.parent.name))


def _found_postgresql() -> Postgresql:
    beside = shutil.which("initdb")
    programs = Path(beside).resolve().parent if beside else _newest_programs(Path("/usr/lib/postgresql"))
    return _start_cluster(programs, {}, f"found in {programs}")


def _unpacked_postgresql() -> Postgresql:
    with _one_apt_at_a_time():
        _fresh_lists("postgresql")
        depends = _run("apt-cache", "depends", "postgresql")
    package = re.search(r"postgresql-\d+", depends)
    if not package:
        raise Missing("apt does not say which version 'postgresql' is")
    unpacked = _unpack("postgresql", [package.group(), "libpq5"])
    programs = _newest_programs(unpacked / "usr" / "lib" / "postgresql")
    return _start_cluster(programs, _library_path(unpacked), f"fetched {package.group()} into .cache/")


def _installed_postgresql() -> Postgresql:
    _install("postgresql")
    programs = _newest_programs(Path("/usr/lib/postgresql"))
    return _start_cluster(programs, {}, f"installed into {programs}")


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom to run PostgreSQL as: it refuses root."""
    if not AS_ROOT:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Missing("no user 'postgres' or 'nobody' to run it as")


def _start_cluster(programs: Path, libraries: dict[str, str], how: str) -> Postgresql:
    user = _unprivileged()
    folder = _scratch("pg-", user)
    identity: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    environment = {"PATH": os.environ["PATH"], "LANG": "C", "TZ": "UTC", **libraries}
    log = folder / "log"
    data = str(folder / "data")
    try:
        made = subprocess.run(
            [programs / "initdb", "-D", data, "-U", "postgres", *INITDB],
            env=environment, cwd=folder, text=True, capture_output=True, **identity,
        )  # fmt: skip
    except OSError as problem:
        raise Missing(f"{programs}/initdb: {problem.strerror}") from problem
    if made.returncode:
        raise Missing(f"{programs}/initdb: {made.stderr.strip().splitlines()[-1]}")
    # A test cluster may lose everything at a power cut; it listens on a socket in its own folder only.
    settings = ["listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off"]
    settings += ["max_connections=200", "shared_buffers=64MB", f"unix_socket_directories={folder}"]
    options = [part for setting in settings for part in ("-c", setting)]
    with log.open("w") as output:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *options],
            env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True, **identity,
        )  # fmt: skip
    atexit.register(_stop, process, signal.SIGINT)
    server = Postgresql(f"postgresql://postgres@/postgres?host={folder}", how)
    for _ in range(200):
        try:
            server._connection().close()
            return server
        except Exception:
            if process.poll() is not None:
                break
            time.sleep(0.05)
    raise Missing(f"{programs}/postgres did not start: {log.read_text().strip().splitlines()[-1:]}")


# --- Redis --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Redis:
    url: str
    how: str


@cache
def redis() -> Redis:
    return _first([_given_redis, _found_redis, _unpacked_redis, _installed_redis])


def _given_redis() -> Redis:
    url = os.environ.get("TEST_REDIS_URL")
    if not url:
        raise Missing("TEST_REDIS_URL is not set")
    return _answering(Redis(url, "given in TEST_REDIS_URL"))


def _found_redis() -> Redis:
    program = shutil.which("redis-server")
    if not program:
        raise Missing("no redis-server on the path")
    return _start_redis(program, {}, f"found {program}")


def _unpacked_redis() -> Redis:
    unpacked = _unpack("redis", REDIS_PACKAGES)
    # /usr/bin/redis-server is a link to redis-check-rdb, by an absolute path in some releases.
    program = unpacked / "usr" / "bin" / "redis-check-rdb"
    copy = unpacked / "redis-server"
    if not copy.exists():
        shutil.copy(program, copy)
    return _start_redis(str(copy), _library_path(unpacked), "fetched redis-server into .cache/")


def _installed_redis() -> Redis:
    _install("redis-server")
    return _start_redis("redis-server", {}, "installed redis-server")


def _start_redis(program: str, libraries: dict[str, str], how: str) -> Redis:
    folder = _scratch("redis-")
    port = free_port()
    options = [
        "--bind",
        "127.0.0.1",
        "--port",
        str(port),
        "--save",
        "",
        "--appendonly",
        "no",
        "--dir",
        str(folder),
    ]
    try:
        process = subprocess.Popen(
            [program, *options],
            env={**os.environ, **libraries}, stdin=subprocess.DEVNULL, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError as problem:
        raise Missing(f"{program}: {problem.strerror}") from problem
    atexit.register(_stop, process, signal.SIGTERM)
    return _answering(Redis(f"redis://127.0.0.1:{port}/0", how))


def _answering(server: Redis) -> Redis:
    import redis as client

    for _ in range(100):
        try:
            with client.Redis.from_url(server.url) as connection:
                connection.ping()
            return server
        except client.RedisError as problem:
            said = problem
            time.sleep(0.05)
    raise Missing(f"{server.url} does not answer: {said}")


# --- a browser ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Chromium:
    """For playwright: `chromium.launch(executable_path=found.path, args=found.args)`."""

    path: str
    how: str
    args: tuple[str, ...] = (
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
    )


@cache
def chromium() -> Chromium:
    names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
    names.append("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    for name in names:
        path = shutil.which(name)
        if path:
            return Chromium(path, f"found {path}")
    _install("chromium")
    return Chromium("/usr/bin/chromium", "installed chromium")


# --- wrk, for bench/ ----------------------------------------------------------------------------------------


@cache
def wrk() -> str:
    """The program that sends load."""
    if not shutil.which("wrk"):
        _install("wrk")
    return shutil.which("wrk") or "wrk"


# --- the HTML checker ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HtmlChecker:
    """The Nu checker. One call starts a Java machine (seconds): give it all pages at once."""

    jar: Path
    how: str

    def problems(self, pages: list[Path]) -> list[dict[str, Any]]:
        """What is wrong in these files: dictionaries with `url`, `type`, `message`, `lastLine`, `extract`."""
        import json

        done = subprocess.run(
            ["java", "-Xss1m", "-jar", self.jar, *NU, *pages],
            text=True, capture_output=True, stdin=subprocess.DEVNULL, check=True, timeout=300,
        )  # fmt: skip
        return json.loads(done.stdout)["messages"]


@cache
def vnu() -> HtmlChecker:
    if not _java_is_new_enough():
        _install("default-jre-headless")
    jar = HTML_CHECK / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if jar.exists():
        return HtmlChecker(jar, "found in tools/htmlcheck")
    if not shutil.which("npm"):
        _install("nodejs", "npm")
    with _one_apt_at_a_time():
        if not jar.exists():
            _run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=HTML_CHECK)
    if not jar.exists():
        raise Missing(f"npm ci brought no {jar.name}")
    return HtmlChecker(jar, "fetched by npm into tools/htmlcheck")


def _java_is_new_enough() -> bool:
    if not shutil.which("java"):
        return False
    said = subprocess.run(["java", "-version"], text=True, capture_output=True).stderr
    found = re.search(r'version "(\d+)', said)
    return found is not None and int(found.group(1)) >= 11


# --- Pango, which sets type in PDFs ------------------------------------------------------------------------

# Debian names some of these otherwise from one release to the next: what apt does not know is left out.
PANGO_PACKAGES = [
    "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz0b", "libharfbuzz-subset0", "libfontconfig1",
    "libfreetype6", "libfribidi0", "libthai0", "libdatrie1", "libgraphite2-3", "libpng16-16t64", "libpng16-16",
    "libexpat1", "libglib2.0-0t64", "libglib2.0-0", "libpcre2-8-0", "libbrotli1", "libbz2-1.0", "libffi8",
    "fontconfig-config",
]  # fmt: skip


@dataclass(frozen=True)
class Pango:
    """WeasyPrint can be imported in this process; another needs `environ`."""

    how: str
    environ: dict[str, str] = field(default_factory=dict)


@cache
def pango() -> Pango:
    return _first([_found_pango, _unpacked_pango, _installed_pango])


def _found_pango() -> Pango:
    return _pressing(Pango("found on this machine"))


def _unpacked_pango() -> Pango:
    with _one_apt_at_a_time():
        _fresh_lists(PANGO_PACKAGES[0])
        known = [name for name in PANGO_PACKAGES if _has_version(name)]
    unpacked = _unpack("pango", known)
    _preload(unpacked)
    return _pressing(Pango("fetched libpango into .cache/", _library_path(unpacked)))


def _installed_pango() -> Pango:
    _install("libpango-1.0-0", "libpangoft2-1.0-0")
    return _pressing(Pango("installed libpango"))


def _has_version(package: str) -> bool:
    said = _run("apt-cache", "policy", package)
    return "Candidate:" in said and "Candidate: (none)" not in said


def _preload(unpacked: Path) -> None:
    """Load the libraries by full path: whoever asks for their names afterwards gets these. Each may need others, so
    all that could not be loaded yet are tried again as long as that helps."""
    import ctypes

    left = [path for path in (unpacked / "usr" / "lib").rglob("*.so.*") if not path.is_symlink()]
    while left:
        waiting = []
        for path in left:
            try:
                ctypes.CDLL(str(path), mode=ctypes.RTLD_GLOBAL)
            except OSError:
                waiting.append(path)
        if len(waiting) == len(left):
            return
        left = waiting


def _pressing(found: Pango) -> Pango:
    try:
        import_module("weasyprint")
    except (ImportError, OSError) as problem:
        for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
            del sys.modules[name]
        raise Missing(str(problem).splitlines()[0]) from problem
    return found


# --- files and letters --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class S3:
    """An S3-like server; any keys are accepted."""

    endpoint_url: str
    how: str

    def bucket(self) -> str:
        """The name of a new, empty bucket."""
        import boto3

        name = f"test-{secrets.token_hex(6)}"
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        client = boto3.client("s3", endpoint_url=self.endpoint_url, region_name="us-east-1", **keys)
        client.create_bucket(Bucket=name)
        return name


@cache
def s3() -> S3:
    try:
        from moto.server import ThreadedMotoServer
    except ImportError as problem:
        raise Missing(str(problem)) from problem
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    atexit.register(server.stop)
    _, port = server.get_host_and_port()
    return S3(f"http://127.0.0.1:{port}", "moto's server, in this process")


@dataclass(frozen=True)
class Smtp:
    """A mail server that keeps what it is given: `letters` are aiosmtpd envelopes."""

    url: str
    how: str
    letters: list[Any] = field(default_factory=list)


@cache
def smtp() -> Smtp:
    try:
        from aiosmtpd.controller import Controller
    except ImportError as problem:
        raise Missing(str(problem)) from problem
    letters: list[Any] = []

    class Keeper:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            letters.append(envelope)
            return "250 kept"

    port = free_port()
    controller = Controller(Keeper(), hostname="127.0.0.1", port=port)
    controller.start()
    atexit.register(controller.stop)
    return Smtp(f"smtp://127.0.0.1:{port}", "aiosmtpd, in this process", letters)


# --- the other Stripe-like server -----------------------------------------------------------------------------


@dataclass(frozen=True)
class LocalStripe:
    """localstripe: payments and refunds from another's pen, for the contract of our own."""

    url: str
    how: str


@cache
def localstripe() -> LocalStripe:
    port = free_port()
    command = [sys.executable, "-m", "localstripe", "--port", str(port), "--from-scratch"]
    try:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except OSError as problem:
        raise Missing(f"localstripe: {problem.strerror}") from problem
    atexit.register(_stop, process, signal.SIGTERM)
    for _ in range(200):
        if process.poll() is not None:
            raise Missing("localstripe ended at once; is it installed?")
        with socket.socket() as attempt:
            if attempt.connect_ex(("127.0.0.1", port)) == 0:
                return LocalStripe(f"http://127.0.0.1:{port}", "localstripe, in a process of its own")
        time.sleep(0.05)
    raise Missing("localstripe does not answer")


# --- what there is ------------------------------------------------------------------------------------------

ALL: tuple[Callable[[], Any], ...] = (postgresql, redis, s3, smtp, localstripe, chromium, vnu, pango)


def report() -> list[str]:
    """Print one line for each service; the names of those missing."""
    missing = []
    for service in ALL:
        try:
            print(f"  {service.__name__:<11} {service().how}", flush=True)
        except Missing as reason:
            missing.append(service.__name__)
            print(f"  {service.__name__:<11} MISSING: {reason}", flush=True)
    return missing


if __name__ == "__main__":
    sys.exit(1 if report() and required() else 0)
