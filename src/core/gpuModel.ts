import { familyKey } from "./vmSize";

/**
 * GPU of each family that clusters can have. General knowledge of the series, as no Azure answer names the model; T4, A100 and
 * H100 agree with Hugging Face's hardware table of Azure (checked 2026-11).
 */
const models: Readonly<Record<string, string>> = {
  standardncsv3family: "NVIDIA V100 16 GB",
  standardncasv3_t4family: "NVIDIA T4 16 GB",
  standardncadsa100v4family: "NVIDIA A100 80 GB",
  standardncadsh100v5family: "NVIDIA H100 NVL 94 GB",
  standardndsv2family: "NVIDIA V100 32 GB",
  standardndasv4_a100family: "NVIDIA A100 40 GB",
  standardndamsv4_a100family: "NVIDIA A100 80 GB",
  standardndv5h100family: "NVIDIA H100 80 GB",
  standardnvadsa10v5family: "NVIDIA A10 24 GB",
  standardnvsv3family: "NVIDIA M60 8 GB",
};
const byFamily = new Map(Object.entries(models).map(([family, model]) => [familyKey(family), model]));

/** The GPU model of a VM family. @returns undefined for families without GPU and for those not known here. */
export function gpuModelOf(family: string): string | undefined {
  return byFamily.get(familyKey(family));
}
