/** `npm run gateways [WORD…]`: two real strongSwan gateways, broken one thing at a time. Words choose faults by name; `-v` shows fixes and pastes. */
import { FAULTS } from "./faults.ts";
import { Lab, whyNot } from "./lab.ts";
import { faultsOf, lineOf } from "./table.ts";

async function main(): Promise<void> {
  const reason = whyNot();
  if (reason !== undefined) {
    console.log(`The gateways are skipped: ${reason}.`);
    return;
  }
  const words = process.argv.slice(2).filter((word) => word !== "-v");
  const isVerbose = process.argv.includes("-v");
  const chosen = FAULTS.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
  const lab = new Lab();
  let wrong = 0;
  try {
    for (const fault of chosen) {
      const outcome = await lab.try(fault);
      console.log(lineOf(outcome));
      if (isVerbose) console.log([...outcome.fix, outcome.pastes.a, outcome.pastes.b].join("\n"));
      if (faultsOf(outcome).length > 0) wrong += 1;
    }
  } finally {
    lab.close();
  }
  console.log(`${chosen.length - wrong} of ${chosen.length} as they should be`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

void main();
