import type { Mapping } from "../mapping.ts";

/** Every other command: nothing may be read from it as though it were one of ours; debug-like traces may be a log. */
export const otherCommands: Mapping = {
  command: "(commands not read)",
  folders: /^/,
  isRead: false,
  facts(facts, _fixture, read) {
    const kinds = read.outputs.flatMap(({ values }) => values.map(({ kind }) => kind));
    facts.add(
      "readings",
      [],
      kinds.filter((kind) => kind !== "log"),
    );
    facts.add(
      "faults",
      [],
      read.outputs.map(({ fault }) => fault).filter((fault) => fault !== undefined),
    );
  },
};
