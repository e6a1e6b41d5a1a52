/** `show session id N`: one session, line by line. */
import { canonicalAddress } from "../../../domain/network.ts";
import type { Line } from "../../../domain/output.ts";
import type { Session } from "./session.ts";

export interface SessionDetail {
  readonly line: number;
  readonly fields: Map<string, { readonly value: string; readonly line: number }>;
  flow: "c2s" | "s2c" | "";
}

const FLOW = /^\s{2,16}(?<flow>c2s|s2c) flow:\s*$/;
const FIELD = /^\s{2,24}(?<name>[A-Za-z][\w()/. -]{1,40}?)\s{0,40}:\s{0,20}(?<value>\S.{0,120})?$/;

export function newDetail(line: number): SessionDetail {
  return { line, fields: new Map(), flow: "" };
}

export function detailLine(detail: SessionDetail, { text, number }: Line): boolean {
  const flow = FLOW.exec(text)?.groups?.["flow"];
  if (flow !== undefined) {
    detail.flow = flow === "c2s" ? "c2s" : "s2c";
    return true;
  }
  const groups = FIELD.exec(text)?.groups;
  if (!groups) return false;
  const name = groups["name"] ?? "";
  const isOfFlow = /^(?:source|dst|proto|sport|state|src user|dst user)$/.test(name);
  const key = isOfFlow ? `${detail.flow} ${name}` : name;
  if (!detail.fields.has(key)) detail.fields.set(key, { value: (groups["value"] ?? "").trim(), line: number });
  return true;
}

export function sessionOf({ line, fields }: SessionDetail): Session | undefined {
  const of = (name: string) => fields.get(name);
  const source = canonicalAddress(of("c2s source")?.value.split(" ")[0] ?? "");
  const destination = canonicalAddress(of("c2s dst")?.value ?? "");
  if (source === undefined || destination === undefined) return undefined;
  const back = canonicalAddress(of("s2c dst")?.value ?? "");
  const [entrance, exit] = [of("ingress interface"), of("egress interface")];
  const state = of("c2s state");
  return {
    source,
    destination,
    protocol: of("c2s proto")?.value ?? "",
    entrance: entrance?.value,
    exit: exit?.value === "" ? undefined : exit?.value,
    isDiscarded: state?.value.startsWith("DISCARD") === true,
    ...(back !== undefined && back !== source && { translated: back }),
    at: {
      from: entrance?.line ?? of("c2s source")?.line ?? line,
      to: exit?.line ?? line,
      state: state?.line ?? line,
      translated: of("s2c dst")?.line ?? line,
    },
  };
}
