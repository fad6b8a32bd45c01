import { reader, type Reader, type Reading } from "./fields";
import type { Seen } from "./seen";
import { inOrder, transform } from "./transform/index";
import type { FieldName, FieldToMatch, TextTransformation, TransformationType } from "./types";

/** A component with its transformations. What several statements look at, as far as their first transformations are the same, is turned once for a request. */
export interface Source {
  field: FieldName;
  /** The header's or argument's name, where the field has one. */
  name?: string;
  /** In the order in which they run, without NONE. */
  types: readonly TransformationType[];
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
    return this.#of(field, JSON.stringify(field), inOrder(transformations));
  }

  #of(field: FieldToMatch, key: string, types: readonly TransformationType[]): Source {
    const whole = `${key} ${types.join()}`;
    const made = this.#turned.get(whole);
    if (made) return made;
    let raw = this.#raw.get(key);
    if (!raw) this.#raw.set(key, (raw = { slot: this.#raw.size, read: reader(field) }));
    const before = types.length ? this.#of(field, key, types.slice(0, -1)) : undefined;
    const source = make(field, types, raw, before, this.#turned.size);
    this.#turned.set(whole, source);
    return source;
  }
}

function make(field: FieldToMatch, types: readonly TransformationType[], { slot, read }: { slot: number; read: Reader }, before: Source | undefined, turnedSlot: number): Source {
  const raw = (seen: Seen): Reading => (seen.raw[slot] ??= read(seen.parts));
  const source = { field: Object.keys(field)[0] as FieldName, name: field.SingleHeader?.Name ?? field.SingleQueryArgument?.Name, types, raw, read: raw };
  if (!before) return source;
  const last = transform[types[types.length - 1]];
  source.read = (seen) => {
    const done = seen.turned[turnedSlot];
    if (done) return done;
    const reading = before.read(seen);
    const { texts } = reading;
    let turned: string[] | undefined;
    for (let at = 0; at < texts.length; at++) {
      const text = last(texts[at]);
      if (turned) turned.push(text);
      else if (text !== texts[at]) (turned = texts.slice(0, at)).push(text);
    }
    return (seen.turned[turnedSlot] = turned ? { texts: turned, names: reading.names, forced: reading.forced, note: reading.note } : reading);
  };
  return source;
}
