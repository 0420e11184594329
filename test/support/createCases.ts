import { type CreateClusterUseCases } from "../../src/ui/forms/createClusterHost";

/** Use cases of the create form that a test does not care about: everything is allowed, nobody chooses anything. */
export const quietCases: Omit<CreateClusterUseCases, "getInit" | "sizes" | "create"> = {
  price: async () => ({}),
  surroundings: async () => ({
    locks: [],
    workspacePermissions: [{ actions: ["*"], notActions: [] }],
    virtualNetworks: [],
    identities: [],
    clusters: [],
    namesElsewhere: [],
  }),
  choices: async () => ({ identityPermissions: {} }),
  compare: async (_, region) => ({ region }),
  setFavourites: async () => undefined,
  makeKey: async () => undefined,
  pickKey: async () => undefined,
  savePreset: async () => undefined,
  usePreset: async () => undefined,
  remedy: async () => undefined,
  nextStep: async () => undefined,
};
