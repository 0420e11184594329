import { type DraftField } from "../../src/protocol/createCluster";

/** The DOM id of a field's control: dots would have to be escaped in every selector. */
export function fieldId(field: DraftField): string {
  return field.replaceAll(".", "-");
}
