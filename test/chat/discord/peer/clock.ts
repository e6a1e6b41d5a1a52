/** The peer's clock, which can be moved on, and ids made from it. */

const DISCORD_EPOCH = 1_420_070_400_000;

export class Clock {
  private ahead = 0;
  private stood: number | undefined;
  private count = 0n;

  now(): number {
    return (this.stood ?? Date.now()) + this.ahead;
  }

  /** From here on it moves only when it is moved: how long the machine takes shows nowhere. */
  stand(): void {
    this.stood = Date.now();
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** Tokens, attachments and threads age by so many milliseconds. */
  pass(ms: number): void {
    this.ahead += ms;
  }

  /** A snowflake: later ones are larger. */
  id(): string {
    this.count += 1n;
    return ((BigInt(this.now() - DISCORD_EPOCH) << 22n) | (this.count & 0x3fffffn)).toString();
  }
}
