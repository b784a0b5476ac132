"""Who comes in: passwords, sessions, the city's own sign-on, and the machine itself."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant import users
from assistant.settings import Settings
from assistant.users import Access, User
from assistant.web.desk import Desk
from assistant.web.doors import COOKIE, Doors, WaitFirst
from assistant.web.limits import Delays, Rate
from assistant.web.visitor import Visitor
from ingest.errors import BereddError

PASSWORD = "ett långt lösenord"
LOCAL = {"client": ("127.0.0.1", 50_000), "host": "127.0.0.1:7860"}


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an editor, a reader, and one whom only the city's sign-on names."""
    made = tmp_path_factory.mktemp("users") / "users.json"
    secret = users.hashed(PASSWORD)
    people = {"anna": User(Access.EDITOR, secret), "bo": User(Access.READER, secret)}
    users.write(made, people | {"cecilia@ekmarka.se": User(Access.EDITOR)})
    return made


def _scope(client: tuple[str, int] = ("10.9.9.9", 1), **headers: str) -> dict[str, object]:
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "client": client, "headers": raw, "path": "/", "scheme": "http"}


def _basic(name: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


def _doors(tmp_path: Path, **settings: object) -> Doors:
    return Doors(Settings(index=tmp_path / "index", **settings))  # type: ignore[arg-type]


def test_a_password_is_kept_as_a_salted_hash_and_never_as_itself(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert file.stat().st_mode & 0o077 == 0
    assert users.hashed(PASSWORD) != users.hashed(PASSWORD)


def test_only_the_right_password_matches() -> None:
    stored = users.hashed(PASSWORD)
    assert users.matches(PASSWORD, stored)
    assert not users.matches(PASSWORD + " ", stored)
    assert not users.matches(PASSWORD, None)
    assert not users.matches(PASSWORD, "scrypt$1$2")
    composed, decomposed = "lösenordet", "lo\u0308senordet"
    assert users.matches(decomposed, users.hashed(composed))


def test_a_broken_users_file_says_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "users.json"
    broken.write_text("[]", encoding="utf-8")
    with pytest.raises(BereddError, match="beredd users add"):
        users.read(broken)


def test_the_command_adds_lists_and_removes(tmp_path: Path) -> None:
    made = tmp_path / "users.json"

    def beredd(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "assistant", "users", "--file", str(made), *arguments]
        return subprocess.run(command, input=typed, capture_output=True, text=True, check=False)

    assert "at least 10" in beredd("add", "Anna", typed="kort\n").stderr
    assert beredd("add", "Anna", "--role", "editor", typed=f"{PASSWORD}\n").returncode == 0
    assert beredd("list").stdout == "anna\teditor\n"
    assert users.matches(PASSWORD, users.read(made)["anna"].password)
    assert beredd("remove", "anna").returncode == 0
    assert beredd("remove", "anna").returncode == 1


def test_without_users_everybody_reads_and_the_machine_itself_edits(tmp_path: Path) -> None:
    doors = _doors(tmp_path)
    assert not doors.closed
    near = doors.visitor(_scope(("127.0.0.1", 1), host="localhost:7860"))
    assert near is not None
    assert near.edits
    for scope in (
        _scope(("10.0.0.7", 1), host="localhost:7860"),
        _scope(("127.0.0.1", 1), host="beredd.ekmarka.se"),
        _scope(("127.0.0.1", 1), host="localhost:7860", x_forwarded_for="10.0.0.7"),
        _scope(("testclient", 1), host="localhost"),
    ):
        far = doors.visitor(scope)
        assert far is not None
        assert not far.edits


def test_behind_a_proxy_nobody_is_at_the_machine(tmp_path: Path) -> None:
    doors = _doors(tmp_path, trusted_proxy="127.0.0.1")
    found = doors.visitor(_scope(("127.0.0.1", 1), host="localhost"))
    assert found is not None
    assert not found.edits


def test_with_users_nobody_comes_in_without_a_password(tmp_path: Path, file: Path) -> None:
    doors = _doors(tmp_path, users=file)
    assert doors.visitor(_scope(("127.0.0.1", 1), host="localhost")) is None
    assert doors.visitor(_scope(authorization=_basic("anna", "fel lösenord"))) is None
    assert doors.visitor(_scope(authorization="Basic ?")) is None
    assert doors.visitor(_scope(authorization="Bearer x")) is None
    found = doors.visitor(_scope(authorization=_basic("Anna", PASSWORD)))
    assert found == Visitor(name="anna", access=Access.EDITOR, address="10.9.9.9")


def test_a_session_lasts_its_time_and_ends_with_logging_out(tmp_path: Path, file: Path) -> None:
    clock = Clock()
    doors = Doors(Settings(index=tmp_path / "i", users=file, session_hours=1), clock=clock)
    token = doors.log_in("bo", PASSWORD, "10.0.0.1")
    assert token is not None
    scope = _scope(cookie=f"{COOKIE}={token}")
    found = doors.visitor(scope)
    assert found is not None
    assert (found.name, found.edits, found.by_form) == ("bo", False, True)
    assert doors.visitor(_scope(cookie=f"{COOKIE}={token}x")) is None
    clock.now += 3601
    assert doors.visitor(scope) is None
    again = doors.log_in("bo", PASSWORD, "10.0.0.1")
    doors.log_out(_scope(cookie=f"{COOKIE}={again}"))
    assert doors.visitor(_scope(cookie=f"{COOKIE}={again}")) is None


def test_a_session_ends_when_its_user_is_removed_or_gets_another_password(tmp_path: Path) -> None:
    made = tmp_path / "users.json"
    people = {"bo": User(Access.READER, users.hashed(PASSWORD))}
    for after in ({}, {"bo": User(Access.READER, users.hashed("ett annat lösenord"))}):
        users.write(made, people)
        doors = _doors(tmp_path, users=made)
        scope = _scope(cookie=f"{COOKIE}={doors.log_in('bo', PASSWORD, 'x')}")
        assert doors.visitor(scope) is not None
        users.write(made, after)
        assert doors.visitor(scope) is None
        assert doors.closed


def test_a_users_file_that_goes_away_or_bad_does_not_open_the_doors(tmp_path: Path) -> None:
    made = tmp_path / "index-users.json"
    users.write(made, {"bo": User(Access.READER, users.hashed(PASSWORD))})
    doors = _doors(tmp_path)
    assert doors.closed
    made.write_text("{", encoding="utf-8")
    assert doors.closed
    made.unlink()
    assert doors.closed
    assert doors.visitor(_scope(("127.0.0.1", 1), host="localhost")) is None


def test_after_wrong_passwords_even_the_right_one_waits(tmp_path: Path, file: Path) -> None:
    clock = Clock()
    doors = Doors(Settings(index=tmp_path, users=file), clock=clock, delays=Delays(clock=clock))
    for _ in range(5):
        assert doors.log_in("anna", "fel lösenord", "10.0.0.1") is None
    with pytest.raises(WaitFirst):
        doors.log_in("anna", PASSWORD, "10.0.0.2")
    with pytest.raises(WaitFirst):
        doors.log_in("bo", PASSWORD, "10.0.0.1")
    clock.now += 2
    assert doors.log_in("anna", PASSWORD, "10.0.0.1") is not None


def test_the_waits_double_up_to_a_limit_and_are_forgotten() -> None:
    clock = Clock()
    delays = Delays(free=2, longest_s=8.0, clock=clock)
    waits = []
    for _ in range(7):
        delays.failed("a")
        waits.append(delays.wait_s("a", "b"))
    assert waits == [0.0, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0]
    clock.now += 1000
    delays.failed("a")
    assert delays.wait_s("a") == 0.0


def test_a_rate_lets_so_many_through_and_tells_how_long_to_wait() -> None:
    clock = Clock()
    rate = Rate(2, 60.0, clock)
    assert [rate.take("a"), rate.take("a"), rate.take("b")] == [0.0, 0.0, 0.0]
    clock.now += 20
    assert rate.take("a") == pytest.approx(40.0)
    clock.now += 40
    assert rate.take("a") == 0.0
    assert all(Rate(0).take("a") == 0.0 for _ in range(100))


def test_the_citys_sign_on_is_believed_only_from_its_proxy(tmp_path: Path, file: Path) -> None:
    doors = _doors(
        tmp_path, users=file, user_header="X-Remote-User", trusted_proxy="10.0.0.4, 10.1.0.0/16"
    )
    forged = _scope(("10.0.0.5", 1), x_remote_user="cecilia@ekmarka.se")
    assert doors.visitor(forged) is None
    named = _scope(("10.1.2.3", 1), x_remote_user="Cecilia@ekmarka.se", x_forwarded_for="10.5.5.5")
    found = doors.visitor(named)
    assert found == Visitor(name="cecilia@ekmarka.se", access=Access.EDITOR, address="10.5.5.5")
    stranger = doors.visitor(_scope(("10.0.0.4", 1), x_remote_user="david@ekmarka.se"))
    assert stranger is not None
    assert not stranger.edits
    twice = _scope(("10.0.0.4", 1), x_remote_user="a")
    twice["headers"] = [*twice["headers"], (b"x-remote-user", b"b")]  # type: ignore[misc]
    assert doors.visitor(twice) is None
    assert doors.log_in("cecilia@ekmarka.se", "", "10.0.0.4") is None


@pytest.mark.parametrize(
    "off",
    [{"user_header": "X-User"}, {"trusted_proxy": "nowhere"}, {"users": Path("not/there.json")}],
)
def test_a_setting_that_is_off_stops_the_start_with_what_to_do(
    tmp_path: Path, off: dict[str, object]
) -> None:
    with pytest.raises(BereddError, match="BEREDD_"):
        _doors(tmp_path, **off)


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory, file: Path) -> Iterator[TestClient]:
    """The page with login, over no index."""
    from assistant.web.server import serve

    settings = Settings(index=tmp_path_factory.mktemp("closed") / "index", users=file)
    client = TestClient(serve(Desk(settings)), base_url="http://testserver", follow_redirects=False)
    with client:
        yield client


@pytest.mark.parametrize("path", ["/", "/en", "/dokument?file=a", "/about"])
def test_pages_lead_to_the_login_in_their_language(closed: TestClient, path: str) -> None:
    closed.cookies.clear()
    answer = closed.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(
        "/login" if path in ("/en", "/about") else "/logga-in"
    )


@pytest.mark.parametrize(
    "path",
    [
        "/config", "/gradio_api/info", "/gradio_api/run/ask", "/gradio_api/queue/join",
        "/gradio_api/queue/data", "/gradio_api/call/ask", "/gradio_api/mcp/", "/gradio_api/mcp/sse",
        "/gradio_api/mcp/schema", "/metrics", "/page.png", "/documents/add",
        "/gradio_api/heartbeat/x", "/theme.css", "/gradio_api/openapi.json",
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_is_served_before_logging_in(closed: TestClient, path: str, method: str) -> None:
    closed.cookies.clear()
    answer = closed.request(method, path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Basic")
    browser = closed.request(method, path, headers={"Sec-Fetch-Mode": "cors"})
    assert "www-authenticate" not in browser.headers


def test_logging_in_leads_where_one_wanted_and_sets_a_cookie_that_scripts_cannot_read(
    closed: TestClient,
) -> None:
    form = {"name": "bo", "password": PASSWORD, "next": "dokument?file=a"}
    answer = closed.post("/logga-in", data=form)
    assert answer.status_code == 303
    assert answer.headers["location"] == "./dokument?file=a"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert closed.get("/").status_code == 200
    assert "Logga ut" in closed.get("/").text
    assert closed.post("/documents/add?name=a.txt", content=b"x").status_code == 403
    left = closed.post("/logga-ut")
    assert "storage" in left.headers["clear-site-data"]
    assert closed.get("/").status_code == 303


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example/om", "\\\\evil.example", "om/../../x", "javascript:1",
     "http:om", "logga-ut", "/x/om"],
)  # fmt: skip
def test_logging_in_never_leads_to_another_site(closed: TestClient, wanted: str) -> None:
    form = {"name": "anna", "password": PASSWORD, "next": wanted}
    assert closed.post("/login", data=form).headers["location"] == "./"
    closed.cookies.clear()


def test_a_wrong_password_is_told_calmly_and_in_the_pages_language(closed: TestClient) -> None:
    closed.cookies.clear()
    form = {"name": '"><script>', "password": "fel lösenord"}
    answer = closed.post("/logga-in", data=form)
    assert answer.status_code == 401
    assert "stämmer inte" in answer.text
    assert '"><script>' not in answer.text
    assert "does not" not in answer.text


def test_a_script_may_use_the_api_with_a_password(closed: TestClient) -> None:
    answer = closed.get("/gradio_api/info", headers={"Authorization": _basic("bo", PASSWORD)})
    assert answer.status_code == 200
    assert "/ask" in answer.json()["named_endpoints"]


def test_anybody_sees_that_the_service_lives_and_nothing_more(closed: TestClient) -> None:
    closed.cookies.clear()
    answer = closed.get("/health")
    assert answer.status_code == 200
    assert set(answer.json()) == {"status", "documents", "generation"}


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}],
)
def test_what_another_sites_page_sends_is_refused(
    closed: TestClient, headers: dict[str, str]
) -> None:
    sent = headers | {"Authorization": _basic("anna", PASSWORD)}
    assert closed.post("/documents/add?name=a.txt", content=b"x", headers=sent).status_code == 403
    assert closed.post("/gradio_api/run/ask", json={"data": ["a"]}, headers=sent).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://x",
     "/gradio_api/vibe-code", "/monitoring", "/gradio_api/token", "/gradio_api/deep_link"],
)  # fmt: skip
def test_what_gradio_serves_and_nobody_needs_is_closed(closed: TestClient, path: str) -> None:
    sent = {"Authorization": _basic("anna", PASSWORD)}
    assert closed.get(path, headers=sent).status_code == 404
    assert closed.post(path, headers=sent).status_code == 404


