/** The terminal chat as a process: lines in, replies out. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readConversations } from "./scenarios.ts";

const folder = new URL("..", import.meta.url).pathname;
const COMMAND = ["--import", "tsx", "src/cli.ts", "chat"];
const ESCAPE = "\u001b";
const texts = readConversations().find(({ file }) => file.startsWith("1a"))?.texts ?? {};

function text(name: string): string {
  const found = texts[name];
  if (found === undefined) throw new Error(`there is no text named "${name}"`);
  return found;
}

/** All that the chat says when it is piped these lines. */
function pipe(input: string): { readonly out: string; readonly err: string; readonly status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, COMMAND, {
    cwd: folder,
    input,
    encoding: "utf8",
    timeout: 25_000,
  });
  return { out: stdout, err: stderr, status };
}

describe("piped", () => {
  it("draws the tree, with where the way through it rests", () => {
    const { out, status } = pipe(["tunnel down", "ios", text("hub, configuration"), "", "tree", ""].join("\n"));
    expect(status).toBe(0);
    expect(out).toMatch(/│ {0,20}> [a-zA-Z? ]{3,40}│/);
    for (const state of ["IKE SA", "IPsec SA", "no IKE SA"]) expect(out).toContain(state);
  });

  it("leads through a whole case", () => {
    const { out, err, status } = pipe(
      [
        "tunnel down",
        "ios",
        "",
        text("spoke, configuration"),
        text("hub, configuration"),
        "done",
        text("spoke, IKE SA up"),
        text("spoke, IPsec SA up"),
        "quit",
      ].join("\n"),
    );
    expect(err).toBe("");
    expect(status).toBe(0);
    for (const said of [
      "What do you see?",
      "Which box are you on?",
      "Read from SPOKE",
      "The IKE policies have no pair in common",
      "Send some traffic",
      "Fixed: the tunnel is healthy",
      "Hand-over",
      "Good luck.",
    ])
      expect(out).toContain(said);
    expect(out).not.toContain("ourlongkey");
    expect(out).not.toContain(ESCAPE);
  });

  it("answers what was pasted last even when the input ends without a blank line or a Return", () => {
    const { out, status } = pipe(`tunnel down\nios\n${text("hub, IKE SA up").trimEnd()}`);
    expect(status).toBe(0);
    expect(out).toContain("Read from HUB: show crypto isakmp sa");
  });

  it.each([
    ["a blank line", ""],
    ["the next prompt", "HUB#"],
    ["the next prompt of a Linux host", "root@gw-berlin:~# "],
    ["the next prompt of a FortiGate", "FGT-60F # "],
  ])("words for us end a paste after %s", (_, end) => {
    const output = text("hub, IKE SA up")
      .replace(/\nHUB#\s*$/, "")
      .trimEnd();
    const { out } = pipe(["tunnel down", "ios", output, end, "how do i roll back", "undo", "so far"].join("\n"));
    expect(out).toContain("Read from HUB: show crypto isakmp sa");
    expect(out).toContain("There is no fix yet, so nothing to take back");
    expect(out).toMatch(/Forgotten: paste 1[\s\S]*nothing yet/);
  });

  it("says what it wants when it gets nothing", () => {
    const { out, status } = pipe("");
    expect(status).toBe(0);
    expect(out).toContain("What do you see?");
  });

  it("takes no arguments, and says what to do instead", () => {
    const { status, stderr } = spawnSync(process.execPath, [...COMMAND, "hub.txt"], { cwd: folder, encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(stderr).toContain("diagnose FILE");
  });
});

/** `script` (util-linux) gives a process a terminal; Node cannot. */
const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;
if (!hasScript)
  process.stderr.write("chat.test.ts: there is no util-linux `script` here; the terminal itself is not tested\n");

interface Step {
  /** Typed once the screen shows this since the last step. */
  readonly after: string;
  readonly types: string;
}

/** Types at a chat that has a terminal, each step after what it waits for; gives all that the terminal showed. */
function converse(steps: readonly Step[], environment: Record<string, string> = {}): Promise<string> {
  const at = mkdtempSync(join(tmpdir(), "tunnelmedic-chat-"));
  const log = join(at, "shown");
  const command = [process.execPath, ...COMMAND].join(" ");
  const child = spawn("script", ["-qec", `stty cols 100 rows 40; ${command}`, log], {
    cwd: folder,
    env: { ...process.env, TERM: "xterm-256color", NO_COLOR: "", ...environment },
  });
  return new Promise((resolve, reject) => {
    let shown = "";
    let seen = 0;
    const left = [...steps];
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`waited in vain for "${left[0]?.after}"; the terminal shows:\n${shown.slice(-3000)}`));
    }, 20_000);
    child.stdout.on("data", (data: Buffer) => {
      shown += data.toString("utf8");
      const text = plain(shown);
      for (let next = left[0]; next; next = left[0]) {
        const at = text.indexOf(next.after, seen);
        if (at < 0) break;
        left.shift();
        // What a step waits for may have come together with what the step before waited for.
        seen = at + next.after.length;
        child.stdin.write(next.types);
      }
    });
    child.on("error", reject);
    child.on("close", () => {
      clearTimeout(timer);
      const all = readFileSync(log, "utf8");
      rmSync(at, { recursive: true });
      if (left.length > 0) reject(new Error(`it ended before it said "${left[0]?.after}":\n${all.slice(-3000)}`));
      else resolve(all);
    });
  });
}

