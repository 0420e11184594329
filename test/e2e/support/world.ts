/** Names in the simulated subscription's demo world that the journeys use. */
export const world = {
  subscription: "Contoso ML Development",
  /** A plain workspace in which everything is allowed. */
  workspace: "ml-west",
  /** A cluster of it with nodes. */
  cluster: "gpu-train",
} as const;

/** Simulated seconds per real second: nodes come up in a few seconds. */
export const fast = { "amlClusters.simulation.speed": 60, "amlClusters.polling": "always" } as const;
