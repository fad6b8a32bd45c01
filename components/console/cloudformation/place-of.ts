import { isConsoleName } from "@/lib/store/pane";
import { pathTo } from "../frame/place";

/** A stack's page, by its name or id, and what is under it. */
export const stackPath = (nameOrId: string, ...rest: string[]): string => pathTo("stacks", nameOrId, ...rest);

type Place = (id: string) => string;
const role = (name: string): string => `/console/iam/${pathTo("roles", "details", name)}`;

/** Where each type of resource is shown, by its physical id. */
const PLACES: Record<string, Place> = {
  "AWS::SSM::Parameter": (id) => `/console/systems-manager/${pathTo("parameters", id)}`,
  "AWS::KMS::Key": (id) => `/console/kms/${pathTo("keys", id)}`,
  "AWS::KMS::ReplicaKey": (id) => `/console/kms/${pathTo("keys", id)}`,
  "AWS::Lambda::Function": (id) => `/console/lambda/${pathTo("functions", id)}`,
  "AWS::Logs::LogGroup": (id) => `/console/cloudwatch/${pathTo("log-groups", id)}`,
  "AWS::IAM::Role": role,
  "AWS::IAM::User": (id) => `/console/iam/${pathTo("users", "details", id)}`,
  "AWS::IAM::Group": (id) => `/console/iam/${pathTo("groups", "details", id)}`,
  "AWS::IAM::ManagedPolicy": (id) => `/console/iam/${pathTo("policies", "details", id)}`,
  "AWS::SecretsManager::Secret": (id) => `/console/secretsmanager/${pathTo("secrets", /:secret:(.+)-\w{6}$/.exec(id)?.[1] ?? id)}`,
};

/** The address of a resource's page in its own console; undefined where there is none. */
export function resourceAddress(type: string, physicalId: string | undefined): string | undefined {
  const address = physicalId === undefined ? undefined : PLACES[type]?.(physicalId);
  return address !== undefined && isConsoleName(address.split("/")[2]) ? address : undefined;
}
