/** Readings about certificates, and about the clock that their dates are held against. */
import type { At } from "./ike.ts";

/** A moment as a device prints it, on its own wall clock. */
export interface DeviceTime {
  /** Seconds from 1970 to the time on the wall, as if it were UTC. */
  readonly wallSeconds: number;
  /** As printed: "UTC", "CET". Times of one zone can be compared to the second. */
  readonly zone?: string | undefined;
}

export interface Certificate {
  readonly line: number;
  /** own: the device proves itself with it; ca: it judges others' by it. */
  readonly use: "own" | "ca";
  /** As printed: "Available", "Pending". */
  readonly status?: string | undefined;
  readonly notBefore?: DeviceTime | undefined;
  readonly notAfter?: DeviceTime | undefined;
  readonly trustPoints: readonly string[];
  /** Lines of single fields: "status", "notBefore", "notAfter". */
  readonly at: At;
}
export interface Certificates {
  readonly kind: "certificates";
  readonly certificates: readonly Certificate[];
  /** The trust point that was asked for, or a filter: others may exist. */
  readonly asked?: string | undefined;
}

/** What a trust point has and lacks (`show crypto pki trustpoints status`). */
export interface TrustPoint {
  readonly name: string;
  readonly line: number;
  /** The authority's certificate is there and was accepted. */
  readonly hasAuthority?: boolean | undefined;
  /** A certificate of its own was asked for and granted. */
  readonly hasOwn?: boolean | undefined;
  /** Lines of single fields: "hasAuthority", "hasOwn". */
  readonly at: At;
}
export interface TrustPoints {
  readonly kind: "trust-points";
  readonly trustPoints: readonly TrustPoint[];
}

/** What the device takes for now (`show clock`). */
export interface Clock extends DeviceTime {
  readonly kind: "clock";
  readonly line: number;
  /** false: the device itself does not trust it ("*": never set). */
  readonly isSet: boolean;
}
