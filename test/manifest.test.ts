import { existsSync, readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type ContextValues,
  type SettingValues,
  commands,
  internalCommands,
  viewContainerId,
  viewId,
} from "../src/ui/contributions";

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly icon: string;
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category?: string; enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus?: readonly { id: string; label: string }[];
    readonly views: Readonly<Record<string, readonly { id: string; name: string; icon?: string }[]>>;
    readonly viewsContainers: Readonly<Record<string, readonly { id: string; title: string; icon: string }[]>>;
    readonly viewsWelcome: readonly { view: string; contents: string; when?: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<
          string,
          {
            default?: unknown;
            description?: string;
            markdownDescription?: string;
            enum?: readonly string[];
            enumDescriptions?: readonly string[];
          }
        >
      >;
    };
    readonly keybindings?: readonly { command: string; when?: string }[];
  };
}

const text = readFileSync("package.json", "utf8");
const manifest = JSON.parse(text) as Manifest;
const texts = JSON.parse(readFileSync("package.nls.json", "utf8")) as Record<string, string>;
const { contributes } = manifest;
const ids = Object.keys(commands);
const contributed = contributes.commands.map(({ command }) => command);
const menuItems = Object.entries(contributes.menus).flatMap(([menu, items]) =>
  items.map((item) => ({ menu, ...item })),
);
const whens = [...menuItems, ...contributes.viewsWelcome, ...(contributes.keybindings ?? [])].flatMap(
  ({ when }) => when ?? [],
);

// `satisfies` makes the compiler complain when a key is missing here.
const settingKeys = Object.keys({
  "amlClusters.signIn.method": 0,
  "amlClusters.signIn.tenantId": 0,
  "amlClusters.signIn.clientId": 0,
  "amlClusters.cloud.name": 0,
  "amlClusters.cloud.custom": 0,
  "amlClusters.polling": 0,
  "amlClusters.cost.currency": 0,
  "amlClusters.cost.burnMeter": 0,
  "amlClusters.cost.preparingIsCharged": 0,
  "amlClusters.alerts.clusterFailed": 0,
  "amlClusters.alerts.nodeUnusable": 0,
  "amlClusters.alerts.nodePreempted": 0,
  "amlClusters.alerts.resizeFailed": 0,
  "amlClusters.alerts.stuck": 0,
  "amlClusters.simulation.speed": 0,
  "amlClusters.simulation.startAutomatically": 0,
} satisfies Record<keyof SettingValues, 0>);
const contextKeys = Object.keys({
  "amlClusters.session": 0,
  "amlClusters.noSubscriptions": 0,
  "amlClusters.filtered": 0,
} satisfies Record<keyof ContextValues, 0>);

describe("texts", () => {
  const used = [...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key!);

  it("every %key% of package.json has a text", () => {
    expect(used.filter((key) => !texts[key])).toEqual([]);
  });

  it("every text is used", () => {
    expect(Object.keys(texts).filter((key) => !used.includes(key))).toEqual([]);
  });

  it("every translation has the same keys", () => {
    for (const file of readdirSync(".").filter((name) => /^package\.nls\..+\.json$/.test(name))) {
      const translated = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
      expect(Object.keys(translated).sort(), file).toEqual(Object.keys(texts).sort());
    }
  });

  it("nothing that people read stands in package.json itself", () => {
    const readable =
      /"(title|category|label|description|markdownDescription|contents|displayName|name)": "(?!%)([^"]*)"/g;
    const contributesText = JSON.stringify(contributes, null, 1);
    expect([...contributesText.matchAll(readable)].map(([match]) => match)).toEqual([]);
  });

  it("welcome texts link to commands that exist", () => {
    const links = Object.values(texts).flatMap((value) =>
      [...value.matchAll(/command:([\w.]+)/g)].map(([, id]) => id!),
    );
    expect(links.filter((id) => id.startsWith("amlClusters.") && !ids.includes(id))).toEqual([]);
  });
});

