import { strToU8, zipSync } from "fflate/browser";
import { fromBase64, strictUtf8Text, toBase64 } from "@/lib/engine/crypto/bytes";
import { filesOf, limits } from "@/lib/engine/lambda/zip";

/** The files of a deployment package, base64 by their paths. */
export type PackageFiles = Readonly<Record<string, string>>;

/**
 * Files as the learner has them: each as it is in the package (`from`), or a text of the learner's own. What was not
 * touched weighs nothing in the draft, and files that are no text are carried along.
 */
export interface PackageDraft {
  /** CodeSha256 of the package that it was begun on. */
  base: string;
  files: Record<string, { from: string } | { text: string }>;
}

/** Unpacks a package that Lambda has accepted; undefined where a saved lab is damaged. */
export function openPackage(codeSha256: string, zip: string): PackageFiles | undefined {
  const files = filesOf(codeSha256, zip);
  return "ok" in files && (files as { ok: unknown }).ok === false ? undefined : (files as PackageFiles);
}

export const draftOf = (base: string, files: PackageFiles): PackageDraft => ({
  base,
  files: Object.fromEntries(Object.keys(files).sort().map((path) => [path, { from: path }])),
});

/** Paths in the order in which they are listed: folders with what is in them, before what stands beside them. */
export const pathsOf = ({ files }: PackageDraft): string[] => Object.keys(files).sort((a, b) => Number(b.includes("/")) - Number(a.includes("/")) || (a < b ? -1 : 1));

/** A file's text; undefined for one that is no text, or that the package no longer has. */
export function textOf({ files }: PackageDraft, pack: PackageFiles, path: string): string | undefined {
  const file = files[path];
  if (!file) return undefined;
  return "text" in file ? file.text : textIn(pack, file.from);
}

const textIn = (pack: PackageFiles, path: string): string | undefined => (path in pack ? strictUtf8Text(fromBase64(pack[path])) : undefined);

/** The draft with a file's text changed. A text that is as it was in the package is no change. */
export function withText(draft: PackageDraft, pack: PackageFiles, path: string, text: string): PackageDraft {
  return { ...draft, files: { ...draft.files, [path]: textIn(pack, path) === text ? { from: path } : { text } } };
}

export const withFile = (draft: PackageDraft, path: string, text = ""): PackageDraft => ({ ...draft, files: { ...draft.files, [path]: { text } } });

export function renamed(draft: PackageDraft, path: string, to: string): PackageDraft {
  const { [path]: file, ...others } = draft.files;
  return { ...draft, files: { ...others, [to]: file } };
}

export function without(draft: PackageDraft, path: string): PackageDraft {
  const { [path]: _, ...others } = draft.files;
  return { ...draft, files: others };
}

/** Why a file cannot have this path; undefined where it can. */
export function problemOfPath(path: string, others: readonly string[]): string | undefined {
  const name = path.trim();
  if (!name) return "Enter a file name.";
  if (name.startsWith("/") || name.endsWith("/")) return "Begin and end with a name, not with a slash.";
  if (/[\\\0]/.test(name) || name.split("/").some((part) => part === "" || part === "." || part === "..")) return "Use names with / between folders, without empty parts, . or ...";
  if (others.includes(name)) return `There is a file ${name} already.`;
  const inside = others.find((other) => other.startsWith(`${name}/`) || name.startsWith(`${other}/`));
  return inside ? `${inside} stands in the way: a name is a file or a folder.` : undefined;
}

/** Whether anything differs from the package. */
export function changedFiles({ files }: PackageDraft, pack: PackageFiles): { added: string[]; changed: string[]; removed: string[] } {
  const isSame = (path: string): boolean => {
    const file = files[path];
    return "from" in file && (file.from === path || pack[file.from] === pack[path]);
  };
  return {
    added: Object.keys(files).filter((path) => !(path in pack)),
    changed: Object.keys(files).filter((path) => path in pack && !isSame(path)),
    removed: Object.keys(pack).filter((path) => !(path in files)),
  };
}

export const isChanged = (draft: PackageDraft, pack: PackageFiles): boolean => Object.values(changedFiles(draft, pack)).some((list) => list.length > 0);

/** A zip's own dates would make each package another one: the same files make the same package, and the same CodeSha256. */
const noDate = new Date(1980, 0, 1, 0, 0, 0);

/** Packs files for `ZipFile`: base64. Files that the package no longer has are left out. */
export function packed({ files }: PackageDraft, pack: PackageFiles): string {
  const content: Record<string, Uint8Array> = {};
  for (const path of Object.keys(files).sort()) {
    const file = files[path];
    if ("text" in file) content[path] = strToU8(file.text);
    else if (file.from in pack) content[path] = fromBase64(pack[file.from]);
  }
  return toBase64(zipSync(content, { mtime: noDate, level: 6 }));
}

/** Packs texts by their paths: what a new function begins with. */
export const packedTexts = (texts: Readonly<Record<string, string>>): string =>
  packed({ base: "", files: Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, { text }])) }, {});

/** Reads what a learner kept; undefined for what is no draft. */
export function readDraftText(text: string): PackageDraft | undefined {
  if (!text) return undefined;
  try {
    const kept = JSON.parse(text) as PackageDraft;
    return typeof kept.base === "string" && typeof kept.files === "object" && kept.files !== null ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** A larger package is refused by the lab; AWS takes 50 MB. */
export const mostBytes = limits.zipped;
