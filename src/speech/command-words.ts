/** What people call what was read: "config" and "debug:isakmp+ipsec" are our own words for what no command line names. */
export function commandWords(command: string): string {
  if (command === "config") return "configuration";
  return command.startsWith("debug:") ? `debug of ${command.slice("debug:".length).replaceAll("+", " and ")}` : command;
}
