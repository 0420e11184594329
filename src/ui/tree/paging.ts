import { type ArmId, armKey } from "../../core/armId";

export const pageSize = 50;

/** How many children a row shows before its "Show more". */
export class Paging {
  readonly #shown = new Map<string, number>();

  shownOf(parent: ArmId): number {
    return this.#shown.get(armKey(parent)) ?? pageSize;
  }

  showMore(parent: ArmId): void {
    this.#shown.set(armKey(parent), this.shownOf(parent) + pageSize);
  }

  /** Shows whole pages up to the row at that index. */
  showUpTo(parent: ArmId, index: number): void {
    const pages = Math.ceil((index + 1) / pageSize);
    this.#shown.set(armKey(parent), Math.max(this.shownOf(parent), pages * pageSize));
  }

  clear(): void {
    this.#shown.clear();
  }
}
