import type { EditorLanguage } from "./types";

export type Monaco = typeof import("monaco-editor/editor/editor.api");

/** What each language brings beside the editor itself: how it is coloured, checked and completed. */
const languages: Record<EditorLanguage, () => Promise<unknown>> = {
  json: async () => (await import("./json")).prepareJson(),
  typescript: async () => (await import("./typescript")).prepareTypeScript(),
  javascript: async () => (await import("./typescript")).prepareTypeScript(),
  python: () => import("./python"),
  yaml: () => import("./yaml"),
  plaintext: async () => undefined,
};

const loading = new Map<EditorLanguage, Promise<Monaco>>();

/** Fetches the editor and what the language needs, once. Rejects when a file could not be fetched; asked again, it tries again. */
export function loadMonaco(language: EditorLanguage): Promise<Monaco> {
  let load = loading.get(language);
  if (!load) {
    load = Promise.all([import("./monaco"), languages[language]()]).then(([{ monaco }]) => monaco);
    loading.set(language, load);
    load.catch(() => loading.delete(language));
  }
  return load;
}
