/** A size the service offers in one region (`…/locations/{region}/vmSizes`). */
export interface VmSize {
  readonly name: string;
  /** vCPU quota is counted per family; join with `familyKey`. */
  readonly family: string;
  readonly vCpus: number;
  readonly gpus: number;
  readonly memoryGb: number;
  readonly diskGb: number;
  readonly lowPriorityCapable: boolean;
  /** InfiniBand; undefined where the answer does not say. */
  readonly infiniBand?: boolean | undefined;
  readonly supportsClusters: boolean;
  /** Linux list price in USD per hour, the lowest that the answer names; undefined where it names none. */
  readonly price?: { readonly dedicated?: number | undefined; readonly lowPriority?: number | undefined } | undefined;
}

export function vmSizeKey(name: string): string {
  return name.toLowerCase();
}

/**
 * Families join without case, spaces, `_` and the `cluster dedicated|lowpriority vcpus` tail: sizes say
 * `StandardNCADSA100v4Family` where usages say `standardNCADSA100v4Family` (recorded 2025-11-04, azure-data/NOTES 2).
 */
export function familyKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[\s_]/g, "")
    .replace(/cluster(dedicated|lowpriority)vcpus$/, "");
}

/**
 * Series that Azure has switched off: NC, NCv2, ND, NV and their promos on 2023-08-31, Av1 and HB on 2024-08-31
 * (azure-docs includes/retiring-vms.md @16012f7). Quota families of them remain.
 */
export function isRetired(name: string): boolean {
  return /^standard_(nc\d+r?(_promo)?|nc\d+r?s_v2|nd\d+r?s|nv\d+(_promo)?|a\d+|hb\d+rs)$/i.test(name);
}
