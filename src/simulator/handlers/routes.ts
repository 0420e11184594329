import { type Route } from "../route";
import { accessRoutes } from "./access";
import { computeActionRoutes } from "./computeActions";
import { computeReadRoutes } from "./computeReads";
import { computeWriteRoutes } from "./computeWrites";
import { identityRoutes } from "./identities";
import { lockRoutes } from "./locks";
import { networkRoutes } from "./networks";
import { operationRoutes } from "./operations";
import { priceRoutes } from "./prices";
import { quotaRoutes } from "./quotas";
import { subscriptionRoutes } from "./subscriptions";
import { loginRoutes } from "./login";
import { tokenRoutes } from "./token";
import { workspaceRoutes } from "./workspaces";

/** Everything the simulated ARM answers. Authorization comes first: its paths end in any other's. */
export const routes: readonly Route[] = [
  ...lockRoutes,
  ...accessRoutes,
  ...computeReadRoutes,
  ...computeWriteRoutes,
  ...computeActionRoutes,
  ...operationRoutes,
  ...workspaceRoutes,
  ...quotaRoutes,
  ...identityRoutes,
  ...networkRoutes,
  ...subscriptionRoutes,
  ...priceRoutes,
  ...loginRoutes,
  ...tokenRoutes,
];
