/** `tunnelmedic mcp`: the engine for assistants, over standard input and output. */
import { once } from "node:events";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import manifest from "../../package.json" with { type: "json" };
import { createEngine } from "../api/engine.ts";
import { renderTerminal } from "../chat/terminal/render.ts";
import { loadKnowledge } from "../knowledge/load.ts";
import { createMcpServer } from "../mcp/server.ts";
import { UsageError } from "./arguments.ts";

/** Bytes of one message: pastes of a hub with ten thousand tunnels are about 17 MB, a little more as JSON. */
const LONGEST_MESSAGE = 64 * 1024 * 1024;
const PLAIN = { colours: false, width: 100 };

/** Serves until the client closes standard input. */
export async function runMcp(args: readonly string[]): Promise<number> {
  if (args.length > 0) throw new UsageError("mcp takes no arguments; docs/machines.md shows how to set it up");
  // Only protocol may stand on standard output.
  if (process.stdin.isTTY) process.stderr.write("An MCP server: an assistant starts it and talks on standard input.\n");
  const server = createMcpServer({
    engine: createEngine(await loadKnowledge()),
    version: manifest.version,
    render: (reply) => renderTerminal(reply, PLAIN),
    failed: () => process.stderr.write("tunnelmedic: a fault of ours broke an answer\n"),
  });
  // What could not be understood is not repeated.
  server.onerror = () => process.stderr.write("tunnelmedic: a message was no JSON-RPC, or longer than 64 MB\n");
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
  });
  const ended = once(process.stdin, "end");
  await server.connect(new StdioServerTransport(process.stdin, process.stdout, { maxBufferSize: LONGEST_MESSAGE }));
  await Promise.race([ended, closed]);
  await server.close();
  return 0;
}
