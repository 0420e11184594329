import { familyKey, recordedFamilies, recordedTotals } from "../catalogue";
import { type WorldState } from "../model";
import { WorldBuilder } from "./builder";
import { seedDevelopment } from "./development";
import { seedNetworked } from "./networked";
import { seedPartner } from "./partner";

/**
 * The demo world: a company with a development and a production subscription, and a partner's tenant; workspaces and clusters
 * in every condition that this extension has something to say about.
 */
export function demoWorld(now: number, seed: number): WorldState {
  const builder = new WorldBuilder(now, seed, "aiko.sato@contoso.example");
  const contoso = builder.tenant("Contoso", "contoso.example");
  const fabrikam = builder.tenant("Fabrikam Labs", "fabrikam.example");
  const development = builder.subscription(contoso, "Contoso ML Development");
  builder.role(development, "Owner");
  seedDevelopment(builder, development);
  seedNetworked(builder, development);
  seedProduction(builder, builder.subscription(contoso, "Contoso ML Production"));
  seedPartner(builder, builder.subscription(fabrikam, "Fabrikam Research"));
  return builder.state;
}

/** Quota as recorded in a real subscription (2025-11): every limit small, the region's total used up to the last core. */
function seedProduction(builder: WorldBuilder, subscription: string): void {
  const group = builder.group(subscription, "rg-ml-production", "eastus");
  const payroll = builder.group(subscription, "rg-payroll", "eastus");
  builder.role(group, "Reader");
  builder.role(group, "AzureML Compute Operator");
  const workspace = builder.workspace(group, "ml-production", "eastus", { tags: { environment: "production" } });
  const secret = builder.workspace(payroll, "ml-payroll", "eastus");
  // Seen, but not to be assigned: that would need Managed Identity Operator.
  builder.identity(group, "id-fraud-models", "eastus");
  builder.role(secret, "Workspace Lister");
  builder.role(subscription, "Quota Reader");
  const recorded = Object.fromEntries(recordedFamilies.map(({ name, limit }) => [familyKey(name), limit]));
  builder.quota(subscription, "eastus", {
    total: recordedTotals.dedicated.limit,
    lowPriority: recordedTotals.lowPriority.limit,
    others: 0,
    families: recorded,
  });
  // Together they use what was recorded: 4 cores of DSv2, 16 of FSv2, 3 clusters.
  builder.cluster(workspace, "scoring", "Standard_DS3_v2", {
    nodes: { running: 1 },
    min: 1,
    max: 1,
    tags: { team: "fraud" },
  });
  builder.cluster(workspace, "nightly-batch", "Standard_F8s_v2", { nodes: { running: 2 }, max: 2, idle: "PT15M" });
  builder.cluster(workspace, "retraining", "Standard_D2s_v3", { max: 3, idle: "PT30M" });
}
