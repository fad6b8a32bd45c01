import { Bash, type Command, defineCommand } from "just-bash/browser";

type Plugin = Parameters<Bash["registerTransformPlugin"]>[0];
export type Script = ReturnType<Bash["transform"]>["ast"];
export type Statement = Script["statements"][number];

const pauseName = "__keyhole_pause";
/** The page gets its turn about this often while a loop runs, ms. */
const slice = 40;
/** A command that holds the page longer than this is ended, ms. */
const patience = 2_000;

/**
 * Lets the page breathe while a script runs. The shell awaits, but never gives way to the page's events, so that a loop
 * would freeze it and Ctrl-C would never arrive: a small pause is put at the beginning of every loop's body, and what still
 * holds the page for two seconds is ended.
 */
export class Pauses {
  private last = 0;

  readonly command: Command = defineCommand(pauseName, async (_args, ctx) => {
    await this.breathe();
    // The body must find the $? that was there before.
    return { stdout: "", stderr: "", exitCode: Number(ctx.env.get("?") ?? 0) };
  });

  async breathe(): Promise<void> {
    if (Date.now() - this.last < slice) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.last = Date.now();
  }

  /** Wraps a signal: it is also aborted when the page was held too long. `release` ends the watch. */
  watch(outer?: AbortSignal): { signal: AbortSignal; stuck(): boolean; release(): void } {
    const controller = new AbortController();
    let stuck = false;
    this.last = Date.now();
    const forward = (): void => controller.abort();
    if (outer?.aborted) controller.abort();
    outer?.addEventListener("abort", forward);
    const beat = setInterval(() => (this.last = Date.now()), slice);
    const { signal } = controller;
    const native = Object.getOwnPropertyDescriptor(AbortSignal.prototype, "aborted")!.get!;
    // The shell asks the signal at every statement; no timer could fire in between.
    Object.defineProperty(signal, "aborted", {
      get: () => {
        if (native.call(signal)) return true;
        if (Date.now() - this.last <= patience) return false;
        stuck = true;
        controller.abort();
        return true;
      },
    });
    return {
      signal,
      stuck: () => stuck,
      release() {
        clearInterval(beat);
        outer?.removeEventListener("abort", forward);
      },
    };
  }
}

const word = (text: string) => ({ type: "Word", parts: [{ type: "Literal", value: text }] });
const pause = (): Statement =>
  ({
    type: "Statement",
    pipelines: [
      {
        type: "Pipeline",
        commands: [{ type: "SimpleCommand", assignments: [], name: word(pauseName), args: [], redirections: [] }],
        negated: false,
      },
    ],
    operators: [],
    background: false,
  }) as unknown as Statement;

const loops = new Set(["For", "While", "Until", "CStyleFor"]);

function addPauses(node: unknown): void {
  if (Array.isArray(node)) {
    node.forEach(addPauses);
    return;
  }
  if (typeof node !== "object" || node === null) return;
  const { type, body } = node as { type?: string; body?: unknown };
  for (const value of Object.values(node)) addPauses(value);
  if (type && loops.has(type) && Array.isArray(body)) (node as { body: unknown[] }).body = [pause(), ...body];
}

/** A plugin that puts the pauses in, and statements of ours before and after the learner's. */
export const scriptPlugin = (around: () => { before: Statement[]; after: Statement[] }, seen: (own: Statement[]) => void): Plugin => ({
  name: "keyhole",
  transform({ ast }) {
    const { before, after } = around();
    seen(ast.statements);
    const own = structuredClone(ast.statements);
    addPauses(own);
    return { ast: { ...ast, statements: [...structuredClone(before), ...own, ...structuredClone(after)] } };
  },
});
