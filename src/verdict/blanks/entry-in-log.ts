/** The crypto map's entry that an ASA's log is about, where no configuration shows one. */
import type { EndView } from "../../tunnel/view.ts";

/** The only entry that the log names in what it says of this negotiation; the map alone where it names several of it. */
export function entryInLog({ events }: EndView): { readonly map: string; readonly sequence?: number } | undefined {
  const named = events.flatMap(({ item: { signature, captures } }) => {
    const { map, sequence } = captures;
    return map !== undefined && sequence !== undefined ? [{ signature, map, sequence }] : [];
  });
  // What fits, or is incomplete, is the peer's; of the others all are tried.
  const sure = named.filter(({ signature }) => signature !== "map-entry-has-other-peer");
  const candidates = sure.length > 0 ? sure : named;
  const [first] = candidates;
  if (!first || candidates.some(({ map }) => map !== first.map)) return undefined;
  const isOne = candidates.every(({ sequence }) => sequence === first.sequence);
  return { map: first.map, ...(isOne && { sequence: Number(first.sequence) }) };
}
