import * as l10n from "@vscode/l10n";
import { type HttpClient } from "@azure/core-rest-pipeline";
import { type AzureMl, type Clock, type CredentialSource, type Logger, type RequestRecord } from "../app/ports";
import { ArmPipelines, openPipeline } from "./armPipelines";
import { ArmRest } from "./armRest";
import { AzureMlAdapter } from "./azureMl";
import { type Cloud, publicCloud } from "./cloud";
import { cloudHttpClient } from "./cloudHttpClient";
import { TenantsOfSubscriptions } from "./directory";
import { Prices } from "./prices";
import { type Recorder } from "./recordingPolicy";
import { systemClock } from "./systemClock";

export interface ConnectOptions {
  readonly credential: CredentialSource;
  /** The public cloud unless said. */
  readonly cloud?: Cloud | undefined;
  /** What carries requests; the simulated subscription and tests put theirs here. */
  readonly httpClient?: HttpClient | undefined;
  readonly logger: Logger;
  /** Translations of our own texts: English → the person's language. This chunk is apart from the one VS Code feeds. */
  readonly texts?: Readonly<Record<string, string>> | undefined;
  readonly onRequest?: ((record: RequestRecord) => void) | undefined;
  readonly clock?: Clock | undefined;
  /** Between two polls of an operation where Azure names no time. */
  readonly operationPollMs?: number | undefined;
  /** Before the one silent retry after a broken connection or a 5xx. */
  readonly retryDelayMs?: number | undefined;
  /** Between two requests to the price service. */
  readonly priceSpacingMs?: number | undefined;
}

/** Azure for one signed-in account. Nothing is sent before the first call; `dispose` ends whatever still waits. */
export function connect(options: ConnectOptions): AzureMl {
  const { credential, logger, onRequest } = options;
  if (options.texts !== undefined) l10n.config({ contents: options.texts });
  const cloud = options.cloud ?? publicCloud;
  const clock = options.clock ?? systemClock;
  const httpClient = options.httpClient ?? cloudHttpClient(cloud);
  const retryDelayMs = options.retryDelayMs ?? 800;

  /** Azure's clock minus this machine's. */
  let skewMs = 0;
  const open: Recorder = { clock, logger, onRequest };
  const recorder: Recorder = { ...open, onServiceDate: (date) => (skewMs = date - clock.now()) };

  const tenants = new TenantsOfSubscriptions();
  const pipelines = new ArmPipelines({ cloud, credential, httpClient, recorder, retryDelayMs });
  const rest = new ArmRest({
    cloud,
    httpClient,
    pipelineOf: (tenantId) => pipelines.rest(tenantId),
    tenantOf: (path) => tenants.tenantOf(path),
    now: () => clock.now(),
  });
  const prices = new Prices({
    endpoint: cloud.prices,
    pipeline: openPipeline(open, retryDelayMs),
    httpClient,
    clock,
    spacingMs: options.priceSpacingMs ?? 250,
  });
  return new AzureMlAdapter({
    cloud,
    clock,
    rest,
    prices,
    tenants,
    client: (subscriptionId) => pipelines.ml(subscriptionId, tenants.tenantOf(`/subscriptions/${subscriptionId}`)),
    pollMs: options.operationPollMs ?? 2_000,
    serviceNow: () => clock.now() + skewMs,
  });
}
