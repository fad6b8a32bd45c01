import type { ServiceModel } from "./model";
import cloudtrail from "./models/cloudtrail.json";
import iam from "./models/iam.json";
import kms from "./models/kms.json";
import organizations from "./models/organizations.json";
import ssm from "./models/ssm.json";
import sts from "./models/sts.json";

/** Whole models, with answers and errors: for the wire and for tests. The engine itself does without (see `models.ts`). */
export const wholeModels = { cloudtrail, iam, kms, organizations, ssm, sts } as unknown as Readonly<Record<string, ServiceModel>>;
