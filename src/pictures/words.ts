/** Pictures in words, for those who can't see them, and in characters, for terminals. */
import type { AttemptsPicture, DirectionDrawn, EndsPicture, Picture } from "../domain/picture.ts";

/** What a picture shows, as running text. */
export function pictureWords(picture: Picture): string {
  switch (picture.kind) {
    case "path":
      return `The path through the tree: ${picture.stages.map(({ name, mark }) => `${name} ${MARKS[mark]}`).join(", ")}.`;
    case "attempts":
      return `Negotiations in the log of ${picture.end}: ${picture.attempts.map(attemptWords).join("; ")}.`;
    case "ends":
      return endsWords(picture);
  }
}

const MARKS = { yes: "passed", no: "fails", open: "not known yet", unseen: "not looked at" } as const;

function attemptWords({ time, begun, words }: AttemptsPicture["attempts"][number]): string {
  return [time, begun, words].filter((part) => part !== "").join(", ");
}

function endsWords({ local, remote, out, back }: EndsPicture): string {
  return `From ${local.name} to ${remote.name}: ${directionWords(out)}. Back: ${directionWords(back)}.`;
}

const STATES: Readonly<Record<DirectionDrawn["state"], string>> = {
  arrives: "packets arrive",
  lost: "packets do not arrive",
  nothing: "nothing arrives",
  "not-sent": "nothing is sent",
  "no-sa": "there is no SA",
  unknown: "not known",
};

function directionWords({ state, sent, arrived }: DirectionDrawn): string {
  const counts = [
    sent === undefined ? "" : `${sent.toLocaleString("en-US")} sent`,
    arrived === undefined ? "" : `${arrived.toLocaleString("en-US")} arrived`,
  ].filter((part) => part !== "");
  return `${STATES[state]}${counts.length === 0 ? "" : ` (${counts.join(", ")})`}`;
}

/** A picture in lines of characters, each at most 72 wide. */
export function pictureText(picture: Picture): string[] {
  switch (picture.kind) {
    case "path":
      return [`  ${picture.stages.map(({ name, mark }) => `${name} ${SIGNS[mark]}`).join(" ── ")}`];
    case "attempts":
      return [
        `  Negotiations in the log of ${picture.end}`,
        ...picture.attempts.flatMap((attempt) => [
          `  ${"●".repeat(attempt.reached)}${ENDS[attempt.outcome]}${"·".repeat(4 - attempt.reached)}  ${[attempt.time, attempt.begun].filter(Boolean).join("  ")}`.slice(
            0,
            72,
          ),
          `         ${attempt.words}`.slice(0, 72),
        ]),
        ...(picture.left === 0 ? [] : [`  ${picture.left} earlier ones are not shown`]),
      ];
    case "ends": {
      const { local, remote } = picture;
      return [
        `  ${local.name} ${ARROWS[picture.out.state]}▶ ${remote.name}   ${directionWords(picture.out)}`.slice(0, 72),
        `  ${local.name} ◀${ARROWS[picture.back.state]} ${remote.name}   ${directionWords(picture.back)}`.slice(0, 72),
      ];
    }
  }
}

const SIGNS = { yes: "✓", no: "✗", open: "?", unseen: "·" } as const;
const ENDS = { up: "✓", failed: "✗", open: "?" } as const;
const ARROWS: Readonly<Record<DirectionDrawn["state"], string>> = {
  arrives: "─────",
  lost: "──✗··",
  nothing: "····✗",
  "not-sent": "✗····",
  "no-sa": "✗····",
  unknown: "··?··",
};
