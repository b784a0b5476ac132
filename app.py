"""The web page: `python app.py`, the same as `beredd chat`."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import threading
import webbrowser
from dataclasses import replace
from pathlib import Path

from assistant.settings import Settings
from ingest.errors import BereddError

_GOODBYE_S = 5
"""How long a server that is told to stop waits for what goes on; pages left open never end."""


def main(argv: list[str] | None = None) -> int:
    """Serves the page until it is stopped; returns the exit code.

    Raises:
        BereddError: the address is taken, or a setting is off.
    """
    args = _parser().parse_args(argv)
    chosen = _settings(args)
    _check_free(chosen.host, chosen.port)
    # Imported late: Gradio takes seconds, and a wrong option should not.
    import uvicorn

    from assistant.web.desk import Desk
    from assistant.web.doors import Doors
    from assistant.web.logs import configure
    from assistant.web.server import serve

    configure(chosen.log)
    app = serve(Desk(chosen))
    address = f"http://{'localhost' if _is_local(chosen.host) else chosen.host}:{chosen.port}/"
    print(f"Beredd: {address}  (Ctrl+C avslutar / stops it)", flush=True)
    if not _is_loopback(chosen.host) and not Doors(chosen).closed:
        print("Whoever reaches this address may read. Ask for a login with: beredd users add NAME")
    if args.open and _has_display():
        threading.Timer(1.5, webbrowser.open, (address,)).start()
    # Whom a proxy speaks for is judged by our own settings (`assistant.web.gate`).
    uvicorn.run(
        app,
        host=chosen.host,
        port=chosen.port,
        log_level="warning",
        log_config=None if chosen.log == "json" else uvicorn.config.LOGGING_CONFIG,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GOODBYE_S,
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="beredd chat", description="Open the web page.")
    made.add_argument("--index", type=Path, help="the index folder (default: .beredd)")
    made.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    made.add_argument("--port", type=int, help="port to listen on (default: 7860)")
    made.add_argument(
        "--open",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="open the page in a browser (default: yes, where there is a screen)",
    )
    return made


def _settings(args: argparse.Namespace) -> Settings:
    given = {name: getattr(args, name) for name in ("index", "host", "port")}
    return replace(Settings.from_environ(), **{k: v for k, v in given.items() if v is not None})


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise BereddError(
                f"{host}:{port} cannot be listened on ({error}). "
                f"Choose another port with: beredd chat --port {port + 1}"
            ) from error


def _is_loopback(host: str) -> bool:
    return host in ("127.0.0.1", "::1", "localhost")


def _is_local(host: str) -> bool:
    return _is_loopback(host) or host in ("0.0.0.0", "::")


def _has_display() -> bool:
    """False on a server without a screen, where a text browser would take the terminal."""
    screen = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) or sys.platform in ("darwin", "win32")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BereddError as problem:
        sys.exit(f"beredd: {problem}")
    except KeyboardInterrupt:
        sys.exit(130)
