import { concat, toBase64 } from "./crypto/bytes";
import type { Json, Ports } from "./types";

/** What a call or a job reads from outside, written down: so a second run reads the same, and so does a replay. */
export class Tape {
  /** How many answers of outside work have been read. */
  asked = 0;
  /** Whether somebody asked how far the clock is on its way. */
  untilAsked = false;
  private entropy: Uint8Array[] = [];
  private at = 0;

  /**
   * `recorded`: bytes to be handed out before new ones are asked for. `outside`: answers that are there already.
   * `until`: how far the clock is on its way, lab time in ms.
   */
  constructor(
    private readonly ports: Pick<Ports, "random">,
    private recorded: Uint8Array = nothing,
    readonly outside: Json[] = [],
    readonly until?: number,
  ) {}

  random(bytes: number): Uint8Array {
    let out: Uint8Array;
    if (this.at + bytes <= this.recorded.length) {
      out = this.recorded.slice(this.at, this.at + bytes);
      this.at += bytes;
    } else out = this.ports.random(bytes);
    this.entropy.push(out);
    return out;
  }

  /** A UUID of version 4, variant 1 (RFC 9562), of 16 random bytes. */
  newId(): string {
    const b = this.random(16);
    const h = hex;
    return `${h[b[0]]}${h[b[1]]}${h[b[2]]}${h[b[3]]}-${h[b[4]]}${h[b[5]]}-${h[(b[6] & 15) | 64]}${h[b[7]]}-${h[(b[8] & 63) | 128]}${h[b[9]]}-${h[b[10]]}${h[b[11]]}${h[b[12]]}${h[b[13]]}${h[b[14]]}${h[b[15]]}`;
  }

  /** To the beginning: the same bytes and answers again, for the second run of a handler that waited for outside work. */
  rewind(): void {
    this.recorded = concat(...this.entropy);
    this.entropy = [];
    this.at = 0;
    this.asked = 0;
  }

  /** All bytes that were read, base64: what a journal entry keeps. */
  text(): string {
    return toBase64(this.entropy.length === 1 ? this.entropy[0] : concat(...this.entropy));
  }
}

const nothing = new Uint8Array(0);
const hex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
