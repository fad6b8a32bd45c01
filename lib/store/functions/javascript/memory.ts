/**
 * A browser gives a worker as much memory as there is. What can be counted is: buffers of a megabyte and more. Beyond what
 * the function has, `over` is told once, and nothing goes on. What small things take is not seen; the timeout ends them.
 */
export interface Memory {
  /** Bytes of what is counted. */
  held(): number;
}

const large = 1024 * 1024;
const kinds = ["ArrayBuffer", "SharedArrayBuffer", "Uint8Array", "Int8Array", "Uint8ClampedArray", "Uint16Array", "Int16Array", "Uint32Array", "Int32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "Array"] as const;

export function watchMemory(scope: Record<string, unknown>, most: number, over: () => void): Memory {
  let held = 0;
  const gone = new FinalizationRegistry<number>((size) => void (held -= size));
  for (const kind of kinds) {
    const real = scope[kind] as (new (...args: unknown[]) => object) & { BYTES_PER_ELEMENT?: number; prototype: object };
    if (typeof real !== "function") continue;
    const each = kind === "Array" ? 8 : (real.BYTES_PER_ELEMENT ?? 1);
    const counted = new Proxy(real, {
      construct(target, args: unknown[], newTarget) {
        const size = typeof args[0] === "number" && args.length === 1 ? args[0] * each : 0;
        if (!(size >= large)) return Reflect.construct(target, args, newTarget) as object;
        held += size;
        if (held > most) {
          over();
          // The page ends this worker; until then nothing may go on.
          for (;;);
        }
        const made = Reflect.construct(target, args, newTarget) as object;
        gone.register(made, size);
        return made;
      },
    });
    Object.defineProperty(scope, kind, { value: counted, writable: true, configurable: true });
    Object.defineProperty(real.prototype, "constructor", { value: counted, writable: true, configurable: true });
  }
  return { held: () => held };
}
