/**
 * Run under strace: takes messages one after the other and prints "ACK n" when n is committed. SYNCHRONOUS=normal makes
 * the database less safe than the store allows, behind the store's back.
 */
import { writeSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { openStore } from "../../../src/store/open.ts";
import { answered, message } from "../engine.ts";

const { DATA_DIR: dataDir = "unset", SYNCHRONOUS = "full", MESSAGES = "1" } = process.env;
const pragma = Sqlite.prototype.pragma;
Sqlite.prototype.pragma = function (source, options) {
  // Often, so that a crash meets checkpoints too.
  if (source === "secure_delete = on") pragma.call(this, "wal_autocheckpoint = 40");
  if (SYNCHRONOUS === "full" || !source.startsWith("synchronous")) return pragma.call(this, source, options);
  if (source.includes("=")) return pragma.call(this, `synchronous = ${SYNCHRONOUS}`);
  return 2;
};

const store = await openStore({ dataDir });
for (let each = 1; each <= Number(MESSAGES); each += 1) {
  const text = `message ${each} `.repeat(1 + ((each * 37) % 120));
  await store.take(message({ thread: `C1/${each % 7}`, deliveries: [`m${each}`] }), () => answered(text));
  writeSync(1, `ACK ${each}\n`);
}
// No gentle end: the machine is running when the power goes.
process.kill(process.pid, "SIGKILL");
