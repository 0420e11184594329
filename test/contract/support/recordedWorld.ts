import { recordedFamilies } from "../../../src/simulator/catalogue";
import { type WorldState } from "../../../src/simulator/model";
import { WorldBuilder } from "../../../src/simulator/seed/builder";

/** A world with the subscriptions, groups, workspaces, locks and computes that the recordings speak of. */
export function recordedWorld(now: number, seed: number): WorldState {
  const builder = new WorldBuilder(now, seed, "someone@example.com");
  const tenant = builder.tenant("Recorded", "recorded.example");
  const subscription = (id: string): string => {
    const scope = builder.subscription(tenant, `Recorded ${id.slice(0, 4)}`, id);
    builder.role(scope, "Owner");
    builder.quota(scope, "eastus", {
      total: 20,
      lowPriority: 0,
      others: 0,
      families: Object.fromEntries(recordedFamilies.map(({ name, limit }) => [name, limit])),
    });
    return scope;
  };
  for (const id of ["0e745469-49f8-48c9-873b-24ca87143db1", "9e223dbe-3399-4e19-88eb-0975f02ac87f"]) {
    const group = builder.group(subscription(id), "ml-test", "eastus");
    const workspace = builder.workspace(group, "mlworkspace-test2", "eastus");
    if (id.startsWith("0e")) continue;
    builder.cluster(workspace, "batch-cluster", "Standard_DS3_v2", { max: 1, remoteLogin: "Enabled" });
    builder.other(workspace, "jiajicompute1", { vmSize: "Standard_DS3_v2" });
  }
  // Scrubbed by the recorder: names are zeros in addresses.
  const zeros = builder.group(subscription("00000000-0000-0000-0000-000000000000"), "000000000000000", "eastus");
  const scrubbed = builder.workspace(zeros, "000000000000000", "eastus");
  builder.cluster(scrubbed, "cpu-cluster", "Standard_DS3_v2", { max: 1, remoteLogin: "Enabled" });
  builder.other(scrubbed, "testcomp007ci3", { vmSize: "Standard_DS3_v2" });
  const custodian = subscription("ea42f556-5106-4743-99b0-c129bfa71a47");
  const locked = builder.group(custodian, "test_locked", "eastus2");
  builder.lock(locked, "cctestlockfilter", "CanNotDelete", "This lock is for the test");
  const red = builder.group(custodian, "165-rg-red", "eastus");
  const workspace = builder.workspace(red, "mlwsp165red", "eastus", { publicNetworkAccess: "Disabled" });
  builder.lock(workspace, "my-lock", "ReadOnly", "");
  return builder.state;
}
