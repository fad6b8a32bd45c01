import type { InterpreterFiles } from "../../functions/python/protocol";
import { interpreters } from "./progress";

/** What an interpreter is made of, as `.ci/python.mjs` laid it beside the page. */
export interface PythonFiles extends Required<Omit<InterpreterFiles, "wasm">> {
  wasm: ArrayBuffer;
  /** The worker's script. */
  worker: string;
}

const names = ["worker.js.gz", "wasm.gz", "library.gz", "snapshot.gz", "stdlib.zip"] as const;

let loading: Promise<PythonFiles> | undefined;

/** Fetches all of it, once; says how far it is. Errors: what could not be fetched. */
export function pythonFiles(): Promise<PythonFiles> {
  loading ??= load();
  loading.catch((problem: unknown) => {
    loading = undefined;
    interpreters.setState({ python: { state: "failed", loaded: 0, total: 0, why: problem instanceof Error ? problem.message : String(problem) } });
  });
  return loading;
}

async function load(): Promise<PythonFiles> {
  const sizes = (await (await get("sizes.json")).json()) as Record<string, number>;
  const total = names.reduce((sum, name) => sum + sizes[name], 0);
  let loaded = 0;
  const tell = (): void => interpreters.setState({ python: { state: "loading", loaded, total } });
  tell();
  const [worker, wasm, library, snapshot, stdlib] = await Promise.all(
    names.map(async (name) => {
      const content = await readAll(await get(name), (count) => {
        loaded += count;
        tell();
      });
      return isPacked(content) ? unpack(content) : content;
    }),
  );
  const text = (bytes: ArrayBuffer): string => new TextDecoder().decode(bytes);
  return { worker: text(worker), wasm, library: text(library), snapshot, stdlib };
}

async function get(name: string): Promise<Response> {
  const response = await fetch(`/pyodide/${name}`).catch(() => undefined);
  if (!response?.ok) throw new Error(`The page could not fetch /pyodide/${name}${response ? ` (${response.status})` : ""}.`);
  return response;
}

async function readAll(response: Response, heard: (count: number) => void): Promise<ArrayBuffer> {
  const reader = response.body?.getReader();
  if (!reader) return response.arrayBuffer();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    parts.push(value);
    heard(value.length);
  }
}

/** Servers that unpack what ends in `.gz` by themselves leave nothing to do here. */
function isPacked(content: ArrayBuffer): boolean {
  const [first, second] = new Uint8Array(content, 0, 2);
  return first === 0x1f && second === 0x8b;
}

async function unpack(content: ArrayBuffer): Promise<ArrayBuffer> {
  if (typeof DecompressionStream === "undefined") {
    const { gunzipSync } = await import("fflate/browser");
    return gunzipSync(new Uint8Array(content)).buffer as ArrayBuffer;
  }
  return new Response(new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
