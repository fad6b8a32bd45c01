import type { LeanModel } from "./model";
import cloudtrail from "./models/lean/cloudtrail.json";
import iam from "./models/lean/iam.json";
import kms from "./models/lean/kms.json";
import organizations from "./models/lean/organizations.json";
import ssm from "./models/lean/ssm.json";
import sts from "./models/lean/sts.json";

/** What the engine reads of every service that Keyhole simulates, by the service's name. A new service is a line here and in `whole-models.ts`. */
export const models = { cloudtrail, iam, kms, organizations, ssm, sts } as unknown as Readonly<Record<string, LeanModel>>;
