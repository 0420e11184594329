// @ts-check
// Makes src/simulator/data/catalogue.json: VM sizes, families and list prices of a few regions, from the data folder
// beside the repository (AML_SHARED names another place). Run it when that data changes: node scripts/buildSimulatorData.mjs
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const root = fileURLToPath(new URL("..", import.meta.url));
const data = join(process.env.AML_SHARED ?? join(root, "../shared"), "azure-data");
/** @param {string} name */
const read = async (name) => JSON.parse(await readFile(join(data, name), "utf8"));

/** Regions that ship: where the demo company works. Each has workspaces, GPU and CPU prices. */
const shipped = ["eastus", "westus2", "westeurope", "northeurope", "swedencentral", "japaneast", "southeastasia"];

const recorded = (await read("recorded-vmSizes-eastus.json")).value;
const usages = (await read("recorded-usages-eastus.json")).value;
const prices = await read("prices.json");
const regions = await read("regions.json");

const families = [...new Set(recorded.map((/** @type {any} */ size) => size.family))];

/** `L1.05` Linux dedicated, `l0.21` Linux low priority, `W` and `w` the same for Windows; in the recorded order. */
const priceCode = (/** @type {any} */ value) => {
  const letter = value.osType === "Linux" ? "l" : "w";
  return `${value.vmTier === "Standard" ? letter.toUpperCase() : letter}${value.retailPrice}`;
};
const typeCode = { AmlCompute: "A", ComputeInstance: "C", MIR: "M", AmlSpark: "S" };

// One text per row keeps the file small and its diffs readable.
const sizes = recorded.map((/** @type {any} */ size) =>
  [
    size.name,
    families.indexOf(size.family),
    size.vCPUs,
    size.gpus,
    size.memoryGB,
    size.maxResourceVolumeMB,
    (size.lowPriorityCapable ? "l" : "") + (size.premiumIO ? "p" : "") + (size.supportsIB ? "i" : ""),
    size.supportedComputeTypes.map((/** @type {keyof typeof typeCode} */ type) => typeCode[type]).join(""),
    size.generation === "gen2" ? 2 : 1,
    (size.estimatedVMPrices?.values ?? []).map(priceCode).join(" "),
  ].join("|"),
);

const dedicated = usages.filter((/** @type {any} */ row) => row.type.endsWith("/vmFamily/dedicatedCores/usages"));
const total = (/** @type {string} */ name) => {
  const row = usages.find((/** @type {any} */ candidate) => candidate.name.value === name);
  return { used: row.currentValue, limit: row.limit };
};

const catalogue = {
  pricesAsOf: prices.asOf.slice(0, 10),
  regions: shipped.map((name) => {
    const region = regions.find((/** @type {any} */ candidate) => candidate.name === name);
    return { name, displayName: region.displayName, retailLocation: region.retailLocation };
  }),
  families,
  sizes,
  // USD per hour, Linux, dedicated, in the order of `sizes`; `-` where the region has no price.
  prices: Object.fromEntries(
    shipped.map((name) => [
      name,
      recorded.map((/** @type {any} */ size) => prices.regions[name][size.name]?.payAsYouGoPerHour ?? "-").join(" "),
    ]),
  ),
  recordedQuota: {
    totalClusters: total("TotalClusters"),
    totalDedicatedCores: total("TotalDedicatedCores"),
    totalLowPriorityCores: total("TotalLowPriorityCores"),
    // name|used|limit of each quota family, in the recorded order
    families: dedicated.map((/** @type {any} */ row) => [row.name.value, row.currentValue, row.limit].join("|")),
  },
};

const target = join(root, "src/simulator/data/catalogue.json");
const text = `${JSON.stringify(catalogue, null, 2)}\n`;
await writeFile(target, text);
process.stdout.write(
  `src/simulator/data/catalogue.json: ${sizes.length} sizes, ${shipped.length} regions, ${text.length} bytes\n`,
);
