import { type PipelineResponse } from "@azure/core-rest-pipeline";
import { parseJson } from "./looseJson";

/** What the SDK's `begin…` methods take, as far as we need it. */
export interface WriteOptions {
  readonly abortSignal: AbortSignal;
  readonly onResponse: (response: PipelineResponse) => void;
}

/**
 * Runs one of the SDK's `begin…` methods up to Azure's answer to the write itself. They would poll once more before they
 * return, and lose an accepted write if that poll failed: so the first success ends them.
 * @returns the answer to the write. @throws what the SDK throws when there was no such answer.
 */
export async function sendWrite(
  begin: (options: WriteOptions) => Promise<unknown>,
  signal: AbortSignal,
): Promise<PipelineResponse> {
  const enough = new AbortController();
  // Assigned in a callback, which the compiler's flow analysis cannot see: hence a list.
  const answers: PipelineResponse[] = [];
  const onResponse: WriteOptions["onResponse"] = (response) => {
    if (!isAccepted(response)) return;
    answers.push(response);
    enough.abort();
  };
  try {
    await begin({ abortSignal: AbortSignal.any([signal, enough.signal]), onResponse });
  } catch (error) {
    if (answers.length === 0) throw error;
  }
  const [answer] = answers;
  if (answer === undefined) throw new Error("The SDK returned without an answer to the write.");
  return answer;
}

/** A success with an operation's address, a JSON body or no body; a proxy's web page is none, whatever its status. */
function isAccepted(response: PipelineResponse): boolean {
  if (response.status >= 300) return false;
  const text = response.bodyAsText ?? "";
  return addressIn(response) !== undefined || text === "" || parseJson(text) !== undefined;
}

/** Where the end of the write can be asked for, if the answer says. */
export function addressIn(response: PipelineResponse): string | undefined {
  return response.headers.get("azure-asyncoperation") ?? response.headers.get("location");
}
