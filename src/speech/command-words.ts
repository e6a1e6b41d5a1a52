/** What people call what was read: "config" is our own word for an output that no command line names. */
export function commandWords(command: string): string {
  return command === "config" ? "configuration" : command;
}
