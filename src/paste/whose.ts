/** Keeps track of whose the next output is: the last prompt or heading, and what was said of each host before. */
import type { PlatformId, Side } from "../domain/ids.ts";
import type { Heading } from "./announcement.ts";
import type { Context } from "./chunk.ts";
import type { Prompt } from "./prompt.ts";

export class Whose {
  /** Host names seen in prompts and headings. */
  readonly hosts = new Set<string>();
  /** By host; what no prompt names goes by no name. */
  readonly #platforms = new Map<string | undefined, PlatformId>();
  readonly #sides = new Map<string, Side>();
  #context: Context = {};

  get context(): Context {
    return this.#context;
  }

  /** What follows is from the prompt's device. A heading's end goes to the first host after it, and stays with it. */
  follow({ host }: Prompt): void {
    if (host === undefined) return;
    this.hosts.add(host);
    const isOther = this.#context.host !== undefined && this.#context.host !== host;
    const side = this.#sides.get(host) ?? (isOther ? undefined : this.#context.side);
    if (side) this.#sides.set(host, side);
    this.#context = { host, side };
  }

  /** What follows is from whom the heading names; a heading that names nobody ends what was said before. */
  head(heading: Heading | undefined): void {
    this.#context = { ...heading, isHeaded: heading?.host !== undefined };
    const { host, side } = this.#context;
    if (host === undefined) return;
    this.hosts.add(host);
    if (side === undefined) this.#context = { host, side: this.#sides.get(host), isHeaded: true };
    else this.#sides.set(host, side);
  }

  /** An output of this host showed what it is. */
  isOn(host: string | undefined, platform: PlatformId): void {
    this.#platforms.set(host, platform);
  }

  platformOf(host: string | undefined): PlatformId | undefined {
    return this.#platforms.get(host);
  }

  /** The platforms that a prompt can be of, what its host has shown to be first. */
  platformsOf({ host, platforms }: Prompt): readonly PlatformId[] {
    const known = host === undefined ? undefined : this.#platforms.get(host);
    return known === undefined ? platforms : [known, ...platforms.filter((platform) => platform !== known)];
  }
}
