import { cloudtrail } from "./cloudtrail";
import { iam } from "./iam";
import { kms } from "./kms";
import type { LeanModel } from "./model";
import { addModel, models } from "./models";
import { organizations } from "./organizations";
import { seldom } from "./seldom";
import { ssm } from "./ssm";
import { sts } from "./sts";
import type { Operation, Service } from "./types";

/** A service that Keyhole simulates, with its API's shapes. */
export interface CatalogEntry {
  service: Service;
  model: LeanModel;
  operations: Map<string, Operation>;
}

const entry = (service: Service, model: LeanModel): [string, CatalogEntry] => [
  service.name,
  { service, model, operations: new Map(service.operations.map((operation) => [operation.name, operation])) },
];

/** The first lesson's services. A new service is a line in `seldom.ts`, unless every page wants it. */
const loaded = new Map([kms, ssm, iam, sts, organizations, cloudtrail].map((service) => entry(service, models[service.name])));

/** Every service that is loaded. */
export const catalog: ReadonlyMap<string, CatalogEntry> = loaded;

/** Whether the service is simulated, and its code and shapes are not here yet. */
export const isToLoad = (service: string): boolean => !loaded.has(service) && Object.hasOwn(seldom, service);

/** All services that Keyhole simulates, loaded or not. */
export const serviceNames: readonly string[] = [...loaded.keys(), ...Object.keys(seldom)];

/** Fetches the code and shapes of services that are not here yet; others are nothing to it. */
export async function loadServices(names: Iterable<string> = serviceNames): Promise<void> {
  await Promise.all(
    [...names].filter(isToLoad).map(async (name) => {
      const [service, model] = await seldom[name]();
      if (loaded.has(name)) return;
      addModel(name, model);
      loaded.set(...entry(service, model));
    }),
  );
}
