import { type ClusterError } from "../core/cluster";
import { fieldsOf, listOf, parseJson, textOf } from "./looseJson";

/** An ARM error as a tree: `details`, `innererror` and additionalInfo's `InnerError` are its branches. */
export interface ErrorNode {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly inner: readonly ErrorNode[];
}

export interface ErrorFinding {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** Every code on the way in, from the outside, the chosen one last. */
  readonly path: readonly string[];
}

/**
 * Codes that say nothing by themselves: what matters is further in (azure-api/NOTES 2 and 7: `UserError`, `BadRequest`
 * wrap the real one; the deployment codes are ARM's own wrappers).
 */
const vagueCodes = new Set(
  [
    ["BadRequest", "UserError", "BadArgument", "ValidationError", "ValidationFailed", "InvalidRequest", "Conflict"],
    ["SystemError", "ServiceError", "InternalError", "InternalServerError", "Failed", "Error", "Unknown", "OK"],
    ["DeploymentFailed", "ResourceDeploymentFailure", "ResourceOperationFailure", "InvalidTemplateDeployment"],
    ["MultipleErrorsOccurred", "OperationFailed"],
  ].flatMap((codes) => codes.map((code) => code.toLowerCase())),
);

/** A limit, so that a body that nests without end costs nothing. */
const deepest = 12;

/** @param body JSON or its text: `{error:{…}}`, the error itself, or the price service's `{Error:{Code,Message}}`. */
export function readErrorBody(body: unknown): ErrorNode | undefined {
  return readNode(typeof body === "string" ? parseJson(body) : body, 0);
}

function readNode(value: unknown, depth: number): ErrorNode | undefined {
  if (depth > deepest || typeof value !== "object" || value === null) return undefined;
  const fields = fieldsOf(value);
  const wrapped = fields["error"] ?? fields["Error"];
  if (typeof wrapped === "object" && wrapped !== null) return readNode(wrapped, depth + 1);
  const code = textOf(fields["code"]) ?? textOf(fields["Code"]) ?? textOf(wrapped);
  const said = textOf(fields["message"]) ?? textOf(fields["Message"]) ?? textOf(fields["error_description"]);
  // Some providers put another error's whole JSON into the message.
  const nested = said?.startsWith("{") === true ? readNode(parseJson(said), depth + 1) : undefined;
  const inner = [
    nested,
    ...listOf(fields["details"]).map((detail) => readNode(detail, depth + 1)),
    ...["innererror", "innerError", "InnerError"].map((name) => readNode(fields[name], depth + 1)),
    ...listOf(fields["additionalInfo"]).map((info) => readAdditionalInfo(info, depth + 1)),
  ].filter((node) => node !== undefined);
  const message = nested === undefined ? said : undefined;
  return code === undefined && message === undefined && inner.length === 0 ? undefined : { code, message, inner };
}

/** Azure ML's front end hides the real code in an entry of type `InnerError` (azure-api/NOTES 2). */
function readAdditionalInfo(value: unknown, depth: number): ErrorNode | undefined {
  const { type, info } = fieldsOf(value);
  if (type !== "InnerError") return undefined;
  return readNode(fieldsOf(info)["value"] ?? info, depth);
}

export function isVague(code: string | undefined): boolean {
  return code === undefined || /^\d+$/.test(code) || vagueCodes.has(code.toLowerCase());
}

/**
 * The outermost code that means something, with the nearest message. Not simply the innermost: under
 * `InvalidPropertyValue` sits a `SupportedVMSizes` that lists sizes and explains nothing (azure-api/NOTES 7).
 */
export function chooseError(node: ErrorNode, outer: readonly string[] = []): ErrorFinding {
  const path = node.code === undefined ? outer : [...outer, node.code];
  const own: ErrorFinding = { code: node.code, message: node.message, path };
  if (!isVague(node.code)) return own.message === undefined ? { ...own, message: firstMessage(node) } : own;
  const chosen = node.inner.map((inner) => chooseError(inner, path));
  const best = chosen.find(({ code }) => !isVague(code)) ?? chosen.find(({ message }) => message !== undefined);
  if (best === undefined) return own;
  return {
    code: best.code ?? own.code,
    message: best.message ?? own.message ?? chosen.find(({ message }) => message !== undefined)?.message,
    path: best.path,
  };
}

function firstMessage(node: ErrorNode): string | undefined {
  for (const inner of node.inner) {
    const message = inner.message ?? firstMessage(inner);
    if (message !== undefined) return message;
  }
  return undefined;
}

/**
 * `errors` or `provisioningErrors` of a cluster, in either shape (`{error:{…}}` or the error itself), as a flat list: every
 * node that says something, outer before inner; wrappers only lend their code to `path`.
 */
export function readClusterErrors(value: unknown): readonly ClusterError[] {
  return listOf(value).flatMap((entry) => {
    const node = readNode(entry, 0);
    return node === undefined ? [] : flatten(node, []);
  });
}

function flatten(node: ErrorNode, path: readonly string[]): ClusterError[] {
  const isLeaf = node.inner.length === 0;
  const own =
    isLeaf || (!isVague(node.code) && node.message !== undefined)
      ? [{ code: node.code ?? "", message: node.message ?? "", path }]
      : [];
  const deeper = node.code === undefined ? path : [...path, node.code];
  return [...own, ...node.inner.flatMap((inner) => flatten(inner, deeper))];
}
