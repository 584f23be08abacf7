import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** One connection of a {@link RawServer}, spoken to byte by byte. */
export interface RawConnection {
  readonly socket: Socket;
  /** Everything that came in so far. */
  readonly received: () => string;
  /** Waits until so many requests without a body, or heads of requests, came in. */
  readonly heads: (count: number) => Promise<void>;
}

export interface RawServer {
  readonly url: string;
  readonly port: number;
  readonly connections: RawConnection[];
  stop(): Promise<void>;
}

/** A server that knows nothing of HTTP: the test says what it sends, and when. */
export async function startRawServer(
  serve: (connection: RawConnection, index: number) => Promise<void> | void,
): Promise<RawServer> {
  const connections: RawConnection[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const connection = converse(socket);
    const index = connections.push(connection) - 1;
    void (async () => {
      await serve(connection, index);
    })().catch(() => socket.destroy());
  });
  await listen(server);
  const { port } = server.address() as AddressInfo; // It listens on a port, not on a pipe.
  return {
    url: `http://127.0.0.1:${String(port)}`,
    port,
    connections,
    async stop() {
      for (const { socket } of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
}

function converse(socket: Socket): RawConnection {
  let received = "";
  const checks = new Set<() => void>();
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    received += chunk.toString("latin1");
    for (const check of checks) check();
  });
  const until = (isThere: () => boolean): Promise<void> => {
    return new Promise((resolve) => {
      const check = (): void => {
        if (!isThere()) return;
        checks.delete(check);
        resolve();
      };
      checks.add(check);
      check();
    });
  };
  return {
    socket,
    received: () => received,
    heads: (count) => until(() => received.split("\r\n\r\n").length > count),
  };
}

/** An answer with a body of text, as a server would write it. */
export function answerText(body: string, head = "HTTP/1.1 200 OK"): string {
  return `${head}\r\ncontent-length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
}

/** Resolves when the client has closed its side; hangs, and fails the test by its time-out, when it does not. */
export function whenGone(connection: RawConnection | undefined): Promise<void> {
  if (connection === undefined) throw new Error("there is no such connection");
  const { socket } = connection;
  return new Promise((resolve) => {
    if (socket.destroyed || socket.readableEnded) resolve();
    for (const event of ["end", "close"]) {
      socket.once(event, () => {
        resolve();
      });
    }
  });
}
