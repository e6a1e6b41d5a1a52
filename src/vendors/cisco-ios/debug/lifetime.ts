/** Lifetimes as IKEv1 attributes print them (RFC 2407 section 4.5: basic or variable length). */

/** "(basic) of 7200" is 7200, "(VPI) of  0x0 0x1 0x51 0x80" is 86400; undefined for anything else. */
export function lifetimeSeconds(text: string): number | undefined {
  const basic = /^\(basic\) of {1,4}(\d{1,10})/i.exec(text)?.[1];
  if (basic !== undefined) return Number(basic);
  const bytes = /^\(VPI\) of {1,4}((?:0x[0-9a-f]{1,2}\b ?){1,8})/i.exec(text)?.[1];
  if (bytes === undefined) return undefined;
  return bytes
    .trim()
    .split(" ")
    .reduce((sum, byte) => sum * 256 + Number(byte), 0);
}
