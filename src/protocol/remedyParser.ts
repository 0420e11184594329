import { type ArmId, isArmId } from "../core/armId";
import { type Remedy } from "../core/finding";
import { asRegion } from "./draftParser";
import { ProtocolError, asOneOf, asRecord, asText } from "./parse";

/** Longer than any id that Azure makes. */
const longestId = 1_000;
/** A sentence for an administrator. */
const longestCopy = 5_000;

/**
 * A finding's button that the host carries out. Links are the browser's and `setField` the form's: neither gets here.
 * @throws ProtocolError
 */
export function parseRemedy(input: unknown): Remedy {
  const { kind, label } = asRecord(
    input,
    "remedy",
    ["kind", "label"],
    ["region", "family", "lock", "scope", "id", "cluster", "text"],
  );
  const known = asOneOf(kind, "remedy.kind", ["requestQuota", "openLock", "openResource", "deleteCluster", "copyText"]);
  const title = asText(label, "remedy.label", longestCopy);
  const fields = input as Readonly<Record<string, unknown>>;
  const id = (key: string): ArmId => asId(fields[key], `remedy.${key}`);
  switch (known) {
    case "requestQuota": {
      const family = fields["family"];
      return {
        kind: known,
        label: title,
        region: asRegion(fields["region"], "remedy.region"),
        family: family === undefined || family === null ? undefined : asText(family, "remedy.family", longestId),
      };
    }
    case "openLock":
      return { kind: known, label: title, lock: id("lock"), scope: id("scope") };
    case "openResource":
      return { kind: known, label: title, id: id("id") };
    case "deleteCluster":
      return { kind: known, label: title, cluster: id("cluster") };
    case "copyText":
      return { kind: known, label: title, text: asText(fields["text"], "remedy.text", longestCopy) };
  }
}

/** The id may become part of a link or a path. */
function asId(value: unknown, path: string): ArmId {
  const id = asText(value, path, longestId);
  if (!isArmId(id) || /[\s?#\\%]|\/\.{1,2}(\/|$)/.test(id)) throw new ProtocolError(path, "a resource's id");
  return id;
}
