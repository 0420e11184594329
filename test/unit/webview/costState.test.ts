import { describe, expect, it } from "vitest";
import { type CostEvent, type OpenCostForm, opening, progressOf, reduce, scaleOf } from "../../../webview/cost/state";
import { savedView } from "../../../webview/money/state";
import { costOf } from "../../../webview/harness/moneyWorld";

const facts = costOf("gpu-min1");
const { cluster } = facts;
const zero = { ...cluster.scaleSettings, minNodeCount: 0 };

function form(...events: readonly CostEvent[]): OpenCostForm {
  const state = [{ type: "opened", facts } as const, ...events].reduce(reduce, opening);
  if (state.kind !== "open") throw new Error("The form did not open.");
  return state;
}

describe("the cost form's state", () => {
  it("follows the cluster until somebody types, and then keeps what is typed", () => {
    const elsewhere = { ...facts, cluster: { ...cluster, scaleSettings: { ...zero, maxNodeCount: 9 } } };
    expect(scaleOf(form({ type: "facts", facts: elsewhere }).texts).maxNodeCount).toBe(9);
    const typed = form({ type: "typed", field: "maxNodeCount", text: "５" }, { type: "facts", facts: elsewhere });
    expect(scaleOf(typed.texts).maxNodeCount).toBe(5);
  });

  it("tells accepted, followed and done apart", () => {
    const sent: readonly CostEvent[] = [{ type: "sent", scale: zero }, { type: "accepted" }];
    const at = (over: object, pending?: "scale") =>
      progressOf(form(...sent, { type: "facts", facts: { ...facts, cluster: { ...cluster, ...over }, pending } }));
    expect(progressOf(form())).toBe("none");
    expect(at({}, "scale")).toBe("accepted");
    expect(at({ scaleSettings: zero, allocationState: "resizing" })).toBe("following");
    expect(at({ scaleSettings: zero })).toBe("done");
    expect(at({ scaleSettings: { ...zero, maxNodeCount: 7 } })).toBe("other");
  });

  it("restores what was typed for the same cluster only", () => {
    const texts = { minNodeCount: "7", maxNodeCount: "8", idleSecondsBeforeScaleDown: "" };
    const restored = reduce(opening, {
      type: "opened",
      facts,
      saved: { version: 1, cluster: cluster.id.toUpperCase(), texts },
    });
    expect(restored).toMatchObject({ texts });
    const other = reduce(opening, { type: "opened", facts, saved: { version: 1, cluster: "/x", texts } });
    expect(other).toMatchObject({ texts: { minNodeCount: "1" } });
  });
});

describe("what the money page keeps", () => {
  it("is read back, and nothing else is", () => {
    const view = { version: 1, sort: { column: "idle", descending: true }, grouping: { by: "tag", name: "team" } };
    expect(savedView(view)).toEqual(view);
    for (const bad of [
      undefined,
      { version: 2 },
      { ...view, sort: { column: "x", descending: true } },
      { ...view, grouping: {} },
    ]) {
      expect(savedView(bad)).toBeUndefined();
    }
  });
});
