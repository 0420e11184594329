import { type WireError } from "../../src/protocol/channel";
import { type DetailsView } from "../../src/protocol/details";

/** What the page holds. `opening` until the host has told what there is to show. */
export type PageState = { readonly kind: "opening"; readonly error?: WireError | undefined } | OpenPage;

export interface OpenPage {
  readonly kind: "open";
  readonly view: DetailsView;
  /** What was asked for and is not answered yet. */
  readonly busy: "diagnose" | "remedy" | "refresh" | undefined;
  /** Why the last thing asked for did not work. */
  readonly error?: WireError | undefined;
  /** The cluster's JSON, where it is shown. */
  readonly json?: { readonly text?: string | undefined; readonly error?: WireError | undefined } | undefined;
  /** How many nodes and events are shown. */
  readonly shownNodes: number;
  readonly shownEvents: number;
}

export type PageEvent =
  | { readonly type: "opened" | "view"; readonly view: DetailsView }
  | { readonly type: "openFailed"; readonly error: WireError }
  /** Time has passed, in the host's clock. */
  | { readonly type: "tick"; readonly now: number }
  | { readonly type: "asked"; readonly what: NonNullable<OpenPage["busy"]> }
  | { readonly type: "answered" }
  | { readonly type: "failed"; readonly error: WireError }
  | { readonly type: "jsonAsked" | "jsonHidden" }
  | { readonly type: "jsonLoaded"; readonly text: string }
  | { readonly type: "jsonFailed"; readonly error: WireError }
  | { readonly type: "moreNodes" | "moreEvents" };

export const pageSize = 25;
export const opening: PageState = { kind: "opening" };

export function reduce(state: PageState, event: PageEvent): PageState {
  if (event.type === "opened") {
    if (state.kind === "open") return { ...state, view: event.view, busy: undefined, error: undefined };
    return { kind: "open", view: event.view, busy: undefined, shownNodes: pageSize, shownEvents: pageSize };
  }
  if (state.kind === "opening") return event.type === "openFailed" ? { ...state, error: event.error } : state;
  switch (event.type) {
    case "view":
      return { ...state, view: event.view };
    case "tick":
      return { ...state, view: { ...state.view, now: event.now } };
    case "openFailed":
    case "failed":
      return { ...state, busy: undefined, error: event.error.kind === "aborted" ? undefined : event.error };
    case "asked":
      return { ...state, busy: event.what, error: undefined };
    case "answered":
      return { ...state, busy: undefined };
    case "jsonAsked":
      return { ...state, json: {} };
    case "jsonHidden":
      return { ...state, json: undefined };
    case "jsonLoaded":
      return { ...state, json: { text: event.text } };
    case "jsonFailed":
      return { ...state, json: { error: event.error } };
    case "moreNodes":
      return { ...state, shownNodes: state.shownNodes + pageSize };
    case "moreEvents":
      return { ...state, shownEvents: state.shownEvents + pageSize };
  }
}
