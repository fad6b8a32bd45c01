/** What a realm gets from its host; everything else that a function sees is made in the realm. */
export interface GuestHost {
  /** A message, as JSON text. */
  send(text: string): void;
  /** A file or, with `/` at its end, a folder of the package. */
  has(path: string): boolean;
  /** What stands in a folder. */
  list(folder: string): string[];
  text(path: string): string | undefined;
  /** base64 */
  bytes(path: string): string | undefined;
  /** A text of a module, made ready for `evaluate`: JSON of what `transform.ts` answers. */
  transform(source: string, kind: "module" | "commonjs", runtime: string): string;
  /** The function that a text is; `file` is its name in stack traces. Throws SyntaxError. */
  evaluate(text: string, file: string): (...args: unknown[]) => unknown;
  /** Lab time, ms, with fractions. */
  now(): number;
  /** base64 */
  random(bytes: number): string;
  /** Calls `turn` of the realm once more, when this turn and all that it left to do at once is over. */
  again(): void;
  /** Real time for what an engine does beside the loop (a digest, a stream); absent where it does nothing so. */
  pause?(then: () => void): void;
  /** Bytes that the realm holds, where the host can say. */
  memory(): number;
  /** Positions in stack traces are this interpreter's, and its messages are not V8's. */
  quick: boolean;
}
