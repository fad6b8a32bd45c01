/**
 * Monaco from our own files, nothing from elsewhere. This module is fetched by `load-monaco` alone, when an editor is
 * opened; no page may import it otherwise. Source of the paths: monaco-editor 0.57, package.json, exports.
 */
import * as monaco from "monaco-editor/editor/editor.api";
import "monaco-editor/features/register.all";
import { followTheme } from "./theme";

export { monaco };

const workers: Record<string, () => Worker> = {
  json: () => new Worker(new URL("./workers/json.worker.ts", import.meta.url), { type: "module", name: "json" }),
  typescript: () => new Worker(new URL("./workers/typescript.worker.ts", import.meta.url), { type: "module", name: "typescript" }),
  editor: () => new Worker(new URL("./workers/editor.worker.ts", import.meta.url), { type: "module", name: "editor" }),
};

(self as { MonacoEnvironment?: object }).MonacoEnvironment = {
  getWorker: (_: string, label: string) => (workers[label === "javascript" ? "typescript" : label] ?? workers.editor)(),
};

followTheme(monaco);
