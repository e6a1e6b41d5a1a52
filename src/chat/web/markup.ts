/** Markup as a value: everything put into it is escaped, so that pasted text can never become an element or attribute. */
import { html as escaped, raw } from "hono/html";

/** Markup that is safe to send. */
export type Html = ReturnType<typeof raw>;

/** A template of markup; strings put into it are escaped, markup and lists of it are taken as they are. */
export function html(strings: TemplateStringsArray, ...values: readonly (Part | readonly Part[])[]): Html {
  const made = escaped(strings, ...values);
  if (made instanceof Promise) throw new Error("markup must not wait for anything");
  return made;
}
type Part = string | number | Html | false | undefined;

export const NOTHING: Html = raw("");

/** "1 line", "2,104 lines". */
export function counted(number: number, one: string, many: string): string {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
