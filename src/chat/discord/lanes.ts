/** Work in order within each place, side by side between places. */
export class Lanes {
  private readonly lanes = new Map<string, Promise<void>>();

  /** After everything that was given for this place before. Never rejects. */
  run(place: string, work: () => Promise<void>): Promise<void> {
    const before = this.lanes.get(place) ?? Promise.resolve();
    const now = before.then(work).catch(() => undefined);
    this.lanes.set(place, now);
    void now.then(() => {
      if (this.lanes.get(place) === now) this.lanes.delete(place);
    });
    return now;
  }

  /** When all that was given so far is done. */
  async idle(): Promise<void> {
    await Promise.all(this.lanes.values());
  }
}
