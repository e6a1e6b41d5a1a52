/** Prints how accurate the diagnosis is on the labelled cases: `npm run accuracy`. */
import { readCases } from "./case.ts";
import { judge } from "./judge.ts";
import { coverageOf, tableOf } from "./table.ts";

const judged = readCases().map(judge);
process.stdout.write(`${coverageOf(judged)}\n\n${tableOf(judged)}\n`);
for (const { item, faults } of judged)
  if (faults.length > 0)
    process.stdout.write(`\n${item.about} / ${item.name}\n${faults.map((fault) => `  ${fault}`).join("\n")}\n`);
process.exitCode = judged.some(({ faults }) => faults.length > 0) ? 1 : 0;
