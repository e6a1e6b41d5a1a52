/** `tunnelmedic backup FILE`: a consistent copy of the embedded database, while the service runs. */
import { StoreUnavailable } from "../domain/chat.ts";
import { UsageError } from "./arguments.ts";
import { nameOfInput } from "./echo.ts";
import { withStore } from "./stored.ts";

export async function runBackup(args: readonly string[]): Promise<number> {
  const [file = ""] = args;
  if (args.length !== 1 || file.trim() === "" || file.startsWith("-"))
    throw new UsageError("backup wants the name of a new file, as in: npx tunnelmedic backup tunnelmedic-backup.db");
  const name = nameOfInput(file, 0);
  return withStore(async (store) => {
    await store.backup(file).catch((error: unknown) => {
      throw error instanceof Error && !(error instanceof StoreUnavailable)
        ? new UsageError(error.message.replaceAll(file, name))
        : error;
    });
    process.stdout.write(
      `copied to ${name}; to restore it, stop the service and put it in DATA_DIR as tunnelmedic.db\n`,
    );
    return 0;
  });
}
