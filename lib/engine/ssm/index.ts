import type { Service } from "../types";
import { jobs } from "./clock";
import { deleteParameter, deleteParameters } from "./operations/delete-parameters";
import { describeParameters } from "./operations/describe-parameters";
import { getParameter } from "./operations/get-parameter";
import { getParameterHistory } from "./operations/get-parameter-history";
import { getParameters } from "./operations/get-parameters";
import { getParametersByPath } from "./operations/get-parameters-by-path";
import { labelParameterVersion, unlabelParameterVersion } from "./operations/labels";
import { putParameter } from "./operations/put-parameter";
import { deleteResourcePolicy, getResourcePolicies, putResourcePolicy } from "./operations/resource-policies";
import { getServiceSetting, resetServiceSetting, updateServiceSetting } from "./operations/service-settings";
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from "./operations/tags";

/** Systems Manager, as far as Parameter Store goes. */
export const ssm: Service = {
  name: "ssm",
  deniedCode: "AccessDeniedException",
  operations: [
    addTagsToResource,
    deleteParameter,
    deleteParameters,
    deleteResourcePolicy,
    describeParameters,
    getParameter,
    getParameterHistory,
    getParameters,
    getParametersByPath,
    getResourcePolicies,
    getServiceSetting,
    labelParameterVersion,
    listTagsForResource,
    putParameter,
    putResourcePolicy,
    removeTagsFromResource,
    resetServiceSetting,
    unlabelParameterVersion,
    updateServiceSetting,
  ],
  jobs,
};
