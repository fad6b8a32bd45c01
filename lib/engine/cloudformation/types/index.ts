import { waitConditionHandle } from "./cloudformation/wait-condition-handle";
import { docDbCluster } from "./docdb/db-cluster";
import { docDbInstance } from "./docdb/db-instance";
import { eventBus } from "./events/event-bus";
import { eventBusPolicy } from "./events/event-bus-policy";
import { rule } from "./events/rule";
import { accessKey } from "./iam/access-key";
import { group } from "./iam/group";
import { managedPolicy } from "./iam/managed-policy";
import { policy } from "./iam/policy";
import { role } from "./iam/role";
import { user } from "./iam/user";
import { userToGroupAddition } from "./iam/user-to-group-addition";
import { alias } from "./kms/alias";
import { key } from "./kms/key";
import { replicaKey } from "./kms/replica-key";
import { lambdaAlias } from "./lambda/alias";
import { lambdaFunction } from "./lambda/function";
import { permission } from "./lambda/permission";
import { version } from "./lambda/version";
import { logGroup } from "./logs/log-group";
import { logsResourcePolicy } from "./logs/resource-policy";
import { dbCluster } from "./rds/db-cluster";
import { dbInstance } from "./rds/db-instance";
import { redshiftCluster } from "./redshift/cluster";
import { resourcePolicy } from "./secretsmanager/resource-policy";
import { rotationSchedule } from "./secretsmanager/rotation-schedule";
import { secret } from "./secretsmanager/secret";
import { secretTargetAttachment } from "./secretsmanager/secret-target-attachment";
import { queue } from "./sqs/queue";
import { queuePolicy } from "./sqs/queue-policy";
import { parameter } from "./ssm/parameter";
import type { ResourceType } from "./type";

/** Every type of resource that the lab makes, by its name. A new type is a file and a line. */
export const allTypes: ReadonlyMap<string, ResourceType> = new Map(
  [
    key, replicaKey, alias, parameter, secret, resourcePolicy, rotationSchedule, secretTargetAttachment, role, user, group, policy, managedPolicy, accessKey, userToGroupAddition,
    lambdaFunction, permission, lambdaAlias, version, logGroup, logsResourcePolicy, rule, eventBus, eventBusPolicy, queue, queuePolicy, dbInstance, dbCluster, redshiftCluster, docDbCluster, docDbInstance, waitConditionHandle,
  ].map((type) => [type.type, type]),
);

/** Services whose types AWS has and the lab has not; those of the lab's own services that it lacks are named whole. */
const elsewhere =
  /^AWS::(AccessAnalyzer|ACMPCA|AmazonMQ|Amplify|ApiGateway|ApiGatewayV2|AppConfig|ApplicationAutoScaling|AppRunner|AppSync|Athena|AutoScaling|Backup|Batch|Bedrock|Budgets|CertificateManager|Chatbot|Cloud9|CloudFront|CloudTrail|CloudWatch|CodeArtifact|CodeBuild|CodeCommit|CodeConnections|CodeDeploy|CodePipeline|Cognito|Config|DAX|Detective|DirectoryService|DMS|DynamoDB|EC2|ECR|ECS|EFS|EKS|ElastiCache|ElasticBeanstalk|ElasticLoadBalancing|ElasticLoadBalancingV2|Elasticsearch|EMR|FSx|Glue|GuardDuty|ImageBuilder|Inspector|InspectorV2|IoT|Kinesis|KinesisAnalytics|KinesisFirehose|LakeFormation|Macie|MemoryDB|MSK|Neptune|NetworkFirewall|OpenSearchService|OpenSearchServerless|Organizations|Pipes|QuickSight|RAM|RedshiftServerless|ResourceGroups|RolesAnywhere|Route53|Route53Resolver|S3|S3Express|S3ObjectLambda|SageMaker|Scheduler|SecurityHub|Serverless|ServiceCatalog|ServiceDiscovery|SES|Signer|SNS|SSMContacts|SSMIncidents|SSO|StepFunctions|SupportApp|Synthetics|Timestream|Transfer|VpcLattice|WAF|WAFRegional|WAFv2|WorkSpaces|XRay)::\w+$/;
const ofOurServices = new Set([
  "AWS::CDK::Metadata",
  ...["CustomResource", "GuardHook", "HookDefaultVersion", "HookTypeConfig", "HookVersion", "LambdaHook", "Macro", "ModuleDefaultVersion", "ModuleVersion", "PublicTypeVersion", "Publisher", "ResourceDefaultVersion", "ResourceVersion", "Stack", "StackSet", "TypeActivation", "WaitCondition"].map((name) => `AWS::CloudFormation::${name}`),
  ...["GroupPolicy", "InstanceProfile", "OIDCProvider", "RolePolicy", "SAMLProvider", "ServerCertificate", "ServiceLinkedRole", "UserPolicy", "VirtualMFADevice"].map((name) => `AWS::IAM::${name}`),
  ...["Association", "Document", "MaintenanceWindow", "MaintenanceWindowTarget", "MaintenanceWindowTask", "PatchBaseline", "ResourceDataSync", "ResourcePolicy"].map((name) => `AWS::SSM::${name}`),
  ...["CodeSigningConfig", "EventInvokeConfig", "EventSourceMapping", "LayerVersion", "LayerVersionPermission", "Url"].map((name) => `AWS::Lambda::${name}`),
  ...["AccountPolicy", "Delivery", "DeliveryDestination", "DeliverySource", "Destination", "LogAnomalyDetector", "LogStream", "MetricFilter", "QueryDefinition", "SubscriptionFilter"].map((name) => `AWS::Logs::${name}`),
  ...["ApiDestination", "Archive", "Connection", "Endpoint"].map((name) => `AWS::Events::${name}`),
  "AWS::SQS::QueueInlinePolicy",
  ...["CustomDBEngineVersion", "DBClusterParameterGroup", "DBParameterGroup", "DBProxy", "DBProxyEndpoint", "DBProxyTargetGroup", "DBSecurityGroup", "DBSecurityGroupIngress", "DBShardGroup", "DBSubnetGroup", "EventSubscription", "GlobalCluster", "Integration", "OptionGroup"].map((name) => `AWS::RDS::${name}`),
  ...["ClusterParameterGroup", "ClusterSecurityGroup", "ClusterSecurityGroupIngress", "ClusterSubnetGroup", "EndpointAccess", "EndpointAuthorization", "EventSubscription", "Integration", "ScheduledAction"].map((name) => `AWS::Redshift::${name}`),
  ...["DBClusterParameterGroup", "DBSubnetGroup", "EventSubscription"].map((name) => `AWS::DocDB::${name}`),
]);

/** Whether the lab makes this type, AWS alone does, or nobody. */
export function checkType(type: string): "simulated" | "not-simulated" | "unknown" {
  if (allTypes.has(type)) return "simulated";
  return elsewhere.test(type) || ofOurServices.has(type) || type.startsWith("Custom::") ? "not-simulated" : "unknown";
}