def test_where_only_the_citys_sign_on_lets_in_nobody_is_sent_round_in_circles(
    tmp_path: Path,
) -> None:
    from assistant.web.server import serve

    settings = Settings(index=tmp_path, user_header="X-Remote-User", trusted_proxy="127.0.0.1")
    app = serve(Desk(settings))
    client = TestClient(app, client=("127.0.0.1", 1), follow_redirects=False)
    for path in ("/", "/om", "/config"):
        assert client.get(path).status_code == 401
    assert client.get("/", headers={"X-Remote-User": "anna"}).status_code == 200
    assert client.get("/logga-in").status_code == 303
    outside = TestClient(app, client=("10.0.0.9", 1), follow_redirects=False)
    assert outside.get("/", headers={"X-Remote-User": "anna"}).status_code == 401


def test_headers_of_safety_are_on_everything(closed: TestClient) -> None:
    for path in ("/health", "/logga-in", "/beredd.css", "/gradio_api/info"):
        headers = closed.get(path).headers
        assert "frame-ancestors 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_the_mcp_server_knows_itself_by_no_name_that_a_request_gives() -> None:
    from assistant.web.gate import _to_itself

    scope = _scope(host="evil.example", x_forwarded_host="evil.example")
    scope["server"] = ("127.0.0.1", 7860)
    _to_itself(scope)
    assert scope["headers"] == [(b"host", b"127.0.0.1:7860")]


def test_the_answer_to_a_login_names_no_other_host(closed: TestClient) -> None:
    closed.cookies.clear()
    html = closed.get("/logga-in").text
    assert "http" not in html.replace("http-equiv", "")
    assert json.dumps(html).count("<script") == 0
