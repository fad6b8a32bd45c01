import type { ServiceModel } from "./model";
import application from "./models/application.json";
import architecture from "./models/architecture.json";
import cloudformation from "./models/cloudformation.json";
import cloudtrail from "./models/cloudtrail.json";
import database from "./models/database.json";
import estate from "./models/estate.json";
import events from "./models/events.json";
import fms from "./models/fms.json";
import iam from "./models/iam.json";
import kms from "./models/kms.json";
import lambda from "./models/lambda.json";
import logs from "./models/logs.json";
import organizations from "./models/organizations.json";
import rds from "./models/rds.json";
import redshift from "./models/redshift.json";
import secretsmanager from "./models/secretsmanager.json";
import shield from "./models/shield.json";
import sqs from "./models/sqs.json";
import ssm from "./models/ssm.json";
import sts from "./models/sts.json";
import traffic from "./models/traffic.json";
import wafv2 from "./models/wafv2.json";

/** Whole models, with answers and errors: for the wire and for tests. The engine itself does without (see `models.ts`). */
export const wholeModels = { application, architecture, cloudformation, cloudtrail, database, estate, events, fms, iam, kms, lambda, logs, organizations, rds, redshift, secretsmanager, shield, sqs, ssm, sts, traffic, wafv2 } as unknown as Readonly<Record<string, ServiceModel>>;
