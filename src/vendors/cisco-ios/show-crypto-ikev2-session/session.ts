/** The heading of an IKEv2 session, and the session as a reading. */
import type { Line } from "../../../domain/output.ts";
import type { CryptoSession, SessionFlow } from "../../../domain/readings/session.ts";
import type { SaDraft } from "../show-crypto-ikev2-sa/sa.ts";
import type { ChildDraft } from "./child.ts";

export interface SessionDraft {
  readonly line: number;
  readonly id?: number | undefined;
  readonly status?: string | undefined;
  readonly sas: SaDraft[];
  readonly children: ChildDraft[];
}

export const SESSION = /^\s*Session-id: ?(?<id>\d{1,10}), Status: ?(?<status>[A-Z-]{2,20})(?:, IKE count: ?\d{1,6})?/;

export function startSession({ text, number }: Line): SessionDraft | undefined {
  const groups = SESSION.exec(text)?.groups;
  if (!groups) return undefined;
  return { line: number, id: Number(groups["id"]), status: groups["status"], sas: [], children: [] };
}

/** The session as a reading; undefined without an SA, whose peer it would be. */
export function toSession(draft: SessionDraft, flows: readonly SessionFlow[]): CryptoSession | undefined {
  const [sa] = draft.sas;
  if (!sa) return undefined;
  return {
    line: draft.line,
    status: draft.status,
    peer: sa.remote,
    peerPort: sa.remotePort,
    ivrf: sa.vrf,
    phase1Id: sa.remoteId,
    ikeSas: draft.sas.flatMap(({ local, remote, localPort, remotePort, line, standing, connectionId }) =>
      local === undefined || remote === undefined
        ? []
        : {
            line,
            version: 2 as const,
            local,
            remote,
            localPort: localPort ?? 500,
            remotePort: remotePort ?? 500,
            active: standing === "up",
            sessionId: draft.id,
            connectionId,
            at: {},
          },
    ),
    flows,
    at: draft.status === undefined ? {} : { status: draft.line },
  };
}
