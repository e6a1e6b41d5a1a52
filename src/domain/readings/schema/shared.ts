/** Pieces that the schemas of several readings share. They mirror the types of the domain; a test keeps them equal. */
import { z } from "zod";
import { PLATFORM_IDS } from "../../ids.ts";

/** A line of a paste, counted from 1. */
export const LineNumber = z.int().min(1);
const NO_LIST = { error: "is no list of lines", abort: true } as const;
/**
 * Lines of single fields, by the field's name. Checked by hand: a hub's SAs have a million of them, and z.record takes
 * ten times as long.
 */
export const At = z.custom<Record<string, number>>(isObject, NO_LIST).superRefine((at, { addIssue }) => {
  for (const name in at)
    if (!isLineNumber(at[name])) addIssue({ code: "custom", path: [name], message: "is no line number" });
});
/** A counter, a time in seconds, a size: finite and not below zero. */
export const Amount = z.number().min(0);

export const text = z.string().optional();
export const amount = Amount.optional();
export const flag = z.boolean().optional();
export const optionalLine = LineNumber.optional();
export const optionalAt = At.optional();
export const Texts = z.array(z.string());
export const IkeVersion = z.union([z.literal(1), z.literal(2)]);
export const Platform = z.enum([...PLATFORM_IDS, "unknown"]);

export const Network = z.discriminatedUnion("family", [
  z.object({ family: z.literal(4), address: z.string(), wildcard: z.string() }),
  z.object({ family: z.literal(6), address: z.string(), prefixLength: z.int().min(0).max(128) }),
]);
export const Selector = z.object({ network: Network, protocol: Amount, port: Amount });
export const Transform = z.object({ encryption: text, integrity: text, ah: text, compression: text });
export const Mode = z.enum(["tunnel", "transport"]);
export const TunnelNames = z.object({ connection: text, child: text, tunnelInterface: text, number: text });

/** Whether it is an object as JSON knows them. */
function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isLineNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
