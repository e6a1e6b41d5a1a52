/** How long to wait before connecting, so that a loop of crashes never uses up the day's sessions. */
import type { APIGatewaySessionStartLimit } from "discord.js";

/**
 * Discord lets a bot begin 1000 sessions a day; beyond that it ends all of them and resets the token (events/gateway).
 * While more than half are left there is no wait; then what is left is spread over what is left of the day.
 * @returns milliseconds
 */
export function pauseBefore({ total, remaining, reset_after: resetAfter }: APIGatewaySessionStartLimit): number {
  if (remaining > total / 2) return 0;
  return Math.ceil(resetAfter / Math.max(1, remaining));
}
