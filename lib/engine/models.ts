import type { LeanModel } from "./model";
import cloudtrail from "./models/lean/cloudtrail.json";
import iam from "./models/lean/iam.json";
import kms from "./models/lean/kms.json";
import organizations from "./models/lean/organizations.json";
import ssm from "./models/lean/ssm.json";
import sts from "./models/lean/sts.json";

const known = { cloudtrail, iam, kms, organizations, ssm, sts } as unknown as Record<string, LeanModel>;

/** What the engine reads of every service that is loaded, by the service's name. Services that load when first asked for (`seldom.ts`) join then. */
export const models: Readonly<Record<string, LeanModel>> = known;

export const addModel = (service: string, model: LeanModel): void => void (known[service] = model);
