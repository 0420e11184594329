import { type ArmId } from "../../src/core/armId";
import { type RegionQuota } from "../../src/core/quota";
import { type VmSize, familyKey } from "../../src/core/vmSize";
import { type Permission, type VirtualNetwork } from "../../src/core/compute";
import { type RegionCandidate } from "../../src/core/regionComparison";
import {
  type ChoiceFacts,
  type CreateClusterInit,
  type RegionSizes,
  type SurroundingFacts,
} from "../../src/protocol/createCluster";

const workspaceId =
  "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-ml/providers/Microsoft.MachineLearningServices/workspaces/ml-west";

/** What the scripted host opens the form with. */
export const init: CreateClusterInit = {
  workspace: {
    id: workspaceId as ArmId,
    name: "ml-west",
    resourceGroup: "rg-ml",
    location: "westeurope",
    kind: "Default",
    managedNetworkIsolation: "Disabled",
    publicNetworkAccess: "Enabled",
    privateEndpointCount: 0,
    provisioningState: "Succeeded",
    tags: {},
  },
  subscriptionName: "Research",
  simulated: true,
  locale: "en",
  regions: [
    { name: "westeurope", displayName: "West Europe" },
    { name: "eastus", displayName: "East US" },
    { name: "japaneast", displayName: "Japan East" },
  ],
  takenNames: ["cpu-small", "gpu-train"],
  favouriteSizes: [],
  recentSizes: [],
};

interface Family {
  readonly family: string;
  readonly name: (vCpus: number) => string;
  readonly vCpus: readonly number[];
  readonly memoryPerVCpu: number;
  readonly vCpusPerGpu?: number;
  readonly pricePerVCpu?: number;
  readonly lowPriority?: boolean;
}

const families: readonly Family[] = [
  {
    family: "standardDSv2Family",
    name: (n) => `Standard_DS${Math.log2(n) + 1}_v2`,
    vCpus: [1, 2, 4, 8, 16],
    memoryPerVCpu: 3.5,
  },
  {
    family: "standardFSv2Family",
    name: (n) => `Standard_F${n}s_v2`,
    vCpus: [2, 4, 8, 16, 32, 48, 64, 72],
    memoryPerVCpu: 2,
  },
  {
    family: "standardDDSv5Family",
    name: (n) => `Standard_D${n}ds_v5`,
    vCpus: [2, 4, 8, 16, 32, 48, 64, 96],
    memoryPerVCpu: 4,
    pricePerVCpu: 0.068,
  },
  {
    family: "standardNCSv3Family",
    name: (n) => `Standard_NC${n}s_v3`,
    vCpus: [6, 12, 24],
    memoryPerVCpu: 18.67,
    vCpusPerGpu: 6,
    pricePerVCpu: 0.51,
  },
  {
    family: "Standard NCASv3_T4 Family",
    name: (n) => `Standard_NC${n}as_T4_v3`,
    vCpus: [4, 8, 16],
    memoryPerVCpu: 7,
    vCpusPerGpu: 16,
    pricePerVCpu: 0.1315,
  },
  {
    family: "StandardNCADSA100v4Family",
    name: (n) => `Standard_NC${n}ads_A100_v4`,
    vCpus: [24, 48, 96],
    memoryPerVCpu: 9.17,
    vCpusPerGpu: 24,
    pricePerVCpu: 0.153,
    lowPriority: false,
  },
];

/** As many sizes as the longest list recorded has; those beyond the families above are made up. */
function sizesOfFamilies(count: number): readonly VmSize[] {
  const real = families.flatMap((family) => family.vCpus.map((vCpus) => sizeOf(family, vCpus)));
  const filler: Family = {
    family: "standardXFamily",
    name: (n) => `Standard_X${n}s_v9`,
    vCpus: [],
    memoryPerVCpu: 8,
    pricePerVCpu: 0.06,
  };
  const more = Array.from({ length: Math.max(0, count - real.length) }, (_, index) => sizeOf(filler, index + 1));
  return [...real, ...more];
}

function sizeOf(family: Family, vCpus: number): VmSize {
  const { vCpusPerGpu, pricePerVCpu, memoryPerVCpu } = family;
  const dedicated = pricePerVCpu === undefined ? undefined : Math.round(pricePerVCpu * vCpus * 1000) / 1000;
  return {
    name: family.name(vCpus),
    family: family.family,
    vCpus,
    gpus: vCpusPerGpu === undefined ? 0 : Math.max(1, vCpus / vCpusPerGpu),
    memoryGb: Math.round(memoryPerVCpu * vCpus),
    diskGb: vCpus * 8,
    lowPriorityCapable: family.lowPriority ?? true,
    supportsClusters: true,
    ...(dedicated === undefined ? {} : { price: { dedicated, lowPriority: Math.round(dedicated * 200) / 1000 } }),
  };
}

const quota: RegionQuota = {
  totalDedicatedCores: { used: 20, limit: 120 },
  totalLowPriorityCores: { used: 0, limit: 48 },
  dedicatedFamilies: Object.fromEntries(
    families.map(({ family }) => {
      const limit = family.startsWith("StandardNCADS") ? 0 : family === "standardNCSv3Family" ? 24 : 100;
      return [familyKey(family), { displayName: family, used: 0, limit }];
    }),
  ),
  lowPriorityFamilies: {},
};

/** East US lacks quota figures, Japan East cannot be read at all. @throws Error there. */
export function regionSizes(region: string): RegionSizes {
  if (region === "japaneast") throw new Error("The region did not answer in time.");
  const vmSizes = sizesOfFamilies(260);
  if (region === "eastus") return { region, vmSizes, quotaProblem: "You may not read quota in this subscription." };
  return { region, vmSizes, quota };
}

const owner: readonly Permission[] = [{ actions: ["*"], notActions: [] }];
const group = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-net";
const network: VirtualNetwork = {
  id: `${group}/providers/Microsoft.Network/virtualNetworks/vnet-ml` as ArmId,
  name: "vnet-ml",
  resourceGroup: "rg-net",
  location: "westeurope",
  subnets: [
    {
      id: `${group}/providers/Microsoft.Network/virtualNetworks/vnet-ml/subnets/nodes` as ArmId,
      name: "nodes",
      addressPrefixes: ["10.0.0.0/29"],
      delegations: [],
      usedAddresses: 0,
      privateEndpointNetworkPolicies: "Disabled",
      privateLinkServiceNetworkPolicies: "Disabled",
    },
  ],
};

/** An owner in a group without locks, with one small network and one identity. */
export const surroundings: SurroundingFacts = {
  locks: [],
  workspacePermissions: owner,
  virtualNetworks: [network],
  identities: [
    {
      id: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/trainer` as ArmId,
      name: "trainer",
      resourceGroup: "rg-net",
      location: "westeurope",
    },
  ],
  clusters: [],
  namesElsewhere: [],
};

export const choices: ChoiceFacts = { networkLocks: [], subnetPermissions: owner, identityPermissions: {} };

/** One region's line of the comparison; Japan East cannot be read. */
export function candidate(region: string, vmSize: string): RegionCandidate {
  const known = init.regions.find(({ name }) => name === region) ?? { name: region, displayName: region };
  if (region === "japaneast") return { region: known, vmSizes: { unavailable: "No answer." } };
  const { vmSizes, quota } = regionSizes(region);
  return { region: known, vmSizes: vmSizes.filter(({ name }) => name === vmSize), quota };
}
