"use client";

import { useEffect, useState } from "react";
import packages from "@/lib/store/code/packages.json";
import { codeFile } from "@/lib/store/code/files";
import type { ExtraLib } from "../editor/types";

/** What the sandbox's global scope has beside the language: a worker's own things, and Node's Buffer. */
export const globals: ExtraLib = {
  path: "file:///sandbox/globals.d.ts",
  content: `/// <reference lib="webworker" />
declare global {
  const Buffer: typeof import("buffer").Buffer;
  type Buffer = import("buffer").Buffer;
}
export {};
declare module "node:buffer" { export * from "buffer"; }
`,
};

const shared = "types.json";
const parsed = new Map<string, Promise<ExtraLib[]>>();

function typesIn(file: string): Promise<ExtraLib[]> {
  let libs = parsed.get(file);
  if (!libs) {
    libs = codeFile(file).then((text) =>
      Object.entries(JSON.parse(text) as Record<string, string>).map(([path, content]) => ({ path, content })),
    );
    parsed.set(file, libs);
    libs.catch(() => parsed.delete(file));
  }
  return libs;
}

const typesFile = (pkg: string): string => `types-${pkg.split("/").pop()}.json`;

/** Types of the clients that the text imports, fetched when they are first named. The same list until there are more. */
export function useSdkTypes(text: string): { libs: readonly ExtraLib[]; ready: boolean } {
  const [libs, setLibs] = useState<readonly ExtraLib[]>([]);
  const [loaded, setLoaded] = useState("");
  const wanted = packages.filter((name) => text.includes(name)).join(" ");
  useEffect(() => {
    let current = true;
    const files = [shared, ...wanted.split(" ").filter(Boolean).map(typesFile)];
    Promise.all(files.map(typesIn)).then(
      (all) => {
        if (!current) return;
        setLibs([globals, ...all.flat()]);
        setLoaded(wanted);
      },
      // Without types the program still runs; the next change asks again.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [wanted]);
  return { libs, ready: loaded === wanted && libs.length > 0 };
}
