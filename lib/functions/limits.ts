/**
 * What an invocation may use, in whichever language and at whichever host. The lab waits while code runs, so the longest time
 * that it may really take is shorter than AWS's; what the code only waits for (`sleep`) moves its clock and takes no time.
 */
export const limits = {
  /** Bytes of output that are kept of one invocation. */
  output: 256 * 1024,
  /** Milliseconds that code may really compute, though its timeout be longer. */
  computing: 30_000,
  /** Calls to AWS in one invocation. */
  calls: 10_000,
  /** Bytes of one request or answer between the code and its host. */
  message: 8 * 1024 * 1024,
  /** Interpreters that stand warm and idle; the ones used longest ago go first. */
  idle: 4,
  /** Milliseconds after which idle ones go, if nothing was run. */
  idleFor: 5 * 60_000,
  /** Interpreters that run at the same time: functions that invoke functions. AWS stops a loop at sixteen. */
  running: 20,
} as const;
