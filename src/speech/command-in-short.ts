/** Commands of several lines, named in a sentence by the one whose output tells. */

/** Lines that only prepare for another one, or switch it on. */
const PREPARES =
  /^(?:debug crypto condition |diagnose vpn ike log(?: |-)filter |diagnose debug (?:console|enable)|execute (?:log filter|ping-options) |\/system logging add )/;

/** The line that tells; of several tables the first, with "…". */
export function commandInShort(command: string): string {
  const lines = command.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.filter((line) => !PREPARES.test(line));
  const [first] = telling;
  if (first !== undefined && telling.length > 1 && telling.every((line) => line.startsWith("show ")))
    return `${first} …`;
  return telling.at(-1) ?? lines.at(-1) ?? "";
}
