import { hour, type WorldBuilder } from "./builder";

/** Another company's tenant, where we are a guest who may use but not grant. */
export function seedPartner(builder: WorldBuilder, subscription: string): void {
  builder.role(subscription, "Contributor");
  const group = builder.group(subscription, "rg-speech", "southeastasia");
  const workspace = builder.workspace(group, "speech-lab", "southeastasia");
  builder.quota(subscription, "southeastasia", {
    total: 100,
    lowPriority: 100,
    others: 24,
    families: { "Standard NCASv3_T4 Family": 16, StandardNCadsH100v5Family: 0, StandardNCADSA100v4Family: 0 },
  });
  builder.quota(subscription, "japaneast", { total: 24, lowPriority: 0, others: 6 });
  builder.identity(group, "id-speech", "southeastasia");
  builder.cluster(workspace, "transcribe", "Standard_NC4as_T4_v3", {
    nodes: { running: 1, idle: 1 },
    max: 4,
    sinceMs: hour,
  });
  builder.cluster(workspace, "cpu-prep", "Standard_D2s_v3", { max: 4, sinceMs: 11 * hour });
}
