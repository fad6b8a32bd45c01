import type { Monaco } from "./load-monaco";
import type { EditorCompletion } from "./types";

type Complete = (text: string, offset: number) => readonly EditorCompletion[];

/** Who completes which text. Monaco asks by language; an editor's own proposals belong to its text alone. */
const completers = new WeakMap<object, () => Complete | undefined>();
const registered = new Set<string>();

/** Proposals for one model, beside those of its language. `complete` is asked for anew each time. */
export function completeModel(monaco: Monaco, model: import("monaco-editor/editor/editor.api").editor.ITextModel, complete: () => Complete | undefined): void {
  completers.set(model, complete);
  const language = model.getLanguageId();
  if (registered.has(language)) return;
  registered.add(language);
  const { CompletionItemKind } = monaco.languages;
  const kinds: Record<NonNullable<EditorCompletion["kind"]>, number> = {
    property: CompletionItemKind.Property,
    value: CompletionItemKind.Value,
    function: CompletionItemKind.Function,
    reference: CompletionItemKind.Reference,
    snippet: CompletionItemKind.Snippet,
  };
  monaco.languages.registerCompletionItemProvider(language, {
    triggerCharacters: ['"', ":", "/", "."],
    provideCompletionItems(of, position) {
      const text = of.getValue();
      const found = completers.get(of)?.()?.(text, of.getOffsetAt(position)) ?? [];
      return {
        suggestions: found.map(({ label, insert = label, caret, offset, length, kind = "value", detail, documentation }, index) => ({
          label,
          insertText: caret === undefined ? insert : `${plain(insert.slice(0, caret))}$0${plain(insert.slice(caret))}`,
          ...(caret !== undefined && { insertTextRules: monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet }),
          // What stands there already begins with a quotation mark where the proposal does: Monaco compares the two.
          filterText: insert.startsWith('"') ? `"${label}` : label,
          // In the order in which they were proposed.
          sortText: String(index).padStart(5, "0"),
          kind: kinds[kind],
          detail,
          documentation,
          range: monaco.Range.fromPositions(of.getPositionAt(offset), of.getPositionAt(offset + length)),
        })),
      };
    },
  });
}

/** Text inside a snippet, where `$`, `}` and the backslash mean something else. */
const plain = (text: string): string => text.replace(/[\\$}]/g, "\\$&");
