/** Pictures as SVG: narrow enough for a phone, in light or dark. */
import type {
  AttemptsPicture,
  DirectionDrawn,
  EndsPicture,
  PathMark,
  PathPicture,
  Picture,
} from "../domain/picture.ts";
import { type Canvas, canvasFor, type Ink, type Theme } from "./canvas.ts";
import { pictureWords } from "./words.ts";

const WIDTH = 440;

/** A picture as an SVG document without scripts, styles or references. */
export function drawPicture(picture: Picture, theme: Theme): string {
  const canvas = canvasFor(theme);
  const { height, parts } = draw(picture, canvas);
  return canvas.picture({ width: WIDTH, height }, pictureWords(picture), parts);
}

interface Drawn {
  readonly height: number;
  readonly parts: readonly string[];
}

function draw(picture: Picture, canvas: Canvas): Drawn {
  switch (picture.kind) {
    case "path":
      return drawPath(picture, canvas);
    case "attempts":
      return drawAttempts(picture, canvas);
    case "ends":
      return drawEnds(picture, canvas);
  }
}

const MARKS: Readonly<Record<PathMark, { readonly sign: string; readonly ink: Ink; readonly words: string }>> = {
  yes: { sign: "✓", ink: "good", words: "passed" },
  no: { sign: "✗", ink: "bad", words: "fails here" },
  open: { sign: "?", ink: "open", words: "not known yet" },
  unseen: { sign: "·", ink: "line", words: "not looked at" },
};

function drawPath({ stages }: PathPicture, { box, text, line }: Canvas): Drawn {
  const row = 52;
  const parts = stages.flatMap(({ name, mark }, index) => {
    const { sign, ink, words } = MARKS[mark];
    const y = 12 + index * row;
    const isLast = index === stages.length - 1;
    return [
      ...(isLast ? [] : [line([38, y + 38], [38, y + row], mark === "yes" ? "good" : "line", mark !== "yes")]),
      box({ x: 12, y, width: WIDTH - 24, height: 38 }, ink),
      text(38, y + 25, sign, { ink, size: 18, bold: true, anchor: "middle" }),
      text(64, y + 24, name, { bold: mark === "no", ink: mark === "unseen" ? "quiet" : "text", most: 24 }),
      text(WIDTH - 26, y + 24, words, { ink: mark === "unseen" ? "quiet" : ink, size: 13, anchor: "end" }),
    ];
  });
  return { height: 12 + stages.length * row, parts };
}

const OUTCOMES = { up: "good", failed: "bad", open: "open" } as const;
/** Where each step of a negotiation stands on its line. */
const STEPS = ["begun", "answered", "phase 1", "quick mode", "up"] as const;

function drawAttempts({ attempts, end, left }: AttemptsPicture, canvas: Canvas): Drawn {
  const { text, line, dot } = canvas;
  const [first, last] = [30, WIDTH - 40];
  const each = (last - first) / (STEPS.length - 1);
  const row = 66;
  const top = 66;
  const heading = [
    text(16, 24, `Negotiations in the log of ${end}`, { bold: true, most: 46 }),
    ...STEPS.map((name, index) =>
      text(first + index * each, 50, name, { size: 11, ink: "quiet", anchor: index === 0 ? "start" : "middle" }),
    ),
  ];
  const rows = attempts.flatMap((attempt, index) => {
    const y = top + index * row;
    const ink = OUTCOMES[attempt.outcome];
    const reached = first + attempt.reached * each;
    return [
      line([first, y + 12], [last, y + 12], "line", true),
      line([first, y + 12], [reached, y + 12], ink),
      ...STEPS.slice(0, attempt.reached).map((_, step) => dot([first + step * each, y + 12], 4, ink)),
      dot([reached, y + 12], 7, ink, attempt.outcome === "up"),
      text(16, y + 38, `${attempt.time === "" ? "" : `${attempt.time}  `}${attempt.begun}`, {
        size: 12,
        ink: "quiet",
        most: 56,
      }),
      text(16, y + 54, attempt.words, { size: 13, ink, most: 54 }),
    ];
  });
  const below =
    left === 0
      ? []
      : [text(16, top + attempts.length * row + 12, `${left} earlier ones are not drawn`, { size: 12, ink: "quiet" })];
  return { height: top + attempts.length * row + (left === 0 ? 8 : 26), parts: [...heading, ...rows, ...below] };
}

