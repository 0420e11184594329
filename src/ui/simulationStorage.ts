import type * as vscode from "vscode";
import { type Logger } from "../app/ports";
import { JsonFile } from "./jsonFile";

/** Keeps the simulated world in a file, so that it survives a window reload. */
export class SimulationStorage extends JsonFile {
  constructor(folder: vscode.Uri, log: Logger) {
    super(folder, "simulation.json", log, "The simulated subscription");
  }
}
