import { type IdentityDraft } from "../../src/core/advancedDraft";
import { type ArmId, sameArmId } from "../../src/core/armId";
import { type UserAssignedIdentity } from "../../src/core/identity";
import { distinctIds, readIdentityId } from "../../src/core/identityChange";

/** What the identity control holds: the kind, and the user-assigned ones also while another kind is chosen. */
export interface PickerState {
  readonly kind: IdentityDraft["kind"];
  /** In the order of choosing; the first is announced as the default. */
  readonly ids: readonly ArmId[];
  readonly search: string;
  readonly paste: string;
  /** The pasted text was entered and is no identity's id. */
  readonly pasteRefused: boolean;
}

export type PickerEvent =
  | { readonly type: "kind"; readonly kind: IdentityDraft["kind"] }
  | { readonly type: "search"; readonly text: string }
  | { readonly type: "toggled"; readonly id: ArmId }
  /** To the front: what is announced as the default. */
  | { readonly type: "madeFirst"; readonly id: ArmId }
  | { readonly type: "pasteTyped"; readonly text: string }
  | { readonly type: "pasted" };

export function pickerOf(choice: IdentityDraft): PickerState {
  const ids = choice.kind === "userAssigned" ? distinctIds(choice.ids) : [];
  return { kind: choice.kind, ids, search: "", paste: "", pasteRefused: false };
}

/** One kind or the other: both cannot be said. */
export function pickedChoice({ kind, ids }: PickerState): IdentityDraft {
  return kind === "userAssigned" ? { kind, ids } : { kind };
}

/** Nothing to do gives the same state. */
export function reducePicker(state: PickerState, event: PickerEvent): PickerState {
  switch (event.type) {
    case "kind":
      return state.kind === event.kind ? state : { ...state, kind: event.kind };
    case "search":
      return state.search === event.text ? state : { ...state, search: event.text };
    case "toggled": {
      const has = state.ids.some((id) => sameArmId(id, event.id));
      const ids = has ? state.ids.filter((id) => !sameArmId(id, event.id)) : [...state.ids, event.id];
      return { ...state, ids };
    }
    case "madeFirst":
      return { ...state, ids: distinctIds([event.id, ...state.ids]) };
    case "pasteTyped":
      return state.paste === event.text ? state : { ...state, paste: event.text, pasteRefused: false };
    case "pasted":
      return paste(state);
  }
}

function paste(state: PickerState): PickerState {
  if (state.paste.trim() === "") return state;
  const id = readIdentityId(state.paste);
  if (id === undefined) return { ...state, pasteRefused: true };
  return { ...state, kind: "userAssigned", ids: distinctIds([...state.ids, id]), paste: "", pasteRefused: false };
}

/** Rows drawn at once; beyond it a search is quicker than scrolling. */
export const mostRows = 60;

/** Identities that fit every word of the search by name, group, region, client id or subscription, by name. */
export function foundIdentities(
  identities: readonly UserAssignedIdentity[],
  search: string,
  subscriptionName: (id: ArmId) => string = () => "",
): readonly UserAssignedIdentity[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (identity: UserAssignedIdentity): boolean => {
    const { name, resourceGroup, location, clientId = "", id } = identity;
    const text = [name, resourceGroup, location, clientId, subscriptionName(id), id].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return identities.filter(fits).sort((a, b) => a.name.localeCompare(b.name));
}

/** What is known of a chosen identity; its name and group stand in its id. */
export function knownIdentity(
  id: ArmId,
  identities: readonly UserAssignedIdentity[],
): UserAssignedIdentity | undefined {
  return identities.find((identity) => sameArmId(identity.id, id));
}
