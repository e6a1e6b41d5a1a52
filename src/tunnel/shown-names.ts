/** What an end calls this tunnel in what it shows of it and logs, where no configuration was pasted. */
import type { TunnelNames } from "../domain/readings/names.ts";
import { oncePerView } from "./once-per-end.ts";

const KINDS = ["connection", "child", "tunnelInterface", "number"] as const;

const ASKED_FOR = /^(?:show vpn ike-sa gateway|diagnose vpn ike gateway list name) (\S{1,63})$/;

/** Of a long log the end tells what it is about. */
const RECENT = 100;

/** A name of each kind that the last looks and the last negotiation agree on; several names leave open which is meant. */
export const shownNames = oncePerView((end): TunnelNames => {
  const looks = [end.ikeSas, end.flows, end.sessions].flatMap(
    (kind): readonly { item: { names?: TunnelNames | undefined } }[] => kind.at(-1)?.items ?? [],
  );
  // A look that was asked for by its name and found nothing.
  const asked =
    end.ikeSas.at(-1)?.items.length === 0 ? ASKED_FOR.exec(end.ikeSas.at(-1)?.command ?? "")?.[1] : undefined;
  const logged = [...end.attempts.slice(-1), ...end.events.slice(-RECENT)].map(({ item }) => item.names);
  const all = [{ connection: asked }, ...looks.map(({ item }) => item.names), ...logged].flatMap(
    (names) => names ?? [],
  );
  return Object.fromEntries(
    KINDS.map((kind) => {
      const [name, ...others] = new Set(all.flatMap((names) => names[kind] ?? []));
      return [kind, others.length > 0 ? undefined : name];
    }),
  );
});
