import "monaco-editor/languages/definitions/javascript/register";
import "monaco-editor/languages/definitions/typescript/register";
import {
  ModuleKind,
  ModuleResolutionKind,
  ScriptTarget,
  getTypeScriptWorker,
  javascriptDefaults,
  typescriptDefaults,
} from "monaco-editor/languages/features/typescript/register";
import type { ExtraLib } from "./types";

export { getTypeScriptWorker, javascriptDefaults, typescriptDefaults };

/** Modern modules with `await` at the top, checked strictly. Whoever needs other options sets them on the defaults exported here. */
export function prepareTypeScript(): void {
  for (const defaults of [typescriptDefaults, javascriptDefaults]) {
    defaults.setEagerModelSync(true);
    defaults.setCompilerOptions({
      target: ScriptTarget.ESNext,
      module: ModuleKind.ESNext,
      moduleResolution: ModuleResolutionKind.NodeJs,
      lib: ["esnext"],
      moduleDetection: 3, // Force: a text without imports is a module too
      strict: true,
      allowNonTsExtensions: true,
      allowJs: true,
      skipLibCheck: true,
    });
  }
}

/** Declarations that the language service reads; the same path again replaces. Returns the way to take them out. */
export function addExtraLibs(libs: readonly ExtraLib[]): () => void {
  const added = libs.flatMap(({ path, content }) => [
    typescriptDefaults.addExtraLib(content, path),
    javascriptDefaults.addExtraLib(content, path),
  ]);
  return () => added.forEach((lib) => lib.dispose());
}
