/** Two real strongSwan gateways in network namespaces; `npm run gateways` tries more. */
import { afterAll, describe, expect, it } from "vitest";
import { FAULTS } from "./faults.ts";
import { Lab, whyNot } from "./lab.ts";
import { faultsOf, lineOf } from "./table.ts";

const reason = whyNot();
if (reason !== undefined) console.log(`Two real gateways are not tried: ${reason}.`);

describe.skipIf(reason !== undefined)("two real gateways, one thing broken: it is named, and the fix mends it", () => {
  const lab = reason === undefined ? new Lab() : undefined;
  afterAll(() => lab?.close());

  it.each(FAULTS.filter(({ isQuick }) => isQuick).map((fault) => [fault.name, fault] as const))(
    "%s",
    { timeout: 60_000 },
    async (_, fault) => {
      const outcome = await lab?.try(fault);
      expect(outcome && faultsOf(outcome), outcome && lineOf(outcome)).toEqual([]);
    },
  );
});
