import {
  type HttpClient,
  type HttpMethods,
  type Pipeline,
  type PipelineResponse,
  createHttpHeaders,
  createPipelineRequest,
} from "@azure/core-rest-pipeline";
import { type Cloud } from "./cloud";
import { listOf, fieldsOf, parseJson, textOf } from "./looseJson";
import { mapResponse } from "./mapError";

export interface ArmRestParts {
  readonly cloud: Cloud;
  readonly httpClient: HttpClient;
  /** The pipeline whose tokens are of the tenant; undefined: the home tenant. */
  readonly pipelineOf: (tenantId: string | undefined) => Pipeline;
  /** The tenant of a path's subscription, where known. */
  readonly tenantOf: (path: string) => string | undefined;
  readonly now: () => number;
}

export interface ArmCall {
  /** Path from the root (`/subscriptions/…`) or an absolute address out of an answer. */
  readonly path: string;
  /** Left out where the address carries its own. */
  readonly apiVersion?: string | undefined;
  readonly method?: HttpMethods | undefined;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Overrides the tenant that the path's subscription belongs to. */
  readonly tenantId?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Far more than any list has; a service that pages in a circle must not hold us for ever. */
const mostPages = 1_000;

/** Resource Manager calls that the ML SDK does not know. Answers are JSON of any shape: read them with looseJson. */
export class ArmRest {
  constructor(private readonly parts: ArmRestParts) {}

  /** The answer, if its status is below 300. @throws AzureMlError for any other, and what the way there throws. */
  async send(call: ArmCall): Promise<PipelineResponse> {
    const { cloud, httpClient, pipelineOf, tenantOf, now } = this.parts;
    const url = new URL(call.path, `${cloud.resourceManager}/`);
    if (call.apiVersion !== undefined) url.searchParams.set("api-version", call.apiVersion);
    const request = createPipelineRequest({
      // An address out of an answer is opaque: it goes out letter by letter as it came.
      url: call.path.startsWith("/") ? url.toString() : call.path,
      method: call.method ?? "GET",
      headers: createHttpHeaders({
        accept: "application/json",
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      }),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      ...(call.signal === undefined ? {} : { abortSignal: call.signal }),
    });
    const pipeline = pipelineOf(call.tenantId ?? tenantOf(url.pathname));
    const response = await pipeline.sendRequest(httpClient, request);
    if (response.status >= 300) throw mapResponse(response, { now: now() });
    return response;
  }

  /** The answer's JSON. @throws AzureMlError `network` when a success carries no JSON: something else answered. */
  async read(call: ArmCall): Promise<unknown> {
    const response = await this.send(call);
    const body = parseJson(response.bodyAsText);
    if (body === undefined) throw mapResponse(response, { now: this.parts.now() });
    return body;
  }

  /** `value` of every page. An empty page with a next link is legal. */
  async list(call: ArmCall): Promise<readonly unknown[]> {
    const items: unknown[] = [];
    const seen = new Set<string>();
    let next: ArmCall | undefined = call;
    while (next !== undefined && seen.size < mostPages) {
      seen.add(next.path);
      const page = fieldsOf(await this.read(next));
      items.push(...listOf(page["value"]));
      const link = textOf(page["nextLink"]);
      next =
        link === undefined || seen.has(link)
          ? undefined
          : { path: link, tenantId: call.tenantId ?? this.parts.tenantOf(call.path), signal: call.signal };
    }
    return items;
  }
}
