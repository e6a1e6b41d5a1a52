/**
 * `ip xfrm policy`: which packets the kernel wants to have encrypted, and which it takes only decrypted. Of a tunnel there
 * is one out, and one in and one fwd for what comes back: for the host itself, and for what it passes on.
 * Source: iproute2 (ip/xfrm_policy.c), and what it prints.
 */
import { canonicalAddress, networkFromText } from "../../domain/network.ts";
import type { Command, Line, Output, Parsed } from "../../domain/output.ts";
import type { KernelPolicy } from "../../domain/readings/path.ts";

const HEAD =
  /^src (?<src>[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?) dst (?<dst>[0-9a-fA-F.:]{2,45}(?:\/\d{1,3})?)(?<more> (?:proto|uid|sport|dport|type|dev|sel)\b.{0,120})?\s*$/;
const DIRECTION =
  /^\s+dir (?<dir>in|out|fwd) (?:action (?<action>allow|block) )?(?:index \d{1,12} )?priority (?<priority>\d{1,12})/;
/** Policies of the daemon's own sockets, which let IKE pass. */
const SOCKET = /^\s+socket (?:in|out) /;
const TEMPLATE = /^\s+tmpl src (?<from>[0-9a-fA-F.:]{2,45}) dst (?<to>[0-9a-fA-F.:]{2,45})/;
const ASIDE =
  /^\s+(?:proto (?:esp|ah|comp|route2|hao)\b|security context|lifetime|limit:|expire |add |level |enc-mask|auth-mask|\d{1,18}\(bytes\)|crypto offload|flag )/;
const MORE = /^\s+(?:mark 0x|if_id 0x)/;

type Open = { -readonly [Field in keyof KernelPolicy]: KernelPolicy[Field] };

export const ipXfrmPolicy: Command = {
  run: "ip [-s] [-d] xfrm policy",
  alsoRun: ["ip xfrm policy [show] [list]", "ip -s xfrm policy [show] [list]", "ip x p"],
  looksLike: [DIRECTION, SOCKET, TEMPLATE],
  mayStartWith: [HEAD],
  parse(output: Output): Parsed {
    const unread: Line[] = [];
    const policies: KernelPolicy[] = [];
    let head: Pick<KernelPolicy, "line" | "source" | "destination" | "byMore"> | undefined;
    let open: Open | undefined;
    let isSocket = false;
    for (const line of output.lines) {
      const { text, number } = line;
      const begins = HEAD.exec(text)?.groups;
      const direction = DIRECTION.exec(text)?.groups;
      const template = TEMPLATE.exec(text)?.groups;
      if (begins) {
        const source = networkFromText(begins["src"] ?? "");
        const destination = networkFromText(begins["dst"] ?? "");
        open = undefined;
        isSocket = false;
        head = source && destination && { line: number, source, destination, byMore: begins["more"] !== undefined };
      } else if (SOCKET.test(text)) isSocket = true;
      else if (direction && head) {
        open = {
          ...head,
          direction: direction["dir"] as KernelPolicy["direction"],
          priority: Number(direction["priority"]),
          action: direction["action"] === "block" ? "block" : "allow",
        };
        policies.push(open);
      } else if (template && open) {
        open.from = canonicalAddress(template["from"] ?? "");
        open.to = canonicalAddress(template["to"] ?? "");
      } else if (MORE.test(text) && open) open.byMore = true;
      else if (text.trim() !== "" && !ASIDE.test(text) && !(isSocket && /^\s/.test(text))) unread.push(line);
    }
    const complete = output.isCut !== true && output.isOpenEnded !== true && unread.length === 0;
    if (policies.length === 0 && !complete) return { values: [], unread };
    return { values: [{ kind: "kernel-policies", line: output.lines[0]?.number ?? 1, policies, complete }], unread };
  },
};
