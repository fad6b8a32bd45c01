import { Buffer } from "buffer";
import type { GuestHost } from "../host";

/**
 * Node's `fs`: the package, which is there to be read, and `/tmp`, which lives as long as the environment. Source: Node.js API,
 * File system; Lambda Developer Guide, "Lambda quotas" (/tmp).
 */
type Options = string | { encoding?: string | null; recursive?: boolean; force?: boolean; flag?: string } | null | undefined;

/** Bytes that `/tmp` takes; in AWS 512 MB. */
const mostBytes = 32 * 1024 * 1024;

const codes: Record<string, [errno: number, words: string]> = {
  ENOENT: [-2, "no such file or directory"],
  EISDIR: [-21, "illegal operation on a directory"],
  ENOTDIR: [-20, "not a directory"],
  EEXIST: [-17, "file already exists"],
  EROFS: [-30, "read-only file system"],
  ENOSPC: [-28, "no space left on device"],
  ENOTEMPTY: [-39, "directory not empty"],
};
const trouble = (code: keyof typeof codes, syscall: string, path: string): Error => Object.assign(new Error(`${code}: ${codes[code][1]}, ${syscall} '${path}'`), { errno: codes[code][0], code, syscall, path });

export function makeFs(host: GuestHost, cwd: () => string): object {
  const written = new Map<string, Uint8Array>();
  const folders = new Set<string>(["/tmp"]);

  const whole = (given: unknown): string => {
    const path = given instanceof URL ? decodeURIComponent(given.pathname) : String(given);
    const out: string[] = [];
    for (const part of (path.startsWith("/") ? path : `${cwd()}/${path}`).split("/"))
      if (part === "..") out.pop();
      else if (part && part !== ".") out.push(part);
    return `/${out.join("/")}`;
  };
  const isTmp = (path: string): boolean => path === "/tmp" || path.startsWith("/tmp/");
  const isFolder = (path: string): boolean => path === "/" || path === "/var" || folders.has(path) || host.has(`${path}/`);
  const isFile = (path: string): boolean => written.has(path) || (!isTmp(path) && host.has(path));
  const parent = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf("/")));
  const encodingOf = (options: Options): string | undefined => (typeof options === "string" ? options : (options?.encoding ?? undefined));

  function readFileSync(given: unknown, options?: Options): Buffer | string {
    const path = whole(given);
    if (isFolder(path)) throw trouble("EISDIR", "read", path);
    const bytes = written.get(path) ?? (isTmp(path) ? undefined : host.bytes(path));
    if (bytes === undefined) throw trouble("ENOENT", "open", String(given));
    const buffer = typeof bytes === "string" ? Buffer.from(bytes, "base64") : Buffer.from(bytes);
    const encoding = encodingOf(options);
    return encoding ? buffer.toString(encoding as "utf8") : buffer;
  }
  function put(given: unknown, bytes: Uint8Array): void {
    const path = whole(given);
    if (!isTmp(path)) throw trouble("EROFS", "open", String(given));
    if (isFolder(path)) throw trouble("EISDIR", "open", String(given));
    if (!folders.has(parent(path))) throw trouble("ENOENT", "open", String(given));
    let size = bytes.length;
    for (const [name, content] of written) if (name !== path) size += content.length;
    if (size > mostBytes) throw trouble("ENOSPC", "write", String(given));
    written.set(path, bytes);
  }
  const bytesOf = (data: unknown, options?: Options): Uint8Array => (typeof data === "string" ? Buffer.from(data, (encodingOf(options) ?? "utf8") as "utf8") : ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice() : Buffer.from(String(data)));
  const writeFileSync = (path: unknown, data: unknown, options?: Options): void => {
    if (typeof options === "object" && options?.flag?.startsWith("a")) return appendFileSync(path, data, options);
    put(path, bytesOf(data, options));
  };
  const appendFileSync = (path: unknown, data: unknown, options?: Options): void => put(path, Buffer.concat([written.get(whole(path)) ?? new Uint8Array(), bytesOf(data, options)]));
  const existsSync = (path: unknown): boolean => isFile(whole(path)) || isFolder(whole(path));
  function readdirSync(given: unknown): string[] {
    const path = whole(given);
    if (isFile(path)) throw trouble("ENOTDIR", "scandir", String(given));
    if (!isFolder(path)) throw trouble("ENOENT", "scandir", String(given));
    const own = isTmp(path) ? [...written.keys(), ...folders].filter((name) => name !== path && parent(name) === path).map((name) => name.slice(path.length + 1)) : host.list(path);
    return own.sort();
  }
  function statSync(given: unknown, options?: { throwIfNoEntry?: boolean }): object | undefined {
    const path = whole(given);
    const folder = isFolder(path);
    if (!folder && !isFile(path)) {
      if (options?.throwIfNoEntry === false) return undefined;
      throw trouble("ENOENT", "stat", String(given));
    }
    const size = folder ? 4096 : (readFileSync(path) as Buffer).length;
    return { size, mode: folder ? 0o40755 : 0o100644, isFile: () => !folder, isDirectory: () => folder, isSymbolicLink: () => false };
  }
  function mkdirSync(given: unknown, options?: Options): void {
    const path = whole(given);
    const recursive = typeof options === "object" && options?.recursive;
    if (existsSync(path)) {
      if (recursive) return;
      throw trouble("EEXIST", "mkdir", String(given));
    }
    if (!isTmp(path)) throw trouble("EROFS", "mkdir", String(given));
    if (!folders.has(parent(path))) {
      if (!recursive) throw trouble("ENOENT", "mkdir", String(given));
      mkdirSync(parent(path), options);
    }
    folders.add(path);
  }
  function rmSync(given: unknown, options?: Options): void {
    const path = whole(given);
    const { recursive, force } = (typeof options === "object" && options) || {};
    if (!existsSync(path)) {
      if (force) return;
      throw trouble("ENOENT", "rm", String(given));
    }
    if (!isTmp(path)) throw trouble("EROFS", "rm", String(given));
    if (folders.has(path) && !recursive && readdirSync(path).length) throw trouble("ENOTEMPTY", "rm", String(given));
    for (const name of [...written.keys()]) if (name === path || name.startsWith(`${path}/`)) written.delete(name);
    for (const name of [...folders]) if (name !== "/tmp" && (name === path || name.startsWith(`${path}/`))) folders.delete(name);
  }
  const accessSync = (path: unknown): void => {
    if (!existsSync(path)) throw trouble("ENOENT", "access", String(path));
  };
  const copyFileSync = (from: unknown, to: unknown): void => put(to, new Uint8Array(readFileSync(from) as Buffer));
  const renameSync = (from: unknown, to: unknown): void => {
    copyFileSync(from, to);
    rmSync(from);
  };

  const sync = { readFileSync, writeFileSync, appendFileSync, existsSync, readdirSync, statSync, lstatSync: statSync, mkdirSync, rmSync, unlinkSync: rmSync, rmdirSync: rmSync, accessSync, copyFileSync, renameSync, realpathSync: (path: unknown) => whole(path) };
  const promises: Record<string, unknown> = {};
  const callbacks: Record<string, unknown> = {};
  for (const [name, work] of Object.entries(sync) as [string, (...args: unknown[]) => unknown][]) {
    const plain = name.replace(/Sync$/, "");
    if (plain !== "exists") promises[plain] = async (...args: unknown[]) => work(...args);
    callbacks[plain] = (...args: unknown[]) => {
      const done = args.pop() as (...results: unknown[]) => void;
      queueMicrotask(() => {
        let value: unknown;
        try {
          value = work(...args);
        } catch (error) {
          return done(error);
        }
        if (plain === "exists") done(value);
        else done(null, value);
      });
    };
  }
  return { ...sync, ...callbacks, promises, constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 } };
}
