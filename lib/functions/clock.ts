import type { FunctionRun } from "../engine/types";
import { limits } from "./limits";

/**
 * A running function's clock, at its host. It goes while the code computes and jumps where the code sleeps; it stands while the
 * host answers a call, because what the lab needs for that (a key pair, another function's start) is no time of AWS's. What
 * another function that was invoked took is added to it.
 */
export interface FunctionClock {
  /** Lab time, ms. */
  now(): number;
  /** ms since the beginning. */
  elapsed(): number;
  /** ms to the timeout; zero or less where it is over. */
  left(): number;
  /** The code computes: after this the clock goes, and `over` is called if it comes to the timeout, or computes for too long. */
  go(): void;
  stand(): void;
  /** The code slept for so many ms, or waited for so long. */
  skip(ms: number): void;
}

export type Over = "timed-out" | "stopped";

export function functionClock({ at, timeout }: Pick<FunctionRun, "at" | "timeout">, over: (why: Over) => void, real: () => number = () => performance.now()): FunctionClock {
  const most = timeout * 1000;
  let computed = 0;
  let skipped = 0;
  let began: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const computing = (): number => computed + (began === undefined ? 0 : real() - began);
  const clock: FunctionClock = {
    now: () => at + clock.elapsed(),
    elapsed: () => computing() + skipped,
    left: () => most - clock.elapsed(),
    go() {
      began ??= real();
      clearTimeout(timer);
      const [toTimeout, toLimit] = [clock.left(), limits.computing - computing()];
      timer = setTimeout(() => over(toTimeout <= toLimit ? "timed-out" : "stopped"), Math.max(0, Math.min(toTimeout, toLimit)));
    },
    stand() {
      clearTimeout(timer);
      computed = computing();
      began = undefined;
    },
    skip(ms) {
      skipped += Math.max(0, ms);
      if (began === undefined) return;
      clock.go();
    },
  };
  return clock;
}

/** What the log says of an invocation that was stopped for computing too long; the timeout would have come later. */
export const stoppedLine = ({ timeout }: Pick<FunctionRun, "timeout">): string =>
  `[Keyhole stopped this invocation: it computed for ${limits.computing / 1000} seconds without an end. AWS would let it run on, and charge for it, up to its timeout of ${timeout} seconds.]\n`;