/** Widths in DejaVu Sans, as shares of the size: of bold capitals on the average, and of a digit. */
const CAPITAL = 0.78;
const DIGIT = 0.64;
/** What a box of 132 holds between its lines; smaller than this nobody reads. */
const INSIDE = 124;
const SMALLEST = 9;

/** Words in a box: as large as they fit, and cut where they would get too small. */
function fitted(words: string, size: number, share: number): { readonly size: number; readonly most: number } {
  const fits = Math.floor(INSIDE / ([...words].length * share));
  return { size: Math.max(SMALLEST, Math.min(size, fits)), most: Math.floor(INSIDE / (SMALLEST * share)) };
}

function drawEnds({ local, remote, out, back, isDifference }: EndsPicture, canvas: Canvas): Drawn {
  const { box, text } = canvas;
  const end = (x: number, { name, address }: EndsPicture["local"], what: string) => [
    box({ x, y: 14, width: 132, height: 172 }, "line"),
    text(x + 66, 44, name, { ...fitted(name, 14, CAPITAL), bold: true, anchor: "middle" }),
    text(x + 66, 64, address === name ? "" : address, {
      ...fitted(address, 12, DIGIT),
      ink: "quiet",
      anchor: "middle",
    }),
    text(x + 66, 172, what, { size: 12, ink: "quiet", anchor: "middle" }),
  ];
  return {
    height: 214,
    parts: [
      ...end(12, local, "our end"),
      ...end(WIDTH - 144, remote, "the far end"),
      ...arrow(canvas, 86, out, true),
      ...arrow(canvas, 138, back, false),
      text(WIDTH / 2, 206, isDifference ? "packets between two readings" : "packets since the SA was made", {
        size: 12,
        ink: "quiet",
        anchor: "middle",
      }),
    ],
  };
}

const STATES: Readonly<Record<DirectionDrawn["state"], { readonly ink: Ink; readonly words: string }>> = {
  arrives: { ink: "good", words: "arrives" },
  lost: { ink: "bad", words: "stops here" },
  nothing: { ink: "bad", words: "nothing arrives" },
  "not-sent": { ink: "bad", words: "not sent" },
  "no-sa": { ink: "bad", words: "no SA" },
  unknown: { ink: "open", words: "not known" },
};

/** From one box to the other; it ends where the packets do. */
function arrow({ line, text }: Canvas, y: number, direction: DirectionDrawn, isOut: boolean): string[] {
  const { ink, words } = STATES[direction.state];
  const [left, right] = [150, WIDTH - 150];
  const middle = (left + right) / 2;
  const [from, to] = isOut ? [left, right] : [right, left];
  const stops =
    direction.state === "lost"
      ? middle
      : direction.state === "nothing"
        ? to - (isOut ? 14 : -14)
        : direction.state === "arrives"
          ? to
          : from;
  const tip = isOut ? -8 : 8;
  const cross = (x: number) => [
    line([x - 6, y - 6], [x + 6, y + 6], "bad"),
    line([x - 6, y + 6], [x + 6, y - 6], "bad"),
  ];
  const isCut =
    direction.state === "lost" ||
    direction.state === "nothing" ||
    direction.state === "not-sent" ||
    direction.state === "no-sa";
  return [
    line([from, y], [to, y], "line", true),
    ...(stops === from || direction.state === "nothing" ? [] : [line([from, y], [stops, y], ink)]),
    ...(direction.state === "arrives"
      ? [line([to + tip, y - 6], [to, y], ink), line([to + tip, y + 6], [to, y], ink)]
      : []),
    ...(isCut ? cross(stops === from ? from + (isOut ? 14 : -14) : stops) : []),
    text(middle, y - 10, words, { ink, size: 12, anchor: "middle", bold: isCut }),
    number(text, from + (isOut ? -10 : 10), y + 5, direction.sent, isOut ? "end" : "start"),
    number(text, to + (isOut ? 10 : -10), y + 5, direction.arrived, isOut ? "start" : "end"),
  ];
}

function number(
  text: Canvas["text"],
  x: number,
  y: number,
  count: number | undefined,
  anchor: "start" | "end",
): string {
  return count === undefined ? "" : text(x, y, count.toLocaleString("en-US"), { size: 13, anchor });
}
