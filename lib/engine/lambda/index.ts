import type { Operation, Service } from "../types";
import { jobs } from "./jobs";
import { CreateAlias, DeleteAlias, GetAlias, ListAliases, UpdateAlias } from "./operations/aliases";
import { CreateFunction } from "./operations/create-function";
import { DeleteFunction } from "./operations/delete-function";
import { GetFunction, GetFunctionConfiguration } from "./operations/get-function";
import { Invoke } from "./operations/invoke";
import { ListFunctions, ListVersionsByFunction, PublishVersion } from "./operations/lists";
import { AddPermission, GetPolicy, RemovePermission } from "./operations/permissions";
import { settings } from "./operations/settings";
import { ListTags, TagResource, UntagResource } from "./operations/tags";
import { UpdateFunctionCode, UpdateFunctionConfiguration } from "./operations/update-function";

const operations: Operation[] = [
  AddPermission,
  CreateAlias,
  CreateFunction,
  DeleteAlias,
  DeleteFunction,
  GetAlias,
  GetFunction,
  GetFunctionConfiguration,
  GetPolicy,
  Invoke,
  ListAliases,
  ListFunctions,
  ListTags,
  ListVersionsByFunction,
  PublishVersion,
  RemovePermission,
  TagResource,
  UntagResource,
  UpdateAlias,
  UpdateFunctionCode,
  UpdateFunctionConfiguration,
  ...settings,
];

/**
 * Lambda. Layers, VPCs, container images, event source mappings, function URLs, code signing, SnapStart and destinations are not
 * simulated and say so by name. Only invocations cost. Source: aws.amazon.com/lambda/pricing.
 */
export const lambda: Service = {
  name: "lambda",
  deniedCode: "AccessDeniedException",
  operations: operations.map((operation) => ({ cost: () => [], ...operation })),
  jobs,
};
