import type { ServiceModel } from "./model";
import cloudtrail from "./models/cloudtrail.json";
import iam from "./models/iam.json";
import kms from "./models/kms.json";
import organizations from "./models/organizations.json";
import ssm from "./models/ssm.json";
import sts from "./models/sts.json";

/** The API's shapes of every service that Keyhole simulates, by the service's name. A new service is a line here. */
export const models = { cloudtrail, iam, kms, organizations, ssm, sts } as unknown as Readonly<Record<string, ServiceModel>>;
