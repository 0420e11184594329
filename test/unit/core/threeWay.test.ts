import { describe, expect, it } from "vitest";
import { identityPutBody, writableBody } from "../../../src/core/computeBody";
import { changedByOthers, overwrittenByMyIdentity, pathText, threeWay } from "../../../src/core/threeWay";
import { aComputeAnswer, answeredIdentities, deployIdentity, trainIdentity } from "../../support/computeAnswers";

describe("three bodies", () => {
  it("that are alike have no differences", () => {
    const body = { a: { b: 1, c: [1, { d: "x" }] } };
    expect(threeWay(body, structuredClone(body), structuredClone(body))).toEqual([]);
  });

  it("tell who changed what", () => {
    const base = { mine: 1, theirs: 1, both: 1, conflict: 1, same: 1 };
    const differences = threeWay(
      base,
      { ...base, mine: 2, both: 2, conflict: 2 },
      { ...base, theirs: 3, both: 2, conflict: 3 },
    );
    expect(differences.map(({ path, kind }) => [path[0], kind])).toEqual([
      ["mine", "mine"],
      ["theirs", "theirs"],
      ["both", "both"],
      ["conflict", "conflict"],
    ]);
    expect(differences[3]).toMatchObject({ base: 1, mine: 2, theirs: 3 });
  });

  it("are compared leaf by leaf, also where one lacks the branch", () => {
    expect(threeWay({}, {}, { tags: { team: "vision", env: "dev" } })).toEqual([
      { path: ["tags", "team"], kind: "theirs", base: undefined, mine: undefined, theirs: "vision" },
      { path: ["tags", "env"], kind: "theirs", base: undefined, mine: undefined, theirs: "dev" },
    ]);
  });

  it("take an empty object for a value, an array for one", () => {
    expect(threeWay({}, { a: {} }, {})).toMatchObject([{ path: ["a"], kind: "mine", mine: {} }]);
    expect(threeWay({ a: [1] }, { a: [1] }, { a: [1, 2] })).toMatchObject([{ path: ["a"], kind: "theirs" }]);
    expect(threeWay({ a: { b: 1 } }, { a: { b: 1 } }, { a: "text" })).toMatchObject([{ path: ["a"], theirs: "text" }]);
  });

  it("differ in the case of texts, but not of ARM ids, as values or keys", () => {
    expect(threeWay({ a: "x" }, { a: "x" }, { a: "X" })).toHaveLength(1);
    const id = "/subscriptions/1/resourceGroups/RG";
    expect(threeWay({ a: id }, { a: id }, { a: id.toLowerCase() })).toEqual([]);
    expect(threeWay({ [id]: {} }, { [id]: {} }, { [id.toLowerCase()]: {} })).toEqual([]);
  });
});

describe("a cluster that somebody else changed meanwhile", () => {
  const first = aComputeAnswer(answeredIdentities.user);
  const base = writableBody(first);
  const mine = identityPutBody(first, { kind: "userAssigned", ids: [trainIdentity, deployIdentity] });

  it("has only my change when nobody did, though nodes came and went", () => {
    const now = aComputeAnswer(answeredIdentities.user);
    now.properties.properties.currentNodeCount = 7;
    const differences = threeWay(base, mine, writableBody(now));
    expect(differences).toEqual([
      {
        path: ["identity", "userAssignedIdentities", deployIdentity],
        kind: "mine",
        base: undefined,
        mine: {},
        theirs: undefined,
      },
    ]);
    expect(changedByOthers(differences)).toEqual([]);
  });

  it("shows a scale and a tag of theirs, which my identity does not overwrite", () => {
    const now = aComputeAnswer(answeredIdentities.user);
    now.properties.properties.scaleSettings.minNodeCount = 0;
    now.tags.team = "speech";
    const differences = threeWay(base, mine, writableBody(now));
    expect(changedByOthers(differences).map(({ path }) => pathText(path))).toEqual([
      "tags.team",
      "properties.properties.scaleSettings.minNodeCount",
    ]);
    expect(overwrittenByMyIdentity(differences)).toEqual([]);
  });

  it("shows an identity of theirs that mine would take off again", () => {
    const other = trainIdentity.replace("train", "other");
    const now = aComputeAnswer({ type: "UserAssigned", userAssignedIdentities: { [trainIdentity]: {}, [other]: {} } });
    const lost = overwrittenByMyIdentity(threeWay(base, mine, writableBody(now)));
    expect(lost.map(({ path, kind }) => [path.at(-1), kind])).toEqual([[other, "theirs"]]);
  });

  it("conflicts where they chose another kind", () => {
    const none = aComputeAnswer();
    const toSystem = identityPutBody(none, { kind: "systemAssigned" });
    const now = aComputeAnswer(answeredIdentities.user);
    const differences = threeWay(writableBody(none), toSystem, writableBody(now));
    expect(differences[0]).toMatchObject({
      path: ["identity", "type"],
      kind: "conflict",
      mine: "SystemAssigned",
      theirs: "UserAssigned",
    });
    expect(overwrittenByMyIdentity(differences)).toHaveLength(2);
  });

  it("says both when they made the same change", () => {
    const now = aComputeAnswer(answeredIdentities.users);
    expect(threeWay(base, mine, writableBody(now)).map(({ kind }) => kind)).toEqual(["both"]);
  });
});

describe("a path", () => {
  it("reads like code", () => {
    expect(pathText(["identity", "userAssignedIdentities", "/subscriptions/1"])).toBe(
      'identity.userAssignedIdentities["/subscriptions/1"]',
    );
    expect(pathText(["tags", "cost-center"])).toBe('tags["cost-center"]');
  });
});
