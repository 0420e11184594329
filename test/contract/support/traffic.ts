import { type HttpClient } from "@azure/core-rest-pipeline";

/** One request with its answer, as the validator takes them. */
export interface Pair {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Record<string, string>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: unknown;
}

/** The same client, which also keeps everything that goes through it. */
export function listening(inner: HttpClient): { httpClient: HttpClient; pairs: Pair[] } {
  const pairs: Pair[] = [];
  const httpClient: HttpClient = {
    sendRequest: async (request) => {
      const response = await inner.sendRequest(request);
      pairs.push({
        method: request.method,
        url: request.url,
        requestHeaders: request.headers.toJSON(),
        requestBody: typeof request.body === "string" && request.body !== "" ? JSON.parse(request.body) : undefined,
        status: response.status,
        headers: response.headers.toJSON(),
        body: response.bodyAsText ? JSON.parse(response.bodyAsText) : undefined,
      });
      return response;
    },
  };
  return { httpClient, pairs };
}
