/** How to take a fix back: what to keep before it is made, and how its platform goes back to that. */
import type { PlatformId } from "../domain/ids.ts";
import type { NamedEnds } from "../domain/named-ends.ts";
import type { Block, Reply } from "../domain/reply.ts";
import type { Finding, FixStep } from "../domain/verdict.ts";
import { text } from "./blocks.ts";
import { differenceTable } from "./diagnosis.ts";
import { nameOf } from "./names.ts";
import { nextStep } from "./next-step.ts";
import { foundIn, isDebug } from "./safe.ts";
import type { Standing } from "./standing.ts";

interface WayBack {
  /** Keeps what there is, before the change. */
  readonly keep: readonly string[];
  /** Goes back to it; none: the old lines have to be typed again. */
  readonly back: readonly string[];
  readonly note: string;
}

/**
 * Sources: Cisco IOS Configuration Fundamentals, "Configuration Replace and Configuration Rollback"; Cisco ASA command
 * reference, "copy"; Junos CLI User Guide, "rollback", "commit confirmed"; FortiOS CLI reference, "execute backup config";
 * PAN-OS CLI Quick Start, "load config"; RouterOS manual, "Configuration Management"; swanctl(8); ipsec_auto(8); AWS CLI reference.
 */
const WAYS_BACK: Readonly<Record<PlatformId, WayBack>> = {
  "cisco-ios": {
    keep: ["copy running-config flash:before-fix.cfg"],
    back: ["configure replace flash:before-fix.cfg"],
    note: "It changes only the lines that differ from that copy.",
  },
  "cisco-asa": {
    keep: ["copy /noconfirm running-config disk0:/before-fix.cfg", "more disk0:/before-fix.cfg"],
    back: [],
    note: "An ASA can't go back by itself: the copy has the old lines to type again. On FTD the manager deploys the version before.",
  },
  strongswan: {
    keep: ["cp -a /etc/swanctl /root/swanctl.before-fix"],
    back: ["cp -a /root/swanctl.before-fix/. /etc/swanctl/", "swanctl --load-all"],
    note: "With ipsec.conf it is that file, and ipsec reload. VyOS, pfSense and OPNsense keep earlier configurations themselves.",
  },
  libreswan: {
    keep: ["cp -a /etc/ipsec.d /root/ipsec.d.before-fix"],
    back: ["cp -a /root/ipsec.d.before-fix/. /etc/ipsec.d/"],
    note: "Then load the connection anew: ipsec auto --replace with its name. If it stands in ipsec.conf, keep that file as well.",
  },
  junos: {
    keep: ["commit confirmed 10"],
    back: ["rollback 1", "commit"],
    note: "Committed so, it goes back by itself after ten minutes unless you commit once more.",
  },
  fortios: {
    keep: ["execute backup config flash before-fix"],
    back: [],
    note: "Restoring that revision restarts the FortiGate, so rather set the old values again; the revision shows them.",
  },
  panos: {
    keep: ["configure", "save config to before-fix.xml"],
    back: ["load config from before-fix.xml", "commit"],
    note: "Loading takes back what anybody else changed since, too.",
  },
  routeros: {
    keep: ["/export file=before-fix"],
    back: ["/undo"],
    note: "Once for each change, the last one first. In safe mode (Ctrl+X) all of it goes back when the session breaks off.",
  },
  aws: {
    keep: ["aws ec2 describe-vpn-connections > before-fix.json"],
    back: [],
    note: "AWS can't go back by itself: that file has the old options to set again. It holds the keys, so keep it safe.",
  },
};

/** What takes the fix back; where there is none yet, that nothing was changed. */
export function rollBack(standing: Standing): Reply {
  const finding = foundIn(standing);
  const next = nextStep(standing).blocks;
  if (finding === undefined) return { blocks: [text(nothingToTakeBack(standing)), ...next] };
  const { ends } = standing.diagnosis;
  const steps = finding.fix.filter(({ commands }) => commands.length > 0);
  if (steps.length === 0)
    return {
      blocks: [text("Its fix has no commands of mine. Write down what stands there before you change it."), ...next],
    };
  return { blocks: [...waysBack(steps, ends), ...valuesBefore(finding, ends), ...clears(steps), ...next] };
}

function waysBack(steps: readonly FixStep[], ends: NamedEnds): Block[] {
  const seen = new Set<string>();
  return steps.flatMap(({ side, platform }): Block[] => {
    const where = nameOf(side, ends);
    const way = platform === "unknown" ? undefined : WAYS_BACK[platform];
    if (way === undefined || seen.has(where)) return [];
    seen.add(where);
    const isKept = way.back.length === 0;
    return [
      { type: "code", label: `Before the fix, on ${where}`, lines: way.keep, ...(isKept && { note: way.note }) },
      ...(isKept ? [] : [{ type: "code" as const, label: `To go back, on ${where}`, lines: way.back, note: way.note }]),
    ];
  });
}

/** What was there is known where the ends were compared. */
function valuesBefore(finding: Finding, ends: NamedEnds): Block[] {
  return finding.differs.length === 0
    ? []
    : [text("What was there when I read it, to set again by hand:"), differenceTable(finding, ends)];
}

const CLEARS =
  /^[ ]{0,4}(?:clear|reset|swanctl --terminate|ipsec auto --down|diagnose vpn (?:ike gateway flush|tunnel reset))/;

function clears(steps: readonly FixStep[]): Block[] {
  const isCleared = steps.some(({ commands }) => commands.some((line) => CLEARS.test(line)));
  return isCleared
    ? [text("A clear can't be taken back, nor need it be: the ends negotiate again when traffic comes.")]
    : [];
}

function nothingToTakeBack({ waiting, diagnosis: { verdict } }: Standing): string {
  const [ask] = waiting.for === "output" ? verdict.asks : [];
  if (ask !== undefined && isDebug(ask.command))
    return "There is no fix yet, so nothing to take back. A debug is switched off as it was switched on: see below.";
  return "There is no fix yet, so nothing to take back; what I ask for only shows what is there.";
}
