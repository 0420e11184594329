import { type ClusterDraft } from "../../src/core/draft";
import { type DraftTexts } from "../../src/protocol/createCluster";

export function textsOf(draft: ClusterDraft): DraftTexts {
  return {
    ...draft,
    minNodeCount: String(draft.minNodeCount),
    maxNodeCount: String(draft.maxNodeCount),
    idleSecondsBeforeScaleDown: String(draft.idleSecondsBeforeScaleDown),
  };
}

/** The draft that the texts mean; NaN for what is no whole number. Full-width digits count as digits. */
export function draftOf(texts: DraftTexts): ClusterDraft {
  return {
    ...texts,
    vmPriority: texts.vmPriority === "lowPriority" ? "lowPriority" : "dedicated",
    minNodeCount: wholeNumber(texts.minNodeCount),
    maxNodeCount: wholeNumber(texts.maxNodeCount),
    idleSecondsBeforeScaleDown: wholeNumber(texts.idleSecondsBeforeScaleDown),
  };
}

function wholeNumber(text: string): number {
  const plain = text.normalize("NFKC").trim();
  return /^-?\d+$/.test(plain) ? Number(plain) : Number.NaN;
}
