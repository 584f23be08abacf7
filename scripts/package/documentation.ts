import { readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { readManifest } from "./manifest.js";

/** The documentation in the tarball: what `files` in package.json names beside `dist`, and the readme, which npm adds. */
export function documentationFiles(): readonly string[] {
  return ["README.md", ...readManifest().files.filter((name) => name !== "dist")].flatMap((name) =>
    statSync(name).isDirectory()
      ? readdirSync(name, { recursive: true, encoding: "utf8" }).map((file) => posix.join(name, file))
      : [name],
  );
}

/** Throws if a page in the tarball links to what the tarball lacks, or if llms.txt does not link to every guide. */
export function checkLinks(
  files: readonly string[],
  read: (file: string) => string = (file) => readFileSync(file, "utf8"),
): void {
  const pages = files.filter((file) => file.endsWith(".md") || file === "llms.txt");
  const faults = pages.flatMap((page) =>
    linksOf(page, read(page)).flatMap(({ target, file, heading }) => {
      if (!files.includes(file)) return `${page}: the tarball has no file for ${target}`;
      const isKnown = heading === "" || headingsOf(read(file)).includes(heading);
      return isKnown ? [] : `${page}: there is no heading for ${target}`;
    }),
  );
  const listed = linksOf("llms.txt", read("llms.txt")).map(({ file }) => file);
  const unlisted = files.filter((file) => file.startsWith("docs/guides/") && !listed.includes(file));
  faults.push(...unlisted.map((guide) => `llms.txt does not link to ${guide}`));
  if (faults.length > 0) throw new Error(faults.join("\n"));
}

interface Link {
  readonly target: string;
  readonly file: string;
  readonly heading: string;
}

function linksOf(page: string, text: string): readonly Link[] {
  return [...withoutBlocks(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [path = "", heading = ""] = target.split("#");
      return { target, file: path === "" ? page : posix.join(posix.dirname(page), path), heading };
    });
}

/** Headings as fragments, in the form that renderers of Markdown give them. */
function headingsOf(text: string): readonly string[] {
  return [...withoutBlocks(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function withoutBlocks(text: string): string {
  return text.replaceAll(/^( *)```[\s\S]*?^\1```/gm, "");
}
