/** A script that talks to `npm start` over HTTP: by WEB_TOKEN, without a browser. */
import { randomUUID } from "node:crypto";
import type { Started } from "../main/started.ts";

export const WEB_TOKEN = "a-token-of-tests-only-4711";

export interface Answered {
  readonly status: number;
  readonly text: string;
}

export function scriptFor({ url }: Pick<Started, "url">) {
  async function send(path: string, fields: Readonly<Record<string, string>>): Promise<Answered> {
    const answer = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${WEB_TOKEN}`, accept: "application/json" },
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
    return { status: answer.status, text: await answer.text() };
  }
  return {
    async open(text = ""): Promise<string> {
      const { status, text: body } = await send("/cases", { delivery: randomUUID(), text, side: "" });
      if (status !== 200) throw new Error(`no case was opened: ${status} ${body}`);
      return (JSON.parse(body) as { caseId: string }).caseId;
    },
    /** @param delivery equal for what is sent again */
    say: (caseId: string, text: string, delivery: string = randomUUID()) =>
      send(`/case/${caseId}/say`, { delivery, text, side: "" }),
    async get(path: string): Promise<Answered> {
      const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${WEB_TOKEN}` } });
      return { status: answer.status, text: await answer.text() };
    },
  };
}
