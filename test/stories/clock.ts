/** The time that passes in a story, ahead of the machine's. */
export interface StoryClock {
  now(): number;
  pass(ms: number): void;
}

/** @param passed is told as well, for those who keep a time of their own */
export function storyClock(passed: (ms: number) => void = () => {}): StoryClock {
  const begun = Date.now();
  let ahead = 0;
  return {
    now: () => begun + ahead,
    pass(ms) {
      ahead += ms;
      passed(ms);
    },
  };
}
