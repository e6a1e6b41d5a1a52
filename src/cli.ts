#!/usr/bin/env node
/** `npx tunnelmedic …`: finds the command and turns its outcome into an exit status. */
import { UsageError } from "./cli/arguments.ts";

/** Exit statuses of the contract. */
const WRONG_USAGE = 2;
const OUR_FAULT = 1;

const HELP = `TunnelMedic: paste what your routers print, get the one root cause, the line that shows it, and the fix.

  npx tunnelmedic chat                                  the conversation, in this terminal
  npx tunnelmedic diagnose [OPTIONS] [INPUT…]           no questions: the verdict, and what to run next
  npx tunnelmedic read [--json] [INPUT…]                what each output was recognised as, and the facts in it
  npx tunnelmedic explain WORD…                         what a state, message or term means
  npx tunnelmedic mcp                                   the same for an assistant: an MCP server on standard input
  npx tunnelmedic chat --case CASE                      a case of the service, taken over here
  npx tunnelmedic cases [WORDS…] [--json]               the service's cases: open, closed or all, by address, cause,
                                                        words, since 7d, page 2; [--chat NAME] [--workspace ID]
  npx tunnelmedic stats [since 30d] [--json]            what they were, how long they took, what nobody could read
  npx tunnelmedic export CASE                           a case of the service as JSON, redacted
  npx tunnelmedic export CASE --format html|md|json [--for next|far|vendor]
                                                        its hand-off
  npx tunnelmedic backup FILE                           a copy of the service's database, while it runs

INPUT is a file, local=FILE, remote=FILE (the end it was taken on), or - for standard input.
Lines piped into chat: a paste ends at the end of the input, or where words for the chat ("undo", "so far") follow
on a blank line or on a prompt with nothing behind it.
cases, stats, export and backup use the database of DATABASE_URL or DATA_DIR, as npm start does.
diagnose: --json  --symptom ID  --platform [SIDE=]ID  --peer ADDRESS  --cannot SIDE=COMMAND
Exit status: 0 a verdict, 3 more is needed, 2 wrong usage or unreadable input, 1 a fault of ours.
`;

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  switch (command) {
    case "diagnose":
      return (await import("./cli/diagnose.ts")).runDiagnose(rest);
    case "read":
      return (await import("./cli/read.ts")).runRead(rest);
    case "explain":
      return (await import("./cli/explain.ts")).runExplain(rest);
    case "chat":
      return (await import("./cli/chat.ts")).runChat(rest);
    case "mcp":
      return (await import("./cli/mcp.ts")).runMcp(rest);
    case "cases":
      return (await import("./cli/cases.ts")).runCases(rest);
    case "stats":
      return (await import("./cli/cases.ts")).runStats(rest);
    case "export":
      return (await import("./cli/export.ts")).runExport(rest);
    case "backup":
      return (await import("./cli/backup.ts")).runBackup(rest);
    case "help":
    case "--help":
    case "-h":
      process.stdout.write(HELP);
      return 0;
    case undefined:
      process.stderr.write(HELP);
      return WRONG_USAGE;
    default: {
      const { quotedWord } = await import("./cli/echo.ts");
      throw new UsageError(
        `unknown command${quotedWord(command)}; one of chat, diagnose, read, explain, mcp, cases, stats, export, backup, help`,
      );
    }
  }
}

// A reader that had enough (`| head`) is no fault.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`tunnelmedic: ${error.message}\n`);
    process.exitCode = WRONG_USAGE;
  } else {
    // Never the message, which could quote a paste over several lines: only the places in our own files.
    const stack = error instanceof Error ? (error.stack ?? "").split("\n") : [];
    const where = stack
      .filter((line) => /^ {4}at /.test(line))
      .slice(0, 5)
      .join("\n");
    process.stderr.write(`tunnelmedic: a fault of ours; please report it with these lines:\n${where}\n`);
    process.exitCode = OUR_FAULT;
  }
}
