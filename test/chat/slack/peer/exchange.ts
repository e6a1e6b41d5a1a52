/** HTTP as bytes: read whole, passed on whole. */
import { type IncomingMessage, request, type ServerResponse } from "node:http";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export interface Asked {
  readonly socketPath: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | undefined;
}

export function ask({ socketPath, method, path, headers, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, headers }, (response) => {
      bodyOf(response).then(
        (read) => resolve({ status: response.statusCode ?? 0, headers: headersOf(response), body: read }),
        reject,
      );
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** Without those that belong to one connection. */
export function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const kept = Object.entries(headers).filter(
    ([name]) => !["connection", "content-length", "transfer-encoding", "host"].includes(name),
  );
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

export function reply(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { ...headers, "content-length": body.length });
  response.end(body);
}

export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(JSON.stringify(value)),
  };
}
