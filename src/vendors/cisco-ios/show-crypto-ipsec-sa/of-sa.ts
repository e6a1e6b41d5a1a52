/** The lines below an `spi:` line of `show crypto ipsec sa`: one SA's transform, settings, lifetimes and status. */
import { type Blocks, openSa, type SaDraft } from "./blocks.ts";
import { numberAfter, readLifetime, readSaSettings, readSaTransform, readSpi, wordsAfter } from "./fields.ts";

/**
 * Reads one line of an SA.
 * @returns false where it is none, where no SA was begun, or where its value could not be read
 */
export function readSaLine(blocks: Blocks, text: string, from: number, code: number, line: number): boolean {
  if (code === 115 && text.startsWith("spi:", from)) return readSpiLine(blocks, text, from + 4, line);
  const { sa } = blocks;
  if (sa === undefined) return false;
  switch (code) {
    case 115: // s
      if (text.startsWith("sa timing:", from)) return readTiming(sa, text, from + 10);
      return text.startsWith("slot:", from) && readConnection(sa, text, from);
    case 116: // t
      if (!text.startsWith("transform:", from)) return false;
      sa.transform = readSaTransform(blocks.memory, text.slice(from + 10));
      return sa.transform !== undefined;
    case 105: // i
      return text.startsWith("in use settings", from) && readSettingsLine(sa, blocks, text, from + 15);
    case 99: // c
      return text.startsWith("conn id:", from) && readConnection(sa, text, from);
    case 114: // r
      return text.startsWith("replay ", from) && readReplay(sa, text, from);
    case 83: // S
      return text.startsWith("Status:", from) && readStatus(sa, text, from + 7);
    case 75: // K
      return text.startsWith("Kilobyte Volume Rekey", from);
    default:
      // "Kilobyte Volume Rekey has been disabled" with its beginning lost.
      return text.endsWith("ekey has been disabled");
  }
}

function readSpiLine(blocks: Blocks, text: string, from: number, line: number): boolean {
  let start = from;
  while (text.charCodeAt(start) === 32) start += 1;
  const spi = readSpi(text, start);
  const sa = openSa(blocks, line, spi);
  return sa !== undefined && (spi !== undefined || text.startsWith("[Not Available]", start));
}

function readTiming(sa: SaDraft, text: string, from: number): boolean {
  const label = "remaining key lifetime";
  const found = text.indexOf(label, from);
  if (found < 0) return false;
  const left = readLifetime(text.slice(found + label.length, found + label.length + 100).trim());
  if (left === undefined) return false;
  sa.secondsLeft = left.seconds;
  sa.kilobytesLeft = left.kilobytes;
  return true;
}

function readConnection(sa: SaDraft, text: string, from: number): boolean {
  sa.connectionId = numberAfter(text, "conn id: ", from);
  sa.flowId = wordsAfter(text, "flow_id: ", from);
  return sa.connectionId !== undefined;
}

function readSettingsLine(sa: SaDraft, blocks: Blocks, text: string, from: number): boolean {
  const equals = text.indexOf("=", from);
  const settings = equals < 0 ? undefined : readSaSettings(blocks.memory, text.slice(equals + 1));
  if (settings === undefined) return false;
  sa.settings = settings.words;
  sa.mode = settings.mode;
  sa.udpEncapsulated = settings.udpEncapsulated;
  return true;
}

/** "replay detection support: Y", "replay window size: 1024", also both on one line. */
function readReplay(sa: SaDraft, text: string, from: number): boolean {
  const window = numberAfter(text, "replay window size: ", from);
  if (window !== undefined) sa.replayWindow = window;
  if (!text.startsWith("replay detection support:", from)) return window !== undefined;
  const answer = text.charAt(from + 26);
  if (answer !== "Y" && answer !== "N") return false;
  sa.replayDetection = answer === "Y";
  return true;
}

function readStatus(sa: SaDraft, text: string, from: number): boolean {
  const status = text.slice(from).trim();
  if (status === "" || status.length > 60) return false;
  sa.status = status;
  return true;
}
