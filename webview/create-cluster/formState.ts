import { regionKey } from "../../src/core/account";
import { type ClusterDraft } from "../../src/core/draft";
import { type Finding } from "../../src/core/finding";
import { type VmSize, vmSizeKey } from "../../src/core/vmSize";
import { type WireError } from "../../src/protocol/channel";
import {
  type CreateClusterInit,
  type Creation,
  type DraftField,
  type DraftTexts,
  type RegionSizes,
  type SavedForm,
} from "../../src/protocol/createCluster";
import { draftOf } from "./draftTexts";
import { type Picker, type PickerMove } from "./picker";

/** Everything the form shows, before `init` has come and after. */
export type FormState = Opening | OpenForm;

export interface Opening {
  readonly kind: "opening";
  readonly error?: WireError | undefined;
}

export interface OpenForm {
  readonly kind: "open";
  readonly init: CreateClusterInit;
  readonly texts: DraftTexts;
  /** Fields whose findings are on show: left once, or typed far enough to be judged. */
  readonly touched: readonly DraftField[];
  /** Keyed by `regionKey`; a region that is not in here has not been asked for. */
  readonly sizes: Readonly<Record<string, Sizes>>;
  readonly picker: Picker;
  readonly phase: Phase;
  /** Of the host, about the draft as it was sent; let go when the field it is about changes. */
  readonly hostFindings: readonly Finding[];
  readonly error?: WireError | undefined;
  /** Counts refused submits: each moves the focus to the first bad field. */
  readonly refusals: number;
}

export type Sizes =
  | { readonly kind: "loading" }
  | { readonly kind: "loaded"; readonly sizes: RegionSizes }
  | { readonly kind: "failed"; readonly error: WireError };

/** `resumed`: begun by an earlier drawing of this form, so that this one cannot cancel it. */
export type Phase =
  | { readonly kind: "editing"; readonly note?: "stopped" | undefined }
  | { readonly kind: "creating"; readonly name: string; readonly resumed: boolean }
  | { readonly kind: "accepted"; readonly name: string };

export type FormEvent =
  | { readonly type: "opened"; readonly init: CreateClusterInit; readonly saved?: SavedForm | undefined }
  | { readonly type: "openFailed"; readonly error: WireError }
  | { readonly type: "typed"; readonly field: DraftField; readonly text: string }
  | { readonly type: "left"; readonly field: DraftField }
  | { readonly type: "sizesAsked"; readonly region: string }
  | { readonly type: "sizesLoaded"; readonly region: string; readonly sizes: RegionSizes }
  | { readonly type: "sizesFailed"; readonly region: string; readonly error: WireError }
  | { readonly type: "pickerOpened" }
  | { readonly type: "pickerClosed" }
  | { readonly type: "pickerLeft"; readonly names: readonly string[] }
  | { readonly type: "pickerQueried"; readonly query: string }
  | { readonly type: "pickerMoved"; readonly move: PickerMove; readonly names: readonly string[] }
  | { readonly type: "sizeChosen"; readonly name: string }
  | { readonly type: "takenNames"; readonly names: readonly string[] }
  | { readonly type: "refused" }
  | { readonly type: "creation"; readonly creation: Creation; readonly resumed: boolean }
  | { readonly type: "stopped" }
  | { readonly type: "another" }
  | { readonly type: "startedOver" };

export const opening: FormState = { kind: "opening" };

export function draft(state: OpenForm): ClusterDraft {
  return draftOf(state.texts);
}

export function sizesOf(state: OpenForm): Sizes | undefined {
  return state.sizes[regionKey(state.texts.location)];
}

/** The chosen size, once the region's sizes are known. */
export function chosenSize(state: OpenForm): VmSize | undefined {
  const sizes = sizesOf(state);
  if (sizes?.kind !== "loaded") return undefined;
  return sizes.sizes.vmSizes.find((size) => vmSizeKey(size.name) === vmSizeKey(state.texts.vmSize));
}
