/**
 * The MCP server (modelcontextprotocol.io), by the official SDK. Its low-level server: the other one quotes what it was
 * given in its errors, and that may hold a key.
 */
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListResourcesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { Engine } from "../api/engine.ts";
import { WrongInput } from "../api/wrong-input.ts";
import type { Reply } from "../domain/reply.ts";
import { listResources, readResource } from "./resources.ts";
import { createTools, INSTRUCTIONS } from "./tools.ts";

export interface McpTools {
  readonly engine: Engine;
  readonly version: string;
  /** A reply as plain text. */
  readonly render: (reply: Reply) => string;
  /** Told of a fault of our own; the assistant gets no more than that there was one. */
  readonly failed: (error: unknown) => void;
}

/** JSON-RPC's code for a resource that is not there, as the protocol has it. */
const NO_RESOURCE = -32002;

/** Not connected yet. */
export function createMcpServer({ engine, version, render, failed }: McpTools): Server {
  const server = new Server(
    { name: "tunnelmedic", title: "TunnelMedic", version },
    { capabilities: { tools: {}, resources: {} }, instructions: INSTRUCTIONS },
  );
  const tools = createTools(engine);

  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ answer: _, ...tool }) => ({
      ...tool,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    })),
  }));

  server.setRequestHandler(CallToolRequestSchema, ({ params }): CallToolResult => {
    const tool = tools.find(({ name }) => name === params.name);
    if (!tool)
      throw new McpError(
        ErrorCode.InvalidParams,
        `no such tool; there are ${tools.map(({ name }) => name).join(", ")}`,
      );
    try {
      const { said, structured } = tool.answer(params.arguments ?? {});
      return { content: [{ type: "text", text: render(said) }], structuredContent: structured };
    } catch (error) {
      if (error instanceof WrongInput) return refusal(`${error.message}. Nothing was read; correct it and call again.`);
      failed(error);
      return refusal("A fault of TunnelMedic's own. Say so; there is no answer to pass on.");
    }
  });

  server.setRequestHandler(ListResourcesRequestSchema, () => ({ resources: listResources(engine) }));

  server.setRequestHandler(ReadResourceRequestSchema, ({ params }) => {
    const reply = readResource(engine, params.uri);
    if (!reply) throw new McpError(NO_RESOURCE, "no such resource; resources/list has them all");
    return { contents: [{ uri: params.uri, mimeType: "text/plain", text: render(reply) }] };
  });
  return server;
}

function refusal(text: string): CallToolResult {
  return { content: [{ type: "text", text }], isError: true };
}
