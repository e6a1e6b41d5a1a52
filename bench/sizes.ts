/** How large the pastes are that several benchmarks read. */

export const TUNNELS = 10_000;
export const DEBUG_BYTES = 60_000;
