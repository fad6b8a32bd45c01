import { reader, type Reader, type Reading } from "./fields";
import type { Seen } from "./seen";
import { type Chain, chain } from "./transform/index";
import type { FieldName, FieldToMatch, TextTransformation } from "./types";

/** A component with its transformations. Statements that look at the same share one, so that a request's text is turned once. */
export interface Source {
  field: FieldName;
  /** The header's or argument's name, where the field has one. */
  name?: string;
  chain: Chain;
  raw(seen: Seen): Reading;
  /** After the transformations. */
  read(seen: Seen): Reading;
}

export class Sources {
  readonly #raw = new Map<string, { slot: number; read: Reader }>();
  readonly #turned = new Map<string, Source>();

  get slots(): number {
    return Math.max(this.#raw.size, this.#turned.size);
  }

  of(field: FieldToMatch, transformations: readonly TextTransformation[]): Source {
    const key = JSON.stringify(field);
    let raw = this.#raw.get(key);
    if (!raw) this.#raw.set(key, (raw = { slot: this.#raw.size, read: reader(field) }));
    const steps = chain(transformations);
    const whole = `${key} ${steps.types.join()}`;
    let source = this.#turned.get(whole);
    if (!source) this.#turned.set(whole, (source = make(field, steps, raw.slot, raw.read, this.#turned.size)));
    return source;
  }
}

function make(field: FieldToMatch, steps: Chain, slot: number, read: Reader, turnedSlot: number): Source {
  const raw = (seen: Seen): Reading => (seen.raw[slot] ??= read(seen.parts));
  const turned = (seen: Seen): Reading => {
    const done = seen.turned[turnedSlot];
    if (done) return done;
    const before = raw(seen);
    return (seen.turned[turnedSlot] = before.texts.length ? { ...before, texts: before.texts.map(steps.run) } : before);
  };
  return {
    field: Object.keys(field)[0] as FieldName,
    name: field.SingleHeader?.Name ?? field.SingleQueryArgument?.Name,
    chain: steps,
    raw,
    read: steps.types.length ? turned : raw,
  };
}
