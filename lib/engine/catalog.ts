import { cloudtrail } from "./cloudtrail";
import { iam } from "./iam";
import { kms } from "./kms";
import type { LeanModel } from "./model";
import { models } from "./models";
import { organizations } from "./organizations";
import { ssm } from "./ssm";
import { sts } from "./sts";
import type { Operation, Service } from "./types";

/** Every service that Keyhole simulates, with its API's shapes. A new service is a line here. */
export interface CatalogEntry {
  service: Service;
  model: LeanModel;
  operations: Map<string, Operation>;
}

const entry = (service: Service): [string, CatalogEntry] => [
  service.name,
  { service, model: models[service.name], operations: new Map(service.operations.map((operation) => [operation.name, operation])) },
];

export const catalog: ReadonlyMap<string, CatalogEntry> = new Map([kms, ssm, iam, sts, organizations, cloudtrail].map(entry));
