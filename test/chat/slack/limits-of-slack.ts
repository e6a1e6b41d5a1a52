/** What Slack refuses in a message or a view, as its reference says it; written apart from what the bot keeps to. */

type Json = Readonly<Record<string, unknown>>;

/** What is wrong with a message; empty where Slack would take it. */
export function faultsOfMessage({ text = "", blocks = [] }: { text?: string; blocks?: readonly unknown[] }): string[] {
  const faults: string[] = [];
  if (text === "" && blocks.length === 0) faults.push("no_text");
  if (text.length > 40_000) faults.push("msg_too_long");
  if (blocks.length === 0 && text.length > 4_000) faults.push("the server would split it");
  if (blocks.length > 50) faults.push("invalid_blocks: more than 50 blocks");
  if (charactersIn(blocks) > 13_200) faults.push("msg_blocks_too_long");
  return [...faults, ...blocks.flatMap((block) => faultsOfBlock(block as Json))];
}

/** What is wrong with a modal or App Home. */
export function faultsOfView(view: Json): string[] {
  const blocks = (view["blocks"] ?? []) as readonly Json[];
  const faults = blocks.length > 100 ? ["more than 100 blocks"] : [];
  for (const part of ["title", "submit", "close"] as const) {
    const text = (view[part] as { text?: string } | undefined)?.text;
    if (text !== undefined && (text.length > 24 || text === "")) faults.push(`${part}: 1 to 24 characters`);
  }
  if (view["type"] === "modal" && view["title"] === undefined) faults.push("a modal needs a title");
  if (String(view["private_metadata"] ?? "").length > 3_000) faults.push("private_metadata: 3,000 characters");
  return [...faults, ...blocks.flatMap(faultsOfBlock)];
}

function faultsOfBlock(block: Json): string[] {
  switch (block["type"]) {
    case "section":
      return [
        ...textFaults(block["text"], 3_000, "section"),
        ...(block["accessory"] === undefined ? [] : elementFaults(block["accessory"] as Json)),
      ];
    case "header":
      return textFaults(block["text"], 150, "header");
    case "context": {
      const elements = block["elements"] as readonly Json[];
      return [
        ...(elements.length < 1 || elements.length > 10 ? ["context: 1 to 10 elements"] : []),
        ...elements.flatMap((element) => textFaults(element, 3_000, "context")),
      ];
    }
    case "actions": {
      const elements = block["elements"] as readonly Json[];
      const ids = elements.map((element) => element["action_id"]);
      return [
        ...(elements.length < 1 || elements.length > 25 ? ["actions: 1 to 25 elements"] : []),
        ...(new Set(ids).size < ids.length ? ["actions: action ids must differ"] : []),
        ...elements.flatMap(elementFaults),
      ];
    }
    case "rich_text":
      return richTextFaults(block);
    case "input":
      return [
        ...textFaults(block["label"], 2_000, "input label"),
        ...(block["hint"] === undefined ? [] : textFaults(block["hint"], 2_000, "input hint")),
        ...elementFaults(block["element"] as Json),
      ];
    case "divider":
      return [];
    default:
      return [`no such block: ${String(block["type"])}`];
  }
}

function elementFaults(element: Json): string[] {
  const faults = String(element["action_id"] ?? "").length > 255 ? ["action_id: 255 characters"] : [];
  switch (element["type"]) {
    case "button":
      if (String(element["value"] ?? "").length > 2_000) faults.push("button value: 2,000 characters");
      if (String(element["url"] ?? "").length > 3_000) faults.push("button url: 3,000 characters");
      return [...faults, ...textFaults(element["text"], 75, "button")];
    case "overflow":
      return [...faults, ...optionsFaults(element["options"] as readonly Json[], 1, 5)];
    case "static_select":
      return [...faults, ...optionsFaults(element["options"] as readonly Json[], 1, 100)];
    case "checkboxes":
    case "radio_buttons":
      return [...faults, ...optionsFaults(element["options"] as readonly Json[], 1, 10)];
    case "plain_text_input":
      if (Number(element["max_length"] ?? 1) > 3_000) faults.push("max_length: 3,000");
      if (String(element["initial_value"] ?? "").length > Number(element["max_length"] ?? 3_000))
        faults.push("initial_value: longer than max_length");
      return faults;
    case "file_input":
    case "users_select":
    case "conversations_select":
      return faults;
    default:
      return [`no such element: ${String(element["type"])}`];
  }
}

function optionsFaults(options: readonly Json[], least: number, most: number): string[] {
  return [
    ...(options.length < least || options.length > most ? [`options: ${least} to ${most}`] : []),
    ...options.flatMap((option) => textFaults(option["text"], 75, "option")),
    ...options.flatMap((option) => (String(option["value"]).length > 150 ? ["option value: 150 characters"] : [])),
  ];
}

function richTextFaults(block: Json): string[] {
  const faults: string[] = [];
  const visit = (element: Json): void => {
    if (element["type"] === "text") {
      const text = String(element["text"]);
      if (text === "") faults.push("rich text: empty text");
      faults.push(...sendableFaults(text));
      return;
    }
    if (element["type"] === "user" || element["type"] === "link" || element["type"] === "emoji") return;
    const elements = element["elements"] as readonly Json[] | undefined;
    if (elements === undefined) faults.push(`no such rich text element: ${String(element["type"])}`);
    else if (elements.length === 0) faults.push("rich text: no elements");
    else elements.forEach(visit);
  };
  visit(block);
  if (charactersIn([block]) > 3_000) faults.push("rich text: 3,000 characters");
  return faults;
}

function textFaults(element: unknown, most: number, where: string): string[] {
  const { text, type } = element as { text?: string; type?: string };
  if (type !== "plain_text" && type !== "mrkdwn") return [`${where}: no text object`];
  if (text === undefined || text === "") return [`${where}: empty text`];
  return [
    ...(text.length > most ? [`${where}: ${text.length} characters, ${most} are the most`] : []),
    ...sendableFaults(text),
  ];
}

function sendableFaults(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  return /\p{Surrogate}|[\u0000-\u0008\u000b-\u001f]/u.test(text) ? ["a character that can't be sent"] : [];
}

function charactersIn(blocks: readonly unknown[]): number {
  let count = 0;
  JSON.stringify(blocks, (key, value: unknown) => {
    if (key === "text" && typeof value === "string") count += value.length;
    return value;
  });
  return count;
}
