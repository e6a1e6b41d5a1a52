/** Colours only on a terminal, and not where NO_COLOR asks for none (https://no-color.org). */
import type { TerminalStyle } from "../chat/terminal/render.ts";

export function terminalStyle(stream: NodeJS.WriteStream): TerminalStyle {
  const colours = stream.isTTY === true && (process.env["NO_COLOR"] ?? "") === "" && process.env["TERM"] !== "dumb";
  return { colours, width: Math.min(stream.columns ?? 100, 110) };
}
