import { type WorldState } from "../model";
import { WorldBuilder } from "./builder";

/** One subscription with one empty workspace and plenty of quota: for tests, and for `--empty`. */
export function smallWorld(now: number, seed: number): WorldState {
  const builder = new WorldBuilder(now, seed, "dev@contoso.example");
  const tenant = builder.tenant("Contoso", "contoso.example");
  const subscription = builder.subscription(tenant, "Contoso Test");
  builder.role(subscription, "Owner");
  const group = builder.group(subscription, "rg-test", "westeurope");
  builder.workspace(group, "ml-test", "westeurope");
  for (const region of ["westeurope", "eastus", "japaneast"]) {
    builder.quota(subscription, region, {
      total: 400,
      lowPriority: 200,
      others: 100,
      families: { standardNCSv3Family: 0, StandardNCadsH100v5Family: 0 },
    });
  }
  return builder.state;
}
