import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, formHtml } from "../../../../src/ui/forms/formHtml";

const page = {
  cspSource: "https://*.vscode-cdn.net",
  nonce: "abc123",
  lang: "ja",
  script: "s.js",
  style: "s.css",
  title: "t",
};

describe("a form's page", () => {
  it("allows nothing but its script, its styles and its fonts", () => {
    const policy = contentSecurityPolicy(page);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'nonce-abc123'");
    expect(policy).not.toMatch(/unsafe|\*(?!\.vscode-cdn\.net)|data:|img-src|connect-src/);
  });

  it("escapes what it is given", () => {
    const html = formHtml({ ...page, title: `</title><script>alert("1")</script>`, lang: `"><b>` });
    expect(html).not.toContain("<script>alert");
    expect(html).not.toContain(`"><b>`);
    expect(html.match(/<script/g)).toHaveLength(1);
  });
});
