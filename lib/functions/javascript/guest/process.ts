import { taskRoot } from "../protocol";
import type { Printer } from "./console";
import type { GuestHost } from "./host";
import type { Loop } from "./loop";
import { EventEmitter } from "./node/events";

/** The versions of Node.js that stand behind the runtimes' names; the last number is one that AWS has had. */
const versions: Record<string, string> = { "nodejs20.x": "20.19.5", "nodejs22.x": "22.21.1", "nodejs24.x": "24.11.1" };

/** An environment: what is put into it becomes a text. */
function environment(values: Record<string, string>): Record<string, string | undefined> {
  return new Proxy({ ...values } as Record<string, string | undefined>, {
    set: (target, name, value: unknown) => Reflect.set(target, name, typeof name === "symbol" ? value : String(value)),
    defineProperty: (target, name, descriptor) => Reflect.defineProperty(target, name, "value" in descriptor && typeof name !== "symbol" ? { ...descriptor, value: String(descriptor.value) } : descriptor),
  });
}

export interface ProcessSettings {
  host: GuestHost;
  loop: Loop;
  printer: Printer;
  runtime: string;
  environment: Record<string, string>;
  exit(code: number): never;
}

/** Node's `process`, of a Linux on x86-64, in `/var/task`. Source: Node.js API, Process. */
export function makeProcess({ host, loop, printer, runtime, environment: values, exit }: ProcessSettings) {
  const began = host.now();
  const node = versions[runtime] ?? versions["nodejs22.x"];
  const elapsed = (): number => host.now() - began;
  const nanoseconds = (): bigint => BigInt(Math.round(elapsed() * 1e6));
  const stream = { write: (text: unknown) => (printer.write(typeof text === "string" ? text : new TextDecoder().decode(text as Uint8Array)), true), isTTY: false, columns: 80, on: () => stream, once: () => stream, emit: () => false, end: () => undefined };
  const hrtime = (before?: [number, number]): [number, number] => {
    const now = nanoseconds() - (before ? BigInt(before[0]) * 1_000_000_000n + BigInt(before[1]) : 0n);
    return [Number(now / 1_000_000_000n), Number(now % 1_000_000_000n)];
  };
  const process = Object.assign(new EventEmitter(), {
    title: "node",
    version: `v${node}`,
    versions: { node },
    arch: "x64",
    platform: "linux",
    release: { name: "node" },
    pid: 8,
    ppid: 1,
    argv: ["/var/lang/bin/node", "/var/runtime/index.mjs"],
    argv0: "/var/lang/bin/node",
    execArgv: [] as string[],
    execPath: "/var/lang/bin/node",
    exitCode: undefined as number | undefined,
    env: environment(values),
    features: {},
    config: {},
    stdout: { ...stream, fd: 1 },
    stderr: { ...stream, fd: 2 },
    cwd: () => taskRoot,
    exit: (code?: unknown): never => exit(Number(code ?? process.exitCode ?? 0) | 0),
    abort: (): never => exit(134),
    nextTick: loop.nextTick,
    uptime: () => elapsed() / 1000,
    hrtime: Object.assign(hrtime, { bigint: nanoseconds }),
    memoryUsage: Object.assign(() => ({ rss: host.memory(), heapTotal: host.memory(), heapUsed: host.memory(), external: 0, arrayBuffers: 0 }), { rss: () => host.memory() }),
    cpuUsage: () => ({ user: Math.round(elapsed() * 1000), system: 0 }),
    emitWarning: (warning: unknown) => printer.write(`(node:8) ${warning instanceof Error ? `${warning.name}: ${warning.message}` : `Warning: ${String(warning)}`}\n`),
    umask: () => 0o022,
    getuid: () => 993,
    getgid: () => 990,
    binding: () => {
      throw new Error("process.binding is not supported");
    },
  });
  Object.defineProperty(process, Symbol.toStringTag, { value: "process" });
  return process;
}
export type Process = ReturnType<typeof makeProcess>;
