import { Client } from "@smithy/core/client";
import { shared } from "keyhole:shared";
import { type Send, connect } from "./sdk-handler";

/**
 * What the SDK's clients share, in a file of its own that is loaded where a package names one of them. Signing, protocols, retries
 * and paginators are the SDK's own; only the way to the network is the host's.
 */
/** Settings that a client has if it is made without them: the Region and the credentials of the environment. */
export interface Defaults {
  region(): Promise<string>;
  credentials(): Promise<object>;
}

/** A client that is made without Region or credentials has those of the environment. */
const configured = (client: new (config: object) => object, defaults: Defaults): unknown =>
  new Proxy(client, {
    construct: (target, [config], newTarget) => Reflect.construct(target, [{ ...defaults, ...(config as object) }], newTarget) as object,
  });

const isClient = (value: unknown): value is new (config: object) => object => typeof value === "function" && (value as { prototype?: unknown }).prototype instanceof (Client as unknown as new () => object);

export interface Sdk {
  connect(send: Send): void;
  /** The exports of a client's file. */
  load(factory: (require: (name: string) => unknown, module: { exports: object }, exports: object) => void, defaults: Defaults): object;
}

const sdk: Sdk = {
  connect,
  load(factory, defaults) {
    const module = { exports: {} as Record<string, unknown> };
    factory((name) => shared[name], module, module.exports);
    return Object.fromEntries(Object.entries(module.exports).map(([name, value]) => [name, isClient(value) ? configured(value, defaults) : value]));
  },
};
(globalThis as { keyholeSdk?: (sdk: Sdk) => void }).keyholeSdk?.(sdk);
