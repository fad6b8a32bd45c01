import type { JsonObject } from "@/lib/engine/types";

/**
 * What the lab's services tell EventBridge, for choosing from: by service and kind of event, with the fields that one asks for
 * most and a sample. Samples as in each service's documentation.
 */
export interface PickField {
  /** Below the event: `detail.name`. */
  path: string;
  label: string;
  /** Where there are but these. */
  values?: readonly string[];
}

export interface PickType {
  name: string;
  fields: readonly PickField[];
  resources: readonly string[];
  detail: JsonObject;
}

export interface PickService {
  /** As in `aws.ssm` and `ssm.amazonaws.com`. */
  id: string;
  label: string;
  types: readonly PickType[];
}

export const CALL = "AWS API Call via CloudTrail";
export const SERVICE_EVENT = "AWS Service Event via CloudTrail";

const account = "111122223333";
const key = `arn:aws:kms:us-east-1:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const secret = `arn:aws:secretsmanager:us-east-1:${account}:secret:prod/db-a1B2c3`;
const stack = `arn:aws:cloudformation:us-east-1:${account}:stack/payroll/5f0c0f10-0000-11f0-8000-0a1b2c3d4e5f`;
const material = "123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0";

const call = (service: string, eventName: string, requestParameters: JsonObject): PickType => ({
  name: CALL,
  fields: [
    { path: "detail.eventName", label: "Operations" },
    { path: "detail.errorCode", label: "Error codes" },
    { path: "detail.userIdentity.arn", label: "Callers" },
  ],
  resources: [],
  detail: {
    eventVersion: "1.11", userIdentity: { type: "IAMUser", principalId: "AIDAEXAMPLE", arn: `arn:aws:iam::${account}:user/admin`, accountId: account, userName: "admin" }, eventTime: "2026-11-25T09:30:00Z",
    eventSource: `${service}.amazonaws.com`, eventName, awsRegion: "us-east-1", sourceIPAddress: "127.0.0.1", userAgent: "aws-cli", requestParameters, responseElements: null, readOnly: false, eventType: "AwsApiCall", managementEvent: true, recipientAccountId: account, eventCategory: "Management",
  },
});

const byItself = (service: string, eventName: string, values: readonly string[], additionalEventData: JsonObject): PickType => ({
  name: SERVICE_EVENT,
  fields: [{ path: "detail.eventName", label: "What happened", values }],
  resources: [],
  detail: { eventVersion: "1.11", userIdentity: { accountId: account, invokedBy: `${service}.amazonaws.com` }, eventTime: "2026-11-25T09:30:00Z", eventSource: `${service}.amazonaws.com`, eventName, awsRegion: "us-east-1", additionalEventData, readOnly: false, eventType: "AwsServiceEvent", managementEvent: true, recipientAccountId: account, eventCategory: "Management" },
});

const rds = (name: string, SourceType: string, values: readonly string[]): PickType => {
  const SourceArn = `arn:aws:rds:us-east-1:${account}:${SourceType === "CLUSTER" ? "cluster" : "db"}:payroll`;
  return { name, fields: [{ path: "detail.SourceIdentifier", label: "Identifiers" }, { path: "detail.EventCategories", label: "Categories", values }], resources: [SourceArn], detail: { EventCategories: [values[0]], SourceType, SourceArn, Date: "2026-11-25T09:30:00.000Z", Message: "DB instance created", SourceIdentifier: "payroll", EventID: "RDS-EVENT-0005" } };
};

const statuses = ["CREATE_IN_PROGRESS", "CREATE_COMPLETE", "CREATE_FAILED", "UPDATE_IN_PROGRESS", "UPDATE_COMPLETE", "UPDATE_FAILED", "ROLLBACK_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "DELETE_IN_PROGRESS", "DELETE_COMPLETE", "DELETE_FAILED"];

export const services: readonly PickService[] = [
  {
    id: "ssm",
    label: "Systems Manager",
    types: [
      {
        name: "Parameter Store Change",
        fields: [{ path: "detail.name", label: "Parameter names" }, { path: "detail.operation", label: "Operations", values: ["Create", "Update", "Delete", "LabelParameterVersion"] }],
        resources: [`arn:aws:ssm:us-east-1:${account}:parameter/my-app/dev/db-url`],
        detail: { operation: "Create", name: "/my-app/dev/db-url", type: "String", description: "Sample parameter" },
      },
      {
        name: "Parameter Store Policy Action",
        fields: [{ path: "detail.parameter-name", label: "Parameter names" }, { path: "detail.policy-type", label: "Policies", values: ["Expiration", "ExpirationNotification", "NoChangeNotification"] }],
        resources: [`arn:aws:ssm:us-east-1:${account}:parameter/my-app/dev/db-url`],
        detail: { "policy-type": "NoChangeNotification", "parameter-name": "/my-app/dev/db-url", "parameter-type": "String", "policy-content": '{"Type":"NoChangeNotification","Version":"1.0","Attributes":{"After":"20","Unit":"Days"}}', "action-status": "Success", "action-reason": "The parameter has not been changed for 20 days." },
      },
      call("ssm", "PutParameter", { name: "/my-app/dev/db-url", type: "String", overwrite: true }),
    ],
  },
  {
    id: "kms",
    label: "Key Management Service (KMS)",
    types: [
      { name: "KMS CMK Rotation", fields: [{ path: "detail.key-id", label: "Key IDs" }, { path: "detail.rotation-type", label: "Rotations", values: ["AUTOMATIC", "ON_DEMAND"] }], resources: [key], detail: { "key-id": "1234abcd-12ab-34cd-56ef-1234567890ab", "key-origin": "AWS_KMS", "rotation-type": "ON_DEMAND", "previous-key-material-id": material, "current-key-material-id": "96083e4fb6dbc41d77578a213a6b6669c044dd4c143e96755396d2bf11fd6068" } },
      { name: "KMS Imported Key Material Expiration", fields: [{ path: "detail.key-id", label: "Key IDs" }], resources: [key], detail: { "key-id": "1234abcd-12ab-34cd-56ef-1234567890ab", "key-material-id": material } },
      { name: "KMS CMK Deletion", fields: [{ path: "detail.key-id", label: "Key IDs" }], resources: [key], detail: { "key-id": "1234abcd-12ab-34cd-56ef-1234567890ab" } },
      call("kms", "ScheduleKeyDeletion", { keyId: key, pendingWindowInDays: 30 }),
      byItself("kms", "RotateKey", ["RotateKey", "DeleteKey", "DeleteExpiredKeyMaterial"], {}),
    ],
  },
  {
    id: "secretsmanager",
    label: "Secrets Manager",
    types: [
      byItself("secretsmanager", "RotationSucceeded", ["RotationStarted", "RotationSucceeded", "RotationFailed", "RotationAbandoned", "StartSecretVersionDelete", "CancelSecretVersionDelete", "EndSecretVersionDelete"], { SecretId: secret }),
      { name: "Secret Label Updated", fields: [{ path: "detail.name", label: "Secret names" }, { path: "detail.labelUpdated", label: "Labels" }], resources: [secret], detail: { name: "prod/db", labelUpdated: "AWSCURRENT", versionId: "11111111-1111-4111-8111-111111111111" } },
      call("secretsmanager", "PutSecretValue", { secretId: secret }),
    ],
  },
  {
    id: "cloudformation",
    label: "CloudFormation",
    types: [
      { name: "CloudFormation Stack Status Change", fields: [{ path: "detail.stack-id", label: "Stack IDs" }, { path: "detail.status-details.status", label: "Statuses", values: statuses }], resources: [stack], detail: { "stack-id": stack, "status-details": { status: "CREATE_COMPLETE", "status-reason": "" } } },
      { name: "CloudFormation Resource Status Change", fields: [{ path: "detail.resource-type", label: "Resource types" }, { path: "detail.status-details.status", label: "Statuses", values: statuses }], resources: [stack], detail: { "stack-id": stack, "logical-resource-id": "Key", "physical-resource-id": "1234abcd-12ab-34cd-56ef-1234567890ab", "resource-type": "AWS::KMS::Key", "status-details": { status: "CREATE_COMPLETE", "status-reason": "" } } },
      { name: "CloudFormation Drift Detection Status Change", fields: [{ path: "detail.status-details.stack-drift-status", label: "Drift", values: ["DRIFTED", "IN_SYNC", "NOT_CHECKED", "UNKNOWN"] }], resources: [stack], detail: { "stack-id": stack, "stack-drift-detection-id": "f8e00000-0000-11f0-8000-0a1b2c3d4e5f", "status-details": { "stack-drift-status": "DRIFTED", "detection-status": "DETECTION_COMPLETE" }, "drift-detection-details": { "drifted-stack-resource-count": 1 } } },
      call("cloudformation", "DeleteStack", { stackName: "payroll" }),
    ],
  },
  { id: "iam", label: "IAM", types: [call("iam", "CreateAccessKey", { userName: "alice" })] },
  { id: "sts", label: "Security Token Service (STS)", types: [call("sts", "AssumeRole", { roleArn: `arn:aws:iam::${account}:role/app`, roleSessionName: "s" })] },
  { id: "lambda", label: "Lambda", types: [call("lambda", "UpdateFunctionCode20150331v2", { functionName: "my-function" })] },
  { id: "logs", label: "CloudWatch Logs", types: [call("logs", "DeleteLogGroup", { logGroupName: "/my-app/audit" })] },
  { id: "rds", label: "RDS", types: [rds("RDS DB Instance Event", "DB_INSTANCE", ["creation", "deletion", "configuration change", "notification"]), rds("RDS DB Cluster Event", "CLUSTER", ["creation", "deletion", "configuration change", "notification"]), call("rds", "ModifyDBInstance", { dBInstanceIdentifier: "payroll" })] },
  { id: "redshift", label: "Redshift", types: [call("redshift", "ModifyCluster", { clusterIdentifier: "payroll" })] },
  { id: "sqs", label: "Simple Queue Service (SQS)", types: [call("sqs", "CreateQueue", { queueName: "jobs" })] },
  { id: "events", label: "EventBridge", types: [call("events", "PutRule", { name: "my-rule" })] },
  { id: "organizations", label: "Organizations", types: [call("organizations", "AttachPolicy", { policyId: "p-1", targetId: account })] },
];

/** A whole event of a kind, as EventBridge would send it. */
export const sampleOf = (service: PickService, type: PickType): JsonObject => ({
  version: "0", id: "7bf73129-1428-4cd3-a780-95db273d1602", "detail-type": type.name, source: `aws.${service.id}`, account, time: "2026-11-25T09:30:00Z", region: "us-east-1", resources: [...type.resources], detail: type.detail,
});

export const ownSample: JsonObject = {
  version: "0", id: "7bf73129-1428-4cd3-a780-95db273d1602", "detail-type": "Order placed", source: "com.example.shop", account, time: "2026-11-25T09:30:00Z", region: "us-east-1", resources: [], detail: { order: "A-1001", total: 42, country: "CH", express: true },
};
