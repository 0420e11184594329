import { describe, expect, it } from "vitest";
import { moneyCsv } from "../../../src/core/moneyCsv";
import { moneyRow } from "../../../src/core/moneyTable";
import { aCluster } from "../../support/builders";
import { handWorked } from "../../support/handWorkedClusters";

const asOf = "2026-07-01T12:00:00Z";
const rows = handWorked.map(({ cluster, size, price }) => moneyRow(cluster, { size, price }));

/** A reader of RFC 4180, written for the test: the text back into cells. */
function read(csv: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of csv
    .replace(/^\uFEFF/, "")
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    lines.at(-1)!.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    if (end === "\r\n") lines.push([]);
  }
  return lines.slice(0, -1);
}

function cellOf(csv: string, cluster: string, title: string): string | undefined {
  const [titles, ...body] = read(csv);
  return body.find((line) => line[0] === cluster)?.[titles!.indexOf(title)];
}

describe("the table as CSV", () => {
  const csv = moneyCsv(rows, asOf);

  it("has one line per cluster, all of one length, after the titles", () => {
    const lines = read(csv);
    expect(lines).toHaveLength(rows.length + 1);
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines[0]?.slice(0, 4)).toEqual(["Cluster", "Workspace", "Subscription", "Region"]);
  });

  it("has the hand-worked figures, per currency", () => {
    expect(cellOf(csv, "gpu-min1", "Now per hour (USD)")).toBe("3.83675");
    expect(cellOf(csv, "gpu-min1", "At rest per month (USD)")).toBe("2800.8275");
    expect(cellOf(csv, "sweep", "At most per hour (USD)")).toBe("20.32125");
    expect(cellOf(csv, "t4-yen", "Now per hour (JPY)")).toBe("304.5");
    expect(cellOf(csv, "t4-yen", "Now per hour (USD)")).toBe("0.01375");
    expect(cellOf(csv, "broken", "Unusable per hour (USD)")).toBe("2.46");
    expect(cellOf(csv, "batch-cheap", "Price source")).toContain("estimate");
    expect(cellOf(csv, "batch-cheap", "Priority")).toBe("low priority");
  });

  it("leaves unknown figures empty and says why", () => {
    expect(cellOf(csv, "unpriced", "Now per hour (USD)")).toBe("");
    expect(cellOf(csv, "unpriced", "Price source")).toBe("price unavailable");
  });

  it("ends every line with CRLF and begins with the mark that Excel needs", () => {
    expect(csv.startsWith("\uFEFFCluster,")).toBe(true);
    expect(csv.endsWith("\r\n")).toBe(true);
    expect(csv.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("quotes what needs it", () => {
    const name = 'team "a", part 1\nline 2';
    const quoted = moneyCsv([moneyRow(aCluster(), { subscriptionName: name })], asOf);
    expect(cellOf(quoted, "gpu-train", "Subscription")).toBe(name);
    expect(quoted).toContain('"team ""a"", part 1\nline 2"');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])("never lets %j run as a formula", (name) => {
    const csvText = moneyCsv([moneyRow(aCluster(), { subscriptionName: name })], asOf);
    expect(cellOf(csvText, "gpu-train", "Subscription")).toBe(`'${name}`);
  });

  it("has titles alone for no clusters", () => {
    expect(read(moneyCsv([], asOf))).toHaveLength(1);
  });
});
