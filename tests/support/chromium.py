"""A headless Chromium that tests drive over its own protocol, by a pipe."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --window-size=1400,900 --remote-debugging-pipe"
).split()


class Page:
    """One open page.

    `complaints` are what its console said of errors, `requests` the addresses that it asked for.
    """

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        self._left, self._number, self._session = b"", 0, ""
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def open(self, url: str) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=url)
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def run(self, expression: str) -> Any:
        """What a JavaScript expression gives, as JSON."""
        done = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def call(self, method: str, **parameters: Any) -> Any:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _message(self) -> dict[str, Any]:
        while b"\0" not in self._left:
            read = os.read(self._reading, 1 << 16)
            assert read, "Chromium has gone"
            self._left += read
        text, _, self._left = self._left.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, method: str, parameters: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            self.complaints.append(str(parameters["exceptionDetails"]))
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.complaints.append(parameters["entry"]["text"])
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning"):
            self.complaints.append(str(parameters["args"]))
        elif method == "Network.requestWillBeSent":
            self.requests.append(parameters["request"]["url"])


@contextmanager
def opened(page: Path, folder: Path) -> Iterator[Page]:
    """A page in a browser of its own, whose profile is in `folder`; skips the test without one."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no Chromium here to open the page in")
    (theirs, writing), (reading, ours) = os.pipe(), os.pipe()
    # Chromium reads from 3 and writes to 4; neither may be in the way of the other.
    theirs, ours = _moved(theirs), _moved(ours)
    start = ["bash", "-c", f'exec "$0" "$@" 3<&{theirs} 4>&{ours}']
    process = subprocess.Popen(
        [*start, program, *FLAGS, f"--user-data-dir={folder / 'profile'}", "about:blank"],
        pass_fds=(theirs, ours),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs)
    os.close(ours)
    try:
        browser = Page(reading, writing)
        browser.open(page.as_uri())
        yield browser
    finally:
        process.terminate()
        process.wait(timeout=30)
        os.close(reading)
        os.close(writing)


def _moved(descriptor: int) -> int:
    """The same file under a high number."""
    high = fcntl.fcntl(descriptor, fcntl.F_DUPFD, 90)
    os.close(descriptor)
    return high
