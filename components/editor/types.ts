/** Words that the editor shares with those who use it. All positions are offsets in the text, in UTF-16 units, as JavaScript counts. */

export type EditorLanguage = "json" | "typescript" | "javascript" | "python" | "yaml" | "plaintext";

/** A place in the text with something to say about it: underlined in the text and told by the editor's own problem commands. */
export interface EditorMarker {
  offset: number;
  length: number;
  severity: "error" | "warning" | "info";
  message: string;
  /** A short name of the rule, shown behind the message. */
  code?: string;
}

/** One proposal. It replaces `length` characters from `offset` on. */
export interface EditorCompletion {
  label: string;
  /** What is written; `label` unless given. */
  insert?: string;
  /** Where the cursor goes, counted from the start of what is written; behind it unless given. */
  caret?: number;
  offset: number;
  length: number;
  kind?: "property" | "value" | "function" | "reference" | "snippet";
  /** A few words beside the label. */
  detail?: string;
  /** A sentence or two, shown on demand. */
  documentation?: string;
}

/** A declaration file that the TypeScript service reads, under the address by which it is imported. */
export interface ExtraLib {
  path: string;
  content: string;
}

/** What a page may ask of an editor, be it Monaco or the plain text field that stands in for it. */
export interface EditorHandle {
  focus(): void;
  /** Puts the cursor there, selects `length` characters, and brings them into view. */
  select(offset: number, length?: number): void;
}
