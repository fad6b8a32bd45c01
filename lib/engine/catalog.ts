import { iam } from "./iam";
import { kms } from "./kms";
import type { ServiceModel } from "./model";
import iamModel from "./models/iam.json";
import kmsModel from "./models/kms.json";
import organizationsModel from "./models/organizations.json";
import ssmModel from "./models/ssm.json";
import stsModel from "./models/sts.json";
import { organizations } from "./organizations";
import { ssm } from "./ssm";
import { sts } from "./sts";
import type { Operation, Service } from "./types";

/** Every service that Keyhole simulates, with its API's shapes. A new service is a line here. */
export interface CatalogEntry {
  service: Service;
  model: ServiceModel;
  operations: Map<string, Operation>;
}

const entry = (service: Service, model: unknown): [string, CatalogEntry] => [
  service.name,
  { service, model: model as ServiceModel, operations: new Map(service.operations.map((operation) => [operation.name, operation])) },
];

export const catalog: ReadonlyMap<string, CatalogEntry> = new Map([
  entry(kms, kmsModel),
  entry(ssm, ssmModel),
  entry(iam, iamModel),
  entry(sts, stsModel),
  entry(organizations, organizationsModel),
]);