describe("commands", () => {
  it("package.json and contributions.ts name the same ones", () => {
    expect([...contributed].sort()).toEqual([...ids].sort());
  });

  it("each has a title and the category under which the palette shows it", () => {
    expect(contributes.commands.filter(({ title, category }) => !title || !category)).toEqual([]);
  });

  it("menus and keys name only commands and submenus that exist", () => {
    const submenus = contributes.submenus?.map(({ id }) => id) ?? [];
    const unknownCommands = [...menuItems, ...(contributes.keybindings ?? [])].filter(
      ({ command }) => command !== undefined && !ids.includes(command),
    );
    const unknownSubmenus = menuItems.filter(({ submenu }) => submenu !== undefined && !submenus.includes(submenu));
    expect([...unknownCommands, ...unknownSubmenus]).toEqual([]);
  });

  it("commands that only rows call are hidden from the palette", () => {
    const hidden = contributes.menus["commandPalette"]
      ?.filter(({ when }) => when === "false")
      .map(({ command }) => command);
    expect([...(hidden ?? [])].sort()).toEqual([...internalCommands].sort());
  });

  it("what is done to a row is in its context menu or in a submenu of it", () => {
    const submenus = contributes.submenus?.map(({ id }) => id) ?? [];
    const menus = ["view/item/context", ...submenus];
    const inMenus = menuItems.filter(({ menu }) => menus.includes(menu)).map(({ command }) => command);
    // To show a cluster in the tree is asked for from elsewhere.
    const elsewhere: readonly string[] = [...internalCommands, "amlClusters.cluster.reveal"];
    const forRows = Object.entries(commands).filter(
      ([id, target]) => target !== "nothing" && target !== "tenant" && !elsewhere.includes(id),
    );
    expect(forRows.map(([id]) => id).filter((id) => !inMenus.includes(id))).toEqual([]);
  });
});

describe("when clauses", () => {
  it("use only context keys that somebody sets", () => {
    const keys = whens.flatMap((when) => [...when.matchAll(/(?<!\w|config\.)amlClusters\.\w+/g)].map(([key]) => key));
    const known = [...contextKeys, viewId];
    expect(keys.filter((key) => !known.includes(key))).toEqual([]);
  });

  it("hold patterns that are valid", () => {
    const patterns = whens.flatMap((when) =>
      [...when.matchAll(/=~ \/(.+?)\/(?:\s|$|\))/g)].map(([, pattern]) => pattern!),
    );
    expect(patterns.length).toBeGreaterThan(0);
    for (const pattern of patterns) expect(() => new RegExp(pattern)).not.toThrow();
  });

  it("of row menus ask for our view", () => {
    const items = contributes.menus["view/item/context"] ?? [];
    expect(items.length).toBeGreaterThan(0);
    expect(items.filter(({ when }) => !when?.includes(`view == ${viewId}`))).toEqual([]);
  });
});

describe("views", () => {
  it("the container and the view have the ids of contributions.ts", () => {
    expect(contributes.viewsContainers["activitybar"]?.map(({ id }) => id)).toEqual([viewContainerId]);
    expect(contributes.views[viewContainerId]?.map(({ id }) => id)).toEqual([viewId]);
  });

  it("welcome texts belong to it", () => {
    expect(contributes.viewsWelcome.length).toBeGreaterThan(0);
    expect(contributes.viewsWelcome.filter(({ view }) => view !== viewId)).toEqual([]);
  });

  it("pictures exist", () => {
    const containers = Object.values(contributes.viewsContainers).flat();
    const files = [manifest.icon, ...containers.map(({ icon }) => icon)].filter((icon) => !icon.startsWith("$("));
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });
});

describe("settings", () => {
  const settings = Object.entries(contributes.configuration.properties);

  it("package.json and contributions.ts name the same ones", () => {
    expect(settings.map(([key]) => key).sort()).toEqual([...settingKeys].sort());
  });

  it("each has a default and a description, each choice too", () => {
    for (const [key, setting] of settings) {
      expect(setting.default, key).toBeDefined();
      expect(setting.description ?? setting.markdownDescription, key).toBeTruthy();
      expect(setting.enumDescriptions?.length, key).toBe(setting.enum?.length);
    }
  });
});

describe("start", () => {
  it("only a form to restore activates the extension beside what VS Code infers", () => {
    expect(manifest.activationEvents.filter((event) => !/^onWebviewPanel:amlClusters\.\w+$/.test(event))).toEqual([]);
  });

  it("the package holds only what is named in .vscodeignore", () => {
    expect(readFileSync(".vscodeignore", "utf8").split("\n")[0]).toBe("**");
  });
});
