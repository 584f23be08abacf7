import { describe, expect, it } from "vitest";
import { checkLinks, documentationFiles } from "../../scripts/package/documentation.js";

function check(pages: Readonly<Record<string, string>>): () => void {
  return () => {
    checkLinks(Object.keys(pages), (file) => pages[file] ?? "");
  };
}

describe("the pages in the tarball", () => {
  it("link to pages and headings that are in it", () => {
    expect(() => {
      checkLinks(documentationFiles());
    }).not.toThrow();
  });

  it("may link to each other, to their own headings and to other sites", () => {
    const guide = "# A `b`, c\n\n[a](#a-b-c) [site](https://example.com/x.md) [image](../charts/a.svg)\n";
    const llms = "[one](docs/guides/one.md#a-b-c)\n\n```md\n[not](a/link.md)\n```\n";
    expect(check({ "llms.txt": llms, "docs/guides/one.md": guide, "docs/charts/a.svg": "" })).not.toThrow();
  });

  it("may not link to a file or heading that is missing", () => {
    const pages = { "llms.txt": "", "README.md": "[a](docs/a.md) [b](#b) [c](LICENSE#c)", LICENSE: "c" };
    expect(check(pages)).toThrow(
      "README.md: the tarball has no file for docs/a.md\nREADME.md: there is no heading for #b\n" +
        "README.md: there is no heading for LICENSE#c",
    );
  });

  it("must all be in llms.txt, if they are guides", () => {
    expect(check({ "llms.txt": "", "docs/guides/one.md": "" })).toThrow(
      "llms.txt does not link to docs/guides/one.md",
    );
  });
});
