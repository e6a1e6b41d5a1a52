/** Run as a process of its own: opens the store that DATABASE_URL or DATA_DIR name, takes MESSAGES messages, and ends. */
import { openStore } from "../../src/store/open.ts";
import { answered, message } from "./engine.ts";

const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir = "unset", MESSAGES = "1", NAME = "" } = process.env;
const store = await openStore({ databaseUrl, dataDir });
for (let each = 0; each < Number(MESSAGES); each += 1)
  await store.take(message({ thread: `C1/${each % 3}`, deliveries: [`${NAME}${each}`] }), () =>
    answered(`${NAME}${each}`),
  );
await store.close();
