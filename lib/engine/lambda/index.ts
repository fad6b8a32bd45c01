import type { Service } from "../types";
import { jobs } from "./jobs";
import { CreateFunction } from "./operations/create-function";
import { GetFunction, GetFunctionConfiguration } from "./operations/get-function";
import { Invoke } from "./operations/invoke";

/**
 * Lambda. Layers, VPCs, container images, event source mappings, function URLs, code signing, SnapStart and destinations are not
 * simulated and say so by name.
 */
export const lambda: Service = {
  name: "lambda",
  deniedCode: "AccessDeniedException",
  operations: [CreateFunction, GetFunction, GetFunctionConfiguration, Invoke],
  jobs,
};
