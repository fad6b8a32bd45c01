import type { InMemoryFs } from "just-bash/browser";
import { fromBase64, toBase64 } from "./aws/values";

/** A file, folder or link as plain data. Folders have neither `data` nor `to`. */
export interface SavedFile {
  path: string;
  mode: number;
  /** base64 */
  data?: string;
  /** Where a link points. */
  to?: string;
}

const home = "/home/user";

/** What a fresh terminal holds: the file that the lessons encrypt. */
export const freshFiles: SavedFile[] = [
  { path: `${home}/ExampleSecretFile.txt`, mode: 0o644, data: toBase64(new TextEncoder().encode("SuperSecretPassword")) },
];

/** The shell makes these itself; commands are found there, and nothing of the learner's lies in them. */
const system = /^\/(?:bin|dev|proc|usr)(?:\/|$)/;

export async function saveFiles(fs: InMemoryFs): Promise<SavedFile[]> {
  const files: SavedFile[] = [];
  for (const path of fs.getAllPaths().sort()) {
    if (path === "/" || system.test(path)) continue;
    const stat = await fs.lstat(path);
    if (stat.isSymbolicLink) files.push({ path, mode: stat.mode, to: await fs.readlink(path) });
    else if (stat.isDirectory) files.push({ path, mode: stat.mode });
    else files.push({ path, mode: stat.mode, data: toBase64(await fs.readFileBuffer(path)) });
  }
  return files;
}

/** Puts saved files back; what cannot be (a broken entry) is left out and named. */
export async function restoreFiles(fs: InMemoryFs, files: SavedFile[]): Promise<string[]> {
  const lost: string[] = [];
  for (const folder of [home, "/tmp"]) await fs.mkdir(folder, { recursive: true });
  for (const { path, mode, data, to } of files) {
    try {
      if (system.test(path)) throw new Error(path);
      const folder = path.slice(0, path.lastIndexOf("/"));
      if (folder) await fs.mkdir(folder, { recursive: true });
      if (to !== undefined) await fs.symlink(to, path);
      else if (data === undefined) await fs.mkdir(path, { recursive: true });
      else await fs.writeFile(path, fromBase64(data));
      if (to === undefined) await fs.chmod(path, mode);
    } catch {
      lost.push(path);
    }
  }
  return lost;
}
