import { describe, expect, it } from "vitest";
import type { Submission } from "../../../src/chat/slack/events.ts";
import {
  handToForm,
  pasteForm,
  readHandToForm,
  readPasteForm,
  readStartForm,
  startForm,
} from "../../../src/chat/slack/forms.ts";
import { faultsOfView } from "./limits-of-slack.ts";

type Values = Submission["view"]["state"]["values"];

function submitted(view: object, values: Values): Submission {
  const { callback_id, private_metadata } = view as { callback_id: string; private_metadata: string };
  return {
    user: { id: "U1" },
    team: { id: "T1" },
    view: { id: "V1", callback_id, private_metadata, state: { values } },
  };
}

describe("the form that opens a case", () => {
  it("is taken by Slack, with and without words typed after the command", () => {
    const words = "peer 198.51.100.7 <!channel> is down ".repeat(40);
    for (const view of [
      startForm({}, "C1"),
      startForm({}, undefined),
      startForm({ symptom: "one-way", platform: "junos", peer: "2001:db8::1", words }, "C1"),
    ])
      expect(faultsOfView(view as never)).toEqual([]);
  });

  it("is filled from what was typed", () => {
    const view = JSON.stringify(startForm({ symptom: "one-way", platform: "junos", peer: "198.51.100.7" }, "C1"));
    expect(view).toContain('"initial_value":"198.51.100.7"');
    expect(view).toMatch(/"initial_option":\{[^}]*\{[^}]*\},"value":"one-way"/);
    expect(view).toMatch(/"initial_option":\{[^}]*\{[^}]*\},"value":"junos"/);
  });

  it("says what was filled in, and where the case belongs", () => {
    const values: Values = {
      symptom: { symptom: { selected_option: { value: "flapping" } } },
      platform: { platform: { selected_option: { value: "unknown" } } },
      peer: { peer: { value: " 198.51.100.7 " } },
      reach: { reach: { selected_option: { value: "local" } } },
      privately: { privately: { selected_options: [] } },
    };
    expect(readStartForm(submitted(startForm({}, "C1"), values))).toEqual({
      symptom: "flapping",
      platform: "unknown",
      peer: "198.51.100.7",
      onlyOurEnd: true,
      channel: "C1",
    });
    const privately = { ...values, privately: { privately: { selected_options: [{ value: "yes" }] } } };
    expect(readStartForm(submitted(startForm({}, "C1"), privately))).toMatchObject({ channel: undefined });
    const elsewhere = { ...values, where: { where: { selected_conversation: "C9" } } };
    expect(readStartForm(submitted(startForm({}, undefined), elsewhere))).toMatchObject({ channel: "C9" });
  });

  it("asks again for an address that is none, and for nothing else", () => {
    expect(readStartForm(submitted(startForm({}, "C1"), {}))).toMatchObject({ peer: undefined, symptom: undefined });
    expect(readStartForm(submitted(startForm({}, "C1"), { peer: { peer: { value: "the hub" } } }))).toMatchObject({
      errors: { peer: expect.stringContaining("no IP address") },
    });
  });
});

describe("the form for pastes", () => {
  const view = pasteForm({ caseId: "7F3K" });

  it("is taken by Slack and says how much it holds", () => {
    expect(faultsOfView(view as never)).toEqual([]);
    expect(JSON.stringify(view)).toContain("3,000 characters");
  });

  it("takes text, files and the end it was taken on", () => {
    const file = { id: "F1", name: "hub.txt" };
    const values: Values = {
      text: { text: { value: "HUB#show crypto isakmp sa" } },
      files: { files: { files: [file] } },
      side: { side: { selected_option: { value: "remote" } } },
    };
    expect(readPasteForm(submitted(view, values))).toEqual({
      text: "HUB#show crypto isakmp sa",
      files: [file],
      side: "remote",
      caseId: "7F3K",
      channel: undefined,
    });
  });

  it("takes neither nothing nor a text that Slack may have cut off", () => {
    expect(readPasteForm(submitted(view, {}))).toHaveProperty("errors.text");
    expect(readPasteForm(submitted(view, { text: { text: { value: "x".repeat(3_000) } } }))).toHaveProperty(
      "errors.text",
    );
    expect(readPasteForm(submitted(view, { text: { text: { value: "x".repeat(2_999) } } }))).not.toHaveProperty(
      "errors",
    );
  });
});

it("hands a case to the person who was chosen", () => {
  const view = handToForm("7F3K");
  expect(faultsOfView(view as never)).toEqual([]);
  const chosen = submitted(view, { person: { person: { selected_user: "U2" } } });
  expect(readHandToForm(chosen)).toEqual({ caseId: "7F3K", person: "U2" });
});
