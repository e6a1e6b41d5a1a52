/** Tells what people write around outputs from what devices print. */

const LONGEST = 600;
/** Words that people use and devices hardly ever print. */
const TALK = new Set(
  "i i'm i've im we we're we've you you're your our us my me they them please lets let's should would could because notice noticed see think thought tried try trying seems seem help helps why how hello hi hey thanks thank anyone someone everybody everyone guys team below above here what's it's its hence however although maybe perhaps sure want wanted need needed know understand explain looks look like tell says said check ran run running pasted paste attached hallo bitte danke hola gracias merci bonjour ciao grazie obrigado".split(
    " ",
  ),
);
/** Words that mean little alone; several of them make a sentence. */
const SMALL = new Set(
  "the a an is are was were be been has have had do does did this that these those there it of to in on at by with without from for and or but so if then when where while after before both each which who can cannot can't don't doesn't didn't isn't not only also just now still yet und ist nicht der das wir mit auf für ein eine que los las una por para est pas les des avec pour une dans não com uma non sono della".split(
    " ",
  ),
);
const ADDRESS = /\d{1,3}\.\d{1,3}\.\d{1,3}\.\d|[0-9a-f]:[0-9a-f]{1,4}:|0x[0-9a-f]/i;
const DEVICE =
  /^\s*(?:[%#!*]|\S{1,40}(?:=|\{|:\()|(?:description|remark|banner|access-list|no |ip |crypto |ISAKMP|IPSEC|IKEv2|CRYPTO|permit|deny)\b)/;
const STRUCTURE =
  /\d{1,3}\.\d{1,3}\.\d{1,3}|0x[0-9a-fA-F]|[=#{}_/%]|: \S|^\s+\S|^[a-z][\w-]{0,40} (?:\S{1,40} ){0,6}\S{0,40}\d/;
/** An item of a list; `*` and `-` with more signs after them are a device's. */
const BULLET = /^\s*[-*] [A-Za-z]/;
/** Letters of scripts that no device prints; accented Latin ones may stand in a description. */
const OTHER_SCRIPT = /[\u0370-\u1fff\u2e80-\ud7ff\uf900-\ufaff]/;

/**
 * Whether a line is a sentence of a person. `inOutput` asks for more, since losing a line of an output is worse than
 * showing a remark as unread.
 */
export function isProse(text: string, inOutput: boolean): boolean {
  if (inOutput && text.startsWith("  ")) return false;
  const line = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  if (DEVICE.test(line)) return false;
  if (OTHER_SCRIPT.test(line)) return true;
  let words = 0;
  let talk = 0;
  let small = 0;
  let start = -1;
  for (let at = 0; at <= line.length; at += 1) {
    const isLetter = at < line.length && isWordCharacter(line.charCodeAt(at));
    if (isLetter && start < 0) start = at;
    if (isLetter || start < 0) continue;
    const word = line.slice(start, at).toLowerCase();
    start = -1;
    words += 1;
    if (TALK.has(word)) talk += 1;
    else if (SMALL.has(word)) small += 1;
  }
  if (words < 3) return !inOutput && talk > 0 && words > 0 && /[.!?]$/.test(line);
  const hasAddress = ADDRESS.test(line);
  if (talk >= 2 || (talk === 1 && (small >= 1 || words >= 5))) return !(inOutput && hasAddress && talk + small < 3);
  const needed = inOutput || hasAddress ? 4 : 3;
  return small >= needed || (!inOutput && !hasAddress && small >= 2 && words >= 5 && !STRUCTURE.test(line));
}

/** What the CLI of Junos prints above each prompt: the node of a cluster, the level of the configuration. */
const ABOVE_A_PROMPT = /^(?:\{[a-z]{4,12}(?::node\d)?\})?(?:\[edit(?: [^[\]]{0,200})?\])?$/;

/** Whether a line that nobody can read is at least something that a device could have printed. */
export function isDeviceLike(text: string): boolean {
  if (ABOVE_A_PROMPT.test(text)) return false;
  if (BULLET.test(text) && !ADDRESS.test(text.slice(0, LONGEST))) return false;
  return STRUCTURE.test(text.length > LONGEST ? text.slice(0, LONGEST) : text);
}

function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 39 || code >= 0xc0;
}
