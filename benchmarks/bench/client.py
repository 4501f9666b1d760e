"""A small MCP client over Streamable HTTP on one kept-alive socket, so that it costs little itself."""

import json
import socket

PROTOCOL = "2025-11-25"


class Answer:
    def __init__(self, status, headers, body, size):
        self.status = status
        self.headers = headers
        self.body = body
        self.size = size

    def message(self):
        """The JSON-RPC message, also from an event stream."""
        text = self.body.decode()
        if self.headers.get("content-type", "").startswith("text/event-stream"):
            text = next(line[5:] for line in text.splitlines() if line.startswith("data:") and "{" in line)
        return json.loads(text)


def in_session(session):
    """The headers of a request that belongs to a session, or of one that begins it."""
    about = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    return about | ({"Mcp-Session-Id": session, "MCP-Protocol-Version": PROTOCOL} if session else {})


class Client:
    """One connection, and one session or the headers given. Not for several threads."""

    def __init__(self, port, session=None, headers=None):
        self.port = port
        self.session = session
        self.headers = headers
        self.number = 0
        self.buffer = b""
        self.socket = socket.create_connection(("127.0.0.1", port), 60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def open_session(self):
        about = {"protocolVersion": PROTOCOL, "capabilities": {}, "clientInfo": {"name": "benchmarks", "version": "1"}}
        answer = self.post(self.request("initialize", about))
        if answer.status != 200:
            raise RuntimeError(f"initialize was answered {answer.status}: {answer.body[:500]}")
        self.session = answer.headers.get("mcp-session-id")
        self.post(b'{"jsonrpc":"2.0","method":"notifications/initialized"}')
        return self

    def request(self, method, params):
        self.number += 1
        return json.dumps({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}).encode()

    def call(self, tool, arguments):
        """The structured content of a tool's answer; an error is raised."""
        return result(self.post(self.request("tools/call", {"name": tool, "arguments": arguments})))

    def post(self, body):
        headers = self.headers or in_session(self.session)
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n{lines}Content-Length: {len(body)}\r\n\r\n"
        self.socket.sendall(head.encode() + body)
        return self.read_answer()

    def read_answer(self):
        head, size = self.until(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        body = b""
        if headers.get("transfer-encoding", "").lower() == "chunked":
            while True:
                length_line, used = self.until(b"\r\n")
                length = int(length_line.split(b";")[0], 16)
                body += self.exactly(length + 2)[:-2]
                size += used + length + 2
                if length == 0:
                    break
        else:
            body = self.exactly(int(headers.get("content-length", 0)))
            size += len(body)
        return Answer(int(lines[0].split()[1]), headers, body, size)

    def until(self, mark):
        while mark not in self.buffer:
            self.receive()
        part, _, self.buffer = self.buffer.partition(mark)
        return part, len(part) + len(mark)

    def exactly(self, length):
        while len(self.buffer) < length:
            self.receive()
        part, self.buffer = self.buffer[:length], self.buffer[length:]
        return part

    def receive(self):
        more = self.socket.recv(1 << 18)
        if not more:
            raise RuntimeError(f"the server closed the connection after {self.buffer[:200]!r}")
        self.buffer += more


def result(answer):
    message = answer.message()
    if answer.status != 200 or "error" in message or message["result"].get("isError"):
        raise RuntimeError(f"a call failed with {answer.status}: {json.dumps(message)[:500]}")
    return message["result"].get("structuredContent")
