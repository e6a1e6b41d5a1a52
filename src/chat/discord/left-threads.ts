/** Threads that their case has left: what is said there is heard by no case, and people are told where it goes on. */
import { caseIdFrom } from "../../case/commands.ts";

const MOST = 1_000;

/** What this process knows of threads without a case. */
export class LeftThreads {
  private readonly cases = new Map<string, string | undefined>();

  /** @param caseId undefined: no case was ever there, as far as can be told */
  note(threadId: string, caseId: string | undefined): void {
    this.cases.delete(threadId);
    this.cases.set(threadId, caseId);
    const [oldest] = this.cases.keys();
    if (this.cases.size > MOST && oldest !== undefined) this.cases.delete(oldest);
  }

  knows(threadId: string): boolean {
    return this.cases.has(threadId);
  }

  caseThatLeft(threadId: string): string | undefined {
    return this.cases.get(threadId);
  }
}

/** The case that a thread of ours was named after: "7F3K · tunnel down". */
export function caseInName(name: string): string | undefined {
  return caseIdFrom(name.split(" · ")[0] ?? "");
}
