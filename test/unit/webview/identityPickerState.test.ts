import { describe, expect, it } from "vitest";
import { type UserAssignedIdentity } from "../../../src/core/identity";
import { foundIdentities, pickedChoice, pickerOf, reducePicker } from "../../../webview/shared/identityPickerState";
import { deployIdentity, trainIdentity } from "../../support/computeAnswers";

const identity = (id: typeof trainIdentity, name: string, clientId: string): UserAssignedIdentity => ({
  id,
  name,
  resourceGroup: "rg-ml",
  location: "westeurope",
  clientId,
});
const all = [identity(trainIdentity, "train", "aaaa-1"), identity(deployIdentity, "deploy", "bbbb-2")];

describe("the identity control", () => {
  it("keeps the order of choosing and puts the default first when asked", () => {
    const chosen = [trainIdentity, deployIdentity].reduce(
      (state, id) => reducePicker(state, { type: "toggled", id }),
      reducePicker(pickerOf({ kind: "none" }), { type: "kind", kind: "userAssigned" }),
    );
    expect(pickedChoice(chosen)).toEqual({ kind: "userAssigned", ids: [trainIdentity, deployIdentity] });
    const turned = reducePicker(chosen, { type: "madeFirst", id: deployIdentity });
    expect(turned.ids).toEqual([deployIdentity, trainIdentity]);
    expect(reducePicker(turned, { type: "toggled", id: trainIdentity }).ids).toEqual([deployIdentity]);
  });

  it("never says both kinds, and remembers the user-assigned ones while another kind is chosen", () => {
    const user = pickerOf({ kind: "userAssigned", ids: [trainIdentity] });
    const system = reducePicker(user, { type: "kind", kind: "systemAssigned" });
    expect(pickedChoice(system)).toEqual({ kind: "systemAssigned" });
    expect(pickedChoice(reducePicker(system, { type: "kind", kind: "userAssigned" }))).toEqual(pickedChoice(user));
  });

  it("takes a pasted id once, whatever its case, and refuses what is none", () => {
    const user = pickerOf({ kind: "userAssigned", ids: [trainIdentity] });
    const paste = (text: string) => reducePicker(reducePicker(user, { type: "pasteTyped", text }), { type: "pasted" });
    expect(paste(` ${deployIdentity}/ `)).toMatchObject({ ids: [trainIdentity, deployIdentity], paste: "" });
    expect(paste(trainIdentity.toUpperCase()).ids).toEqual([trainIdentity]);
    expect(paste("/subscriptions/x/resourceGroups/y")).toMatchObject({ ids: [trainIdentity], pasteRefused: true });
  });

  it("searches by name, group, region, client id and subscription, every word of it", () => {
    const names = (text: string) => foundIdentities(all, text, () => "Research").map(({ name }) => name);
    expect(names("")).toEqual(["deploy", "train"]);
    expect(names("west TRAIN")).toEqual(["train"]);
    expect(names("bbbb-2")).toEqual(["deploy"]);
    expect(names("research rg-ml")).toEqual(["deploy", "train"]);
    expect(names("train bbbb")).toEqual([]);
  });
});