/** Without escape codes. */
function plain(shown: string): string {
  return shown.replaceAll(new RegExp(`${ESCAPE}\\[[0-9;?]*[A-Za-z]`, "g"), "");
}

const paste = (pasted: string) => `${ESCAPE}[200~${pasted.replaceAll("\n", "\r")}${ESCAPE}[201~`;

describe.skipIf(!hasScript)("on a terminal", () => {
  it("takes a bracketed paste as one message, blank lines and all, and colours what it says", async () => {
    const shown = await converse([
      { after: "Not sure", types: "tunnel down\r" },
      { after: "Which box", types: "1\r" },
      { after: "On your router", types: paste(text("hub, IPsec SA up")) },
      { after: "show crypto ipsec sa peer 40.10.1.1.", types: "quit\r" },
      { after: "Good luck.", types: "" },
    ]);
    expect(plain(shown)).toContain("Read from HUB: show crypto ipsec sa peer 40.10.1.1.");
    expect(plain(shown)).not.toContain("I did not understand");
    expect(shown).toContain(`${ESCAPE}[?2004h`);
    expect(shown).toContain(`${ESCAPE}[?2004l`);
    expect(shown).toContain(`${ESCAPE}[1m`);
  });

  it("does not send the last line of a paste twice when nothing ends it", async () => {
    const shown = await converse([
      { after: "Not sure", types: "tunnel down\r" },
      { after: "Which box", types: "1\r" },
      { after: "On your router", types: paste(text("hub, IPsec SA up").trimEnd()) },
      { after: "show crypto ipsec sa peer 40.10.1.1.", types: "\r" },
      { after: "›", types: "so far\r" },
      { after: "Ruled out", types: "quit\r" },
      { after: "Good luck.", types: "" },
    ]);
    expect(plain(shown)).not.toContain("I did not understand");
  });

  it("takes a plain paste of several lines, ended by a blank line, as one message", async () => {
    const shown = await converse([
      { after: "Not sure", types: `${text("hub, no IKE SA").replaceAll("\n", "\r")}\r` },
      { after: "Read from HUB", types: "quit\r" },
      { after: "Good luck.", types: "" },
    ]);
    expect(plain(shown).match(/Read from HUB/g)).toHaveLength(1);
  });

  it("takes a bracketed paste in two halves as two messages", async () => {
    const shown = await converse([
      { after: "Not sure", types: paste(text("spoke, configuration")) },
      { after: "Read from SPOKE", types: paste(text("hub, configuration")) },
      { after: "The IKE policies have no pair in common", types: "quit\r" },
      { after: "Good luck.", types: "" },
    ]);
    expect(plain(shown)).toContain("confirmed");
  });

  it("answers a typed line that it does not understand, without a blank line after it", async () => {
    await converse([
      { after: "Not sure", types: "wtf\r" },
      { after: "I did not understand that", types: "quit\r" },
      { after: "Good luck.", types: "" },
    ]);
  });

  it("asks for no colours where NO_COLOR is set", async () => {
    const shown = await converse(
      [
        { after: "Not sure", types: "quit\r" },
        { after: "Good luck.", types: "" },
      ],
      { NO_COLOR: "1" },
    );
    expect(shown).not.toContain(`${ESCAPE}[1m`);
    expect(shown).not.toContain(`${ESCAPE}[36m`);
  });

  it("ends with Ctrl-D", async () => {
    const shown = await converse([{ after: "Not sure", types: "\u0004" }]);
    expect(shown).toContain(`${ESCAPE}[?2004l`);
  });
});
