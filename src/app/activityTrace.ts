import { redact } from "../core/diagnosis/redact";
import { type RequestRecord } from "./ports";

/** Enough for an hour of a busy day; older requests go first. */
const mostKept = 2_000;

/** The requests of this window, redacted, for people to read and hand on. */
export class ActivityTrace {
  #records: RequestRecord[] = [];

  get length(): number {
    return this.#records.length;
  }

  add(record: RequestRecord): void {
    this.#records.push({ ...record, path: redact(record.path) });
    if (this.#records.length > mostKept) this.#records = this.#records.slice(-mostKept);
  }

  /** Tab-separated lines under a heading, the oldest first; times in UTC. */
  text(): string {
    const heading = ["time", "method", "path", "status", "duration ms", "request id", "requests left"];
    const lines = this.#records.map((record) => [
      new Date(record.at).toISOString(),
      record.method,
      record.path,
      record.statusCode ?? "no answer",
      record.durationMs,
      record.requestId ?? "",
      record.budgetLeft ?? "",
    ]);
    return [heading, ...lines].map((cells) => cells.join("\t")).join("\n");
  }
}
