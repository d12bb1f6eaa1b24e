import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from rag.chat.languages import COOKIE, ChosenLanguage

PAGE = "<!doctype html><html><head><title>年鉴</title></head></html>"


@pytest.fixture
def client() -> TestClient:
    def page(_: Request) -> Response:
        return HTMLResponse(PAGE)

    def told(request: Request) -> Response:
        return JSONResponse(request.headers["accept-language"])

    routes = [Route("/", page), Route("/told", told)]
    app = Starlette(routes=routes, middleware=[Middleware(ChosenLanguage)])
    return TestClient(app, headers={"accept-language": "de", "accept": "text/html,*/*"})


def test_without_a_choice_the_browser_is_believed(client: TestClient) -> None:
    assert client.get("/told").json() == "de"
    assert client.get("/").text == PAGE


@pytest.mark.parametrize(("chosen", "locale"), [("zh", "zh-CN"), ("en", "en")])
def test_the_choice_reaches_the_server_and_the_page(client: TestClient, chosen: str, locale: str) -> None:
    client.cookies.set(COOKIE, chosen)
    assert client.get("/told").json() == chosen
    shown = client.get("/")
    assert f'value: "{locale}"' in shown.text[: shown.text.index("<title>")]
    assert shown.text.endswith("<title>年鉴</title></head></html>")
    assert int(shown.headers["content-length"]) == len(shown.content)


def test_a_cookie_of_another_kind_changes_nothing(client: TestClient) -> None:
    client.cookies.set(COOKIE, "<script>")
    assert client.get("/told").json() == "de"
    assert client.get("/").text == PAGE


def test_a_cookie_that_another_server_left_is_no_error(client: TestClient) -> None:
    for kept in (f"a/b=1; {COOKIE}=en", f"{COOKIE}=en; ]=[; =;"):
        assert client.get("/told", headers={"cookie": kept}).json() == "en"
