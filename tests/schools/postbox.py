"""A mail server for tests that listens on a real port and keeps what it is sent."""

import socketserver
import threading
from email import message_from_bytes, policy


class Postbox(socketserver.ThreadingTCPServer):
    """Speaks as much of RFC 5321 as a sender needs; refuses recipients in `refused`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received, self.refused = [], set()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def port(self) -> int:
        return self.server_address[1]

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        self.recipients = []
        self.say("220 postbox")
        while line := self.rfile.readline():
            word = line[:4].strip().upper()
            if word == b"QUIT":
                self.say("221 bye")
                break
            answer = {b"RCPT": self.recipient, b"DATA": self.data}.get(word, lambda line: "250 fine")
            self.say(answer(line.decode().strip()))

    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def recipient(self, line):
        address = line[line.index("<") + 1 : line.index(">")]
        if address in self.server.refused:
            return "550 nobody here of that name"
        self.recipients.append(address)
        return "250 fine"

    def data(self, line):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = message_from_bytes(b"".join(lines).replace(b"\r\n", b"\n"), policy=policy.default)
        self.server.received.append((tuple(self.recipients), message))
        self.recipients = []
        return "250 kept"
