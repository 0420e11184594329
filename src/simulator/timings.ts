/**
 * How long things take, in seconds of simulated time. Recorded: create 5–10 s, update about 6 s, delete 30–60 s
 * (2022–2025). Nodes: 2–3 minutes from asking to idle, about a minute to leave. A resize that finds no room gives up and
 * the pool rests with errors (azure-docs batch-pool-node-error-checking 2019-08-23; its 15 minutes are shortened).
 */
export const timings = {
  create: [5, 10],
  failedCreate: [3, 6],
  update: [5, 7],
  delete: [30, 60],
  allocate: [45, 85],
  prepare: [60, 90],
  leave: [45, 70],
  giveUp: [30, 30],
  retry: [300, 300],
  cleanup: [20, 40],
  /** Low-priority machines come back after this. */
  capacity: [600, 1800],
} as const satisfies Record<string, readonly [number, number]>;

/** After giving up, the operation's address is still answered for this long. */
export const operationMemoryMs = 24 * 3_600_000;
