import { type Frame, type Locator, type Page } from "playwright-core";
import { webviewFrame } from "./workbench";

/** The create form, as a person uses it. */
export class CreateForm {
  private constructor(
    readonly frame: Frame,
    private readonly page: Page,
  ) {}

  /** Waits for the form that is open. */
  static async find(page: Page): Promise<CreateForm> {
    return new CreateForm(await webviewFrame(page, "#create"), page);
  }

  field(id: "name" | "minNodeCount" | "maxNodeCount" | "idleSecondsBeforeScaleDown" | "vmSize"): Locator {
    return id === "vmSize" ? this.frame.locator("#vmSize") : this.frame.locator(`#${id} input`);
  }

  async type(id: "name" | "minNodeCount" | "maxNodeCount" | "idleSecondsBeforeScaleDown", text: string): Promise<void> {
    await this.field(id).fill(text);
  }

  /** Searches the list of sizes and takes the first that fits. */
  async chooseSize(search: string): Promise<void> {
    await this.field("vmSize").click();
    await this.field("vmSize").fill(search);
    await this.frame.locator("#size-list [role=option]").first().waitFor();
    await this.page.keyboard.press("Enter");
  }

  async create(): Promise<void> {
    await this.frame.locator("#create").click();
  }

  /** What stands beside a field about what was typed. */
  findings(id: string): Locator {
    return this.frame.locator(`#${id}-findings`);
  }
}
