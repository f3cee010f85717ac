import os, shutil, time
import pytest
from playwright.sync_api import sync_playwright
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.django_db(transaction=True)

def test_proto(cast, on_the_day, live_server, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    t=time.time()
    with sync_playwright() as pw:
        b = pw.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox","--disable-background-networking","--no-first-run"])
        print("launch", time.time()-t)
        ctx = b.new_context(base_url=live_server.url, viewport={"width":360,"height":740}, locale="en-GB", timezone_id="Europe/London")
        p = ctx.new_page()
        p.on("console", lambda m: print("CONSOLE", m.type, m.text))
        p.on("pageerror", lambda m: print("ERR", m))
        p.on("requestfailed", lambda m: print("FAIL", m.url, m.failure))
        t=time.time()
        p.goto("/accounts/login/"); print("goto", time.time()-t)
        print(p.evaluate("() => document.body.className"))
        t=time.time()
        r = Axe().run(p); print("axe", time.time()-t, r.generate_report())
        t=time.time()
        p.evaluate("() => 1"); print(time.time()-t)
        p.get_by_label("Email").fill("tom.okoro@oakfield.example")
        p.get_by_label("Password", exact=True).fill("correct-horse-battery")
        p.get_by_role("button", name="Sign in").click()
        print(p.url, p.title())
        t=time.time(); r = Axe().run(p); print("axe", time.time()-t, r.generate_report())
        print(p.locator("body").aria_snapshot())
        # no js
        c2 = b.new_context(base_url=live_server.url, java_script_enabled=False)
        q = c2.new_page(); q.goto("/accounts/login/")
        t=time.time(); r = Axe().run(q); print("axe nojs", time.time()-t, r.generate_report())
        b.close()
