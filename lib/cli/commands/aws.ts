import { type Command, type ResolvedCommandContext, defineCommand } from "just-bash/browser";
import type { AwsEnv } from "../aws/env";
import { runAws } from "../aws/run";
import { stdinOf, textResult, writeBytes } from "./bytes";

/** What the shell gives the `aws` command besides files and variables. */
export interface AwsWorld {
  call: AwsEnv["call"];
  identity(): { region: string; accessKeyId?: string };
  now(): number;
  columns?(): number;
  isKey?(accessKeyId: string): boolean;
  /** Told of output that is a manual page. */
  page?(text: string): void;
  /** Lets the page have its turn. */
  breathe(): Promise<void>;
  /** Lets real time pass; true when the learner broke off. */
  sleep: AwsEnv["sleep"];
  /** Who answers questions: what came through the pipe, or whoever sits there. */
  asker(piped: Uint8Array): AwsEnv["ask"];
}

async function open(ctx: ResolvedCommandContext, path: string): Promise<Uint8Array> {
  if (path === "/dev/stdin" || path === "-") return stdinOf(ctx);
  const full = ctx.fs.resolvePath(ctx.cwd, path);
  if ((await ctx.fs.stat(full)).isDirectory) throw Object.assign(new Error("EISDIR"), { code: "EISDIR" });
  return ctx.fs.readFileBuffer(full);
}

/** `aws` as a command of the shell. */
export const awsCommand = (world: AwsWorld): Command =>
  defineCommand("aws", async (args, ctx) => {
    await world.breathe();
    const { region, accessKeyId = "ASIAKEYHOLECONSOLE00" } = world.identity();
    const { stdout, stderr, exitCode, page } = await runAws(args, {
      call: world.call,
      readFile: (path) => open(ctx, path),
      writeFile: (path, bytes) => writeBytes(ctx, path, bytes),
      variables: { ...ctx.exportedEnv },
      ambient: { accessKeyId, type: "console", region },
      ask: world.asker(stdinOf(ctx)),
      sleep: world.sleep,
      columns: world.columns?.(),
      now: world.now,
      isKey: world.isKey,
    });
    const text = new TextDecoder().decode(stdout);
    if (page) world.page?.(text);
    return textResult(text, stderr, exitCode);
  });
