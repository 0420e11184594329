import { AzureMachineLearningWorkspaces } from "@azure/arm-machinelearning";
import {
  type HttpClient,
  type Pipeline,
  type PipelinePolicy,
  bearerTokenAuthenticationPolicyName,
  createPipelineFromOptions,
} from "@azure/core-rest-pipeline";
import { type CredentialSource } from "../app/ports";
import { authorizationPolicy, tenantCredential } from "./authorizationPolicy";
import { type Cloud } from "./cloud";
import { type Recorder, recordingPolicy } from "./recordingPolicy";
import { transientRetryPolicy } from "./transientRetry";

/** The newest version of the recordings; the SDK's own 2022-10-01 has no hubs and projects (azure-api/NOTES 1). */
export const mlApiVersion = "2024-04-01";

export interface PipelineParts {
  readonly cloud: Cloud;
  readonly credential: CredentialSource;
  readonly httpClient: HttpClient;
  readonly recorder: Recorder;
  readonly retryDelayMs: number;
}

/** How requests leave: one pipeline per tenant for REST, one SDK client per subscription, both with the same policies. */
export class ArmPipelines {
  readonly #authorizations = new Map<string | undefined, PipelinePolicy>();
  readonly #pipelines = new Map<string | undefined, Pipeline>();
  readonly #clients = new Map<string, AzureMachineLearningWorkspaces>();

  constructor(private readonly parts: PipelineParts) {}

  /** @param tenantId whose tokens the requests carry; undefined: the home tenant. */
  rest(tenantId: string | undefined): Pipeline {
    return take(this.#pipelines, tenantId, () => {
      const pipeline = createPipelineFromOptions({ ...clientOptions });
      this.#equip(pipeline, tenantId);
      return pipeline;
    });
  }

  /** The SDK's client of a subscription, carrying tokens of that tenant. */
  ml(subscriptionId: string, tenantId: string | undefined): AzureMachineLearningWorkspaces {
    return take(this.#clients, `${subscriptionId.toLowerCase()} ${tenantId ?? ""}`, () => {
      const { cloud, credential, httpClient } = this.parts;
      const client = new AzureMachineLearningWorkspaces(tenantCredential(credential, tenantId), subscriptionId, {
        ...clientOptions,
        apiVersion: mlApiVersion,
        endpoint: cloud.resourceManager,
        httpClient,
      });
      client.pipeline.removePolicy({ name: bearerTokenAuthenticationPolicyName });
      this.#equip(client.pipeline, tenantId);
      return client;
    });
  }

  #equip(pipeline: Pipeline, tenantId: string | undefined): void {
    const { cloud, credential, recorder, retryDelayMs } = this.parts;
    // One policy per tenant, so that REST and SDK share its token.
    const authorization = take(this.#authorizations, tenantId, () => authorizationPolicy(cloud, credential, tenantId));
    pipeline.addPolicy(
      transientRetryPolicy(retryDelayMs, () => recorder.clock.now()),
      { phase: "Retry" },
    );
    pipeline.addPolicy(authorization, { phase: "Sign" });
    pipeline.addPolicy(recordingPolicy(recorder, tenantId), { afterPhase: "Sign" });
  }
}

/** A pipeline for services that want no token. */
export function openPipeline(recorder: Recorder, retryDelayMs: number): Pipeline {
  const pipeline = createPipelineFromOptions({ ...clientOptions });
  pipeline.addPolicy(
    transientRetryPolicy(retryDelayMs, () => recorder.clock.now()),
    { phase: "Retry" },
  );
  pipeline.addPolicy(recordingPolicy(recorder), { afterPhase: "Sign" });
  return pipeline;
}

/** Our own policy retries; the library's would hide a 429 for as long as Retry-After says, three times over. */
const clientOptions = {
  retryOptions: { maxRetries: 0 },
  userAgentOptions: { userAgentPrefix: "aml-clusters" },
};

function take<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
