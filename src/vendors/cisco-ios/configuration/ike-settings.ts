/** Global IKE and IPsec settings: single lines that begin with `crypto isakmp` or `crypto ipsec`. */
import type { Collected, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

type Settings = Collected["settings"];
const KEEPALIVE =
  /^crypto isakmp keepalive (?<seconds>\d{1,5})(?: (?<retry>\d{1,5}))?(?: (?<mode>periodic|on-demand))?$/;
const NAT_KEEPALIVE = /^crypto isakmp nat keepalive (?<seconds>\d{1,5})$/;
const IDENTITY = /^crypto isakmp identity (?<identity>address|hostname|dn|key-id .{1,100})$/;
const LIFETIME =
  /^crypto ipsec security-association lifetime (?:seconds (?<seconds>\d{1,10})|kilobytes (?<kilobytes>\d{1,10}|disable))$/;
const WINDOW = /^crypto ipsec security-association replay window-size (?<size>\d{1,5})$/;
const REPLAY_OFF = /^crypto ipsec security-association replay disable$/;
const DF_BIT = /^crypto ipsec df-bit (?<df>clear|copy|set)$/;
const NAT_TRANSPARENCY = /^(?<no>no )?crypto ipsec nat-transparency udp-encaps?ulation$/;
/** Lines that are on or off and no more: field, and whether `no` in front of them is kept as "off" or forgets them. */
const SWITCHES: Readonly<
  Record<string, "enabled" | "aggressiveModeDisabled" | "invalidSpiRecovery" | "fragmentation">
> = {
  "crypto isakmp enable": "enabled",
  "crypto isakmp aggressive-mode disable": "aggressiveModeDisabled",
  "crypto isakmp invalid-spi-recovery": "invalidSpiRecovery",
  "crypto isakmp fragmentation": "fragmentation",
};
/** Lines that do not bear on whether a tunnel comes up. */
const ASIDE =
  /^(?:no )?crypto (?:isakmp (?:xauth|diagnose|default policy|client|ssl|profile)|ipsec (?:fragmentation|optional|security-association (?:idle-time|dummy|ecn|multi-sn)|nat-transparency spi-matching|default)|logging|engine|mib|call|provisioning|wui|vpn|nps|identity)\b/;

export function takeIkeSetting({ text, line }: Statement, collected: Collected): Taken {
  const { settings } = collected;
  const isOff = text.startsWith("no ");
  const field = SWITCHES[isOff ? text.slice(3) : text];
  if (field !== undefined) {
    settings[field] = !isOff;
    settings.at[field] = line;
    return "read";
  }
  const natTransparency = NAT_TRANSPARENCY.exec(text);
  if (natTransparency) {
    settings.natTransparency = natTransparency.groups?.["no"] === undefined;
    settings.at["natTransparency"] = line;
    return "read";
  }
  if (text.startsWith("no crypto isakmp keepalive")) {
    settings.keepalive = undefined;
    delete settings.at["keepalive"];
    return "read";
  }
  return takeValue(settings, text, line) || ASIDE.test(text) ? "read" : undefined;
}

function takeValue(settings: Settings, text: string, line: number): boolean {
  const keepalive = KEEPALIVE.exec(text)?.groups;
  if (keepalive) {
    const { seconds, retry, mode } = keepalive;
    settings.keepalive = {
      seconds: Number(seconds),
      ...(retry !== undefined && { retry: Number(retry) }),
      // Cisco IOS Security Command Reference, "crypto isakmp keepalive": on-demand is the default.
      mode: mode === "periodic" ? "periodic" : "on-demand",
    };
    settings.at["keepalive"] = line;
    return true;
  }
  const lifetime = LIFETIME.exec(text)?.groups;
  if (lifetime) {
    const { seconds, kilobytes } = lifetime;
    if (seconds !== undefined) {
      settings.saLifetimeSeconds = Number(seconds);
      settings.at["saLifetimeSeconds"] = line;
    } else if (kilobytes !== "disable") {
      settings.saLifetimeKilobytes = Number(kilobytes);
      settings.at["saLifetimeKilobytes"] = line;
    }
    return true;
  }
  if (REPLAY_OFF.test(text)) {
    settings.replayDisabled = true;
    settings.at["replayDisabled"] = line;
    return true;
  }
  return takeWord(settings, text, line);
}

function takeWord(settings: Settings, text: string, line: number): boolean {
  const natKeepalive = NAT_KEEPALIVE.exec(text)?.groups?.["seconds"];
  const identity = IDENTITY.exec(text)?.groups?.["identity"];
  const window = WINDOW.exec(text)?.groups?.["size"];
  const dfBit = DF_BIT.exec(text)?.groups?.["df"];
  if (natKeepalive !== undefined) {
    settings.natKeepaliveSeconds = Number(natKeepalive);
    settings.at["natKeepaliveSeconds"] = line;
  } else if (identity !== undefined) {
    settings.identity = identity;
    settings.at["identity"] = line;
  } else if (window !== undefined) {
    settings.replayWindow = Number(window);
    settings.at["replayWindow"] = line;
  } else if (dfBit === "clear" || dfBit === "copy" || dfBit === "set") {
    settings.dfBit = dfBit;
    settings.at["dfBit"] = line;
  } else return false;
  return true;
}
