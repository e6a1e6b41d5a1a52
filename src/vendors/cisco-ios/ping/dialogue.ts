/** The dialogue of `ping` without arguments: one question a line, the answer behind it. */
import { canonicalAddress } from "../../../domain/network.ts";
import { type OpenPing, setSource } from "./typed.ts";

const QUESTION =
  /^\s*(?<question>Protocol|Target IP(?:v6)? address|Repeat count|Datagram size|Timeout in seconds|Extended commands|Ingress ping|Source address or interface|Source address|DSCP Value|Type of service|Set DF bit in IP header\?|Validate reply data\?|Data pattern|Loose, Strict, Record, Timestamp, Verbose|Sweep range of sizes|Precedence|Verbose|VRF|Include hop by hop option\?|Include destination option\?|UDP protocol\?|Number of hops)[^:[\n]{0,40}(?:\[[^\]]{0,60}\])?:\s?(?<answer>.{0,200})/;

/** Takes a question and its answer into `open`; false if the line is no question of the dialogue. */
export function readDialogueLine(open: OpenPing, text: string): boolean {
  const groups = QUESTION.exec(text)?.groups;
  if (groups === undefined) return false;
  const answer = (groups["answer"] ?? "").trim();
  if (answer === "") return true;
  switch (groups["question"]) {
    case "Target IP address":
    case "Target IPv6 address":
      open.target = canonicalAddress(answer) ?? answer;
      break;
    case "Source address or interface":
    case "Source address":
      setSource(open, answer);
      break;
    case "Datagram size":
      if (/^\d{1,6}$/.test(answer)) open.bytes = Number(answer);
      break;
    case "Set DF bit in IP header?":
      if (/^y/i.test(answer)) open.dfBit = true;
      break;
  }
  return true;
}
