import { type ArmId } from "./armId";

export type OperationKind = "create" | "scale" | "update" | "delete";

/** A long-running write that Azure has accepted; plain data, so that it survives a window reload. */
export interface PendingOperation {
  readonly kind: OperationKind;
  readonly cluster: ArmId;
  /** Where to ask for its end: an opaque signed address of some 3,200 characters. Never log or show it. */
  readonly resumeToken: string;
}
