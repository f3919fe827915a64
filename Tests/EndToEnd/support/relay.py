"""A TCP relay whose established connections can be made to swallow what is sent, as a router that forgot them does."""

import socket
import threading


class Relay:
    """Forwards connections on a port of loopback, a free one by default, to another port."""

    def __init__(self, upstream_port, address="127.0.0.1", port=0):
        self._upstream = ("127.0.0.1", upstream_port)
        self._listener = socket.create_server((address, port))
        self.port = self._listener.getsockname()[1]
        self.url = f"https://127.0.0.1:{self.port}"
        # For each connection, whether it swallows.
        self._swallows = []
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def connections(self):
        return len(self._swallows)

    def swallow(self):
        """From now on the connections that are open pass nothing on, and stay open."""
        for swallows in self._swallows:
            swallows.set()

    def disappear(self):
        """Connections that are open pass nothing on, and new ones are refused."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self.swallow()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server, swallows = socket.create_connection(self._upstream), threading.Event()
            self._swallows.append(swallows)
            for source, sink in ((client, server), (server, client)):
                threading.Thread(target=self._pass, args=(source, sink, swallows), daemon=True).start()

    @staticmethod
    def _pass(source, sink, swallows):
        try:
            while data := source.recv(65536):
                if not swallows.is_set():
                    sink.sendall(data)
            if not swallows.is_set():
                sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass
