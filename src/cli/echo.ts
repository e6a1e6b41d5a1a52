/**
 * How much of a wrong argument an error line may repeat. People paste configuration where a file name belongs, and the
 * error line ends in logs and tickets: only what reads like a name is repeated, anything else is told by its place.
 */
import { holdsSecret } from "../paste/holds-secret.ts";

/** A word of ours misspelt, or a name: letters and dashes, so that hardly a key can be meant. */
const WORD = /^[a-z]{2,16}(?:-[a-z]{1,16}){0,3}$/;
const ADDRESS = /^[0-9a-fA-F]{0,4}[.:][0-9a-fA-F.:]{1,45}(?:\/[0-9]{1,3})?$/;
/** With an extension, or in folders that are named in plain words: `pastes/hub`. */
const PATH = /^[\w.@+~/\\:=-]{1,200}\.[A-Za-z][A-Za-z0-9]{0,4}$|^[./~]{0,3}(?:[a-z-]{1,32}\/){0,8}[a-z-]{2,32}$/;
const PLACES = ["first", "second", "third", "fourth", "fifth", "sixth"];

/** ` "text"` where it reads like a word of a command line, else nothing. */
export function quotedWord(text: string): string {
  return (WORD.test(text) || ADDRESS.test(text)) && !holdsSecret(text) ? ` "${text}"` : "";
}

/** What to call an input that could not be read: its name, or which of the inputs it is. `index` counts from 0. */
export function nameOfInput(file: string, index: number): string {
  if (PATH.test(file) && !holdsSecret(file)) return file;
  return `the ${PLACES[index] ?? `${index + 1}th`} input`;
}
