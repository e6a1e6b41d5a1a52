/** Stands between a client and a server, and behaves as a bad network does. */
import { createServer, type Socket, connect as tcpConnect } from "node:net";

export interface TcpProxy {
  readonly port: number;
  /** From now on nothing goes through, and nobody is told. */
  stall(): void;
  /** The answer to the next message that holds `text` is lost, and the connection with it; the server got the message. */
  cutAnswerTo(text: string): void;
  /** All goes through again; what stalled is cut. */
  heal(): void;
  close(): Promise<void>;
}

export async function proxyTo(host: string, port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let isStalled = false;
  let cutAfter: string | undefined;
  const server = createServer((client) => {
    const upstream = tcpConnect(port, host);
    let isCut = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on("data", (chunk: Buffer) => {
      if (isStalled) return;
      if (cutAfter !== undefined && chunk.includes(cutAfter)) {
        cutAfter = undefined;
        isCut = true;
      }
      upstream.write(chunk);
    });
    upstream.on("data", (chunk: Buffer) => {
      if (isCut) client.destroy();
      else if (!isStalled) client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === "object" && address ? address.port : 0,
    stall() {
      isStalled = true;
    },
    cutAnswerTo(text) {
      cutAfter = text;
    },
    heal() {
      isStalled = false;
      cutAfter = undefined;
      cutAll();
    },
    close() {
      cutAll();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
