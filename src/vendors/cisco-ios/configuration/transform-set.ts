/** `crypto ipsec transform-set NAME …` and its mode. */
import { readTransform } from "../transform-words.ts";
import type { Collected, OpenTransformSet, Taken } from "./collected.ts";
import type { Statement } from "./statements.ts";

const HEADING = /^crypto ipsec transform-set (?<name>\S{1,100}) (?<words>\S.*)$/;
const REMOVED = /^no crypto ipsec transform-set (?<name>\S{1,100})$/;
const MODE = /^mode (?<mode>tunnel|transport)(?: require)?$/;
/** Where a set's name was lost, the first transform stands in its place. */
const TRANSFORM_WORD = /^(?:esp|ah)-(?:\d{3}-)?(?:aes|des|3des|gcm|gmac|null|seal|md5|sha\d*)(?:-hmac)?$/;

export function takeTransformSet(statement: Statement, collected: Collected): Taken {
  const removed = REMOVED.exec(statement.text)?.groups?.["name"];
  if (removed !== undefined) {
    collected.transformSets.delete(removed);
    return "read";
  }
  const groups = HEADING.exec(statement.text)?.groups;
  if (groups === undefined) return undefined;
  const { name = "", words = "" } = groups;
  const isNameless = TRANSFORM_WORD.test(name) && readTransform(words)?.encryption === undefined;
  const text = isNameless ? `${name} ${words}` : words;
  const transform = readTransform(text);
  if (transform === undefined) return undefined;
  const set: OpenTransformSet = {
    name: isNameless ? "" : name,
    line: statement.line,
    transform,
    text,
    mode: "tunnel",
    at: { transform: statement.line },
  };
  collected.transformSets.set(set.name, set);
  return { mode: "transform-set", tellsUnread: true, read: (line) => readMode(set, line) };
}

function readMode(set: OpenTransformSet, { text, line }: Statement): boolean {
  if (text === "no mode") return true;
  const mode = MODE.exec(text)?.groups?.["mode"];
  if (mode !== "tunnel" && mode !== "transport") return false;
  set.mode = mode;
  set.at["mode"] = line;
  return true;
}
