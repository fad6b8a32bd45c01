import { model } from "./model";

/**
 * CloudFront's cache, as one. An answer is kept by its whole URI. One request in `weight` is simulated, so an answer stays so many times as
 * long: the share of hits is then what all requests together would have.
 */
export class EdgeCache {
  readonly #until = new Map<string, number>();

  /** Whether the answer is there; if not, it is fetched and will be. */
  hit(uri: string, sec: number, weight: number): boolean {
    if ((this.#until.get(uri) ?? -1) > sec) return true;
    if (this.#until.size >= 50_000) this.#until.clear();
    this.#until.set(uri, sec + model.cacheTtl.value * weight);
    return false;
  }
}
