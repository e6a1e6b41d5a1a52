import type { IpsecFlow, IpsecSa } from "../../../src/domain/readings/ipsec.ts";
import { type Facts, NOT_KEPT } from "../facts.ts";
import { type Json, type JsonObject, objectAt, objectsIn, textOf } from "../json.ts";
import { transformOf } from "./transform-sets.ts";

/** The SAs of one section of a proxy identity, `{}` where the heading stands without any. */
export function compareSas(
  facts: Facts,
  at: string,
  section: Json,
  flow: IpsecFlow | undefined,
  direction: string,
  protocol: string,
): void {
  const ours = flow?.sas.filter((sa) => sa.direction === direction && sa.protocol === protocol);
  const expected = objectsIn(objectAt(section, "spi"));
  facts.add(`${at}.sas`, expected.length, ours?.length);
  for (const [index, [spi, sa]] of expected.entries()) {
    const own = ours?.[index];
    facts.add(`${at}.${index + 1}.spi`, spi.split("(")[0], own?.spi);
    compareSa(facts, `${at}.${index + 1}`, sa, own);
  }
}

function compareSa(facts: Facts, at: string, sa: JsonObject, own: IpsecSa | undefined): void {
  const { transform, in_use_settings: settings, remaining_key_lifetime: lifetime, ...fields } = sa;
  facts.add(`${at}.transform`, transformOf(textOf(transform)) ?? `${transform} (not in the table)`, own?.transform);
  facts.add(`${at}.in_use_settings`, wordsOf(textOf(settings)), own?.settings);
  compareLifetime(facts, `${at}.remaining_key_lifetime`, lifetime, own);
  const [engine, flow] = own?.flowId?.split(":") ?? [];
  facts.record(at, fields, {
    conn_id: own?.connectionId,
    flow_id: engine,
    flow_id_val: flow,
    replay_detection_support: answer(own?.replayDetection),
    status: own?.status,
    crypto_map: NOT_KEPT,
    sibling_flags: NOT_KEPT,
    iv_size: NOT_KEPT,
    kilobyte_volume_rekey: NOT_KEPT,
    ekey_status: NOT_KEPT,
    initiator_flag: NOT_KEPT,
  });
}

/** "(4607999/83191)", "94"; of "4 hours, 2 mins" genie keeps the last word, which says nothing. */
function compareLifetime(facts: Facts, at: string, lifetime: Json | undefined, own: IpsecSa | undefined): void {
  const text = textOf(lifetime);
  const [kilobytes, seconds] = text.replace(/[()]/g, "").split("/");
  if (seconds !== undefined) {
    facts.add(`${at}.kilobytes`, kilobytes, own?.kilobytesLeft);
    facts.add(`${at}.seconds`, seconds, own?.secondsLeft);
  } else if (/^\d+$/.test(text)) facts.add(`${at}.seconds`, text, own?.secondsLeft);
  else facts.skip(lifetime);
}

export function answer(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? "Y" : "N";
}

/** "Tunnel, esn", "Transport UDP-Encaps, " */
export function wordsOf(settings: string): string[] {
  return settings.split(/[\s,]+/).filter((word) => word !== "");
}
