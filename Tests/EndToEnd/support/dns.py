"""A name server that knows one name."""

import os
import socket
import struct
import threading


class NameServer:
    """Answers on port 53, which resolvers want, of a loopback address that is this process's own."""

    def __init__(self, name, address="127.0.0.1"):
        pid = os.getpid()
        self.host = f"127.{53 + (pid >> 16) % 100}.{pid >> 8 & 255}.{pid & 255}"
        self.asked = 0
        self._question = b"".join(bytes([len(part)]) + part.encode() for part in name.split(".")) + b"\0"
        self._address = socket.inet_aton(address)
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((self.host, 53))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            query, sender = self._socket.recvfrom(512)
            if not query:
                return
            end = 12 + len(self._question) + 4
            is_known = query[12:end - 4].lower() == self._question
            (kind,) = struct.unpack("!H", query[end - 4:end - 2])
            answers = int(is_known and kind == 1)
            self.asked += answers
            # A response, authoritative; or one that there is no such name. RFC 1035, 4.1.1.
            header = query[:2] + struct.pack("!HHHHH", 0x8580 if is_known else 0x8583, 1, answers, 0, 0)
            answer = struct.pack("!HHHIH", 0xC00C, 1, 1, 60, 4) + self._address if answers else b""
            self._socket.sendto(header + query[12:end] + answer, sender)

    def stop(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as end:
            end.sendto(b"", (self.host, 53))
