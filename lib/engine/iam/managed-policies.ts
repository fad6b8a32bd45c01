import { bytesOf, uniqueId } from "./ids";

/**
 * AWS managed policies whose documents are short: those that the lessons and the consoles need.
 * Source: AWS Managed Policy Reference, one page per policy. `CreateDate`, `UpdateDate`: ms since the epoch.
 */
export interface ManagedPolicy {
  PolicyName: string;
  PolicyId: string;
  Arn: string;
  Path: string;
  Description: string;
  CreateDate: number;
  UpdateDate: number;
  DefaultVersionId: string;
  document: string;
}

const policy = (
  path: string,
  PolicyName: string,
  Description: string,
  version: number,
  [created, updated]: [string, string],
  statements: object[],
): ManagedPolicy => ({
  PolicyName,
  // The real ids are nowhere published; these are made from the name and always the same.
  PolicyId: uniqueId("ANPA", bytesOf(PolicyName)),
  Arn: `arn:aws:iam::aws:policy${path}${PolicyName}`,
  Path: path,
  Description,
  CreateDate: Date.parse(created),
  UpdateDate: Date.parse(updated),
  DefaultVersionId: `v${version}`,
  document: JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 4),
});

const list: ManagedPolicy[] = [
  policy(
    "/",
    "AdministratorAccess",
    "Provides full access to AWS services and resources.",
    1,
    ["2015-02-06T18:39:46Z", "2015-02-06T18:39:46Z"],
    [{ Effect: "Allow", Action: "*", Resource: "*" }],
  ),
  policy(
    "/",
    "PowerUserAccess",
    "Provides full access to AWS services and resources, but does not allow management of Users and groups.",
    12,
    ["2015-02-06T18:39:47Z", "2026-02-12T17:59:14Z"],
    [
      { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
      {
        Effect: "Allow",
        Action: [
          "account:GetAccountInformation",
          "account:GetGovCloudAccountInformation",
          "account:GetPrimaryEmail",
          "account:ListRegions",
          "iam:CreateServiceLinkedRole",
          "iam:DeleteServiceLinkedRole",
          "iam:ListRoles",
          "organizations:DescribeEffectivePolicy",
          "organizations:DescribeOrganization",
        ],
        Resource: "*",
      },
    ],
  ),
  policy(
    "/",
    "AWSKeyManagementServicePowerUser",
    "Provides access to AWS Key Management Service (KMS).",
    2,
    ["2015-02-06T18:40:40Z", "2017-03-07T00:55:11Z"],
    [
      {
        Effect: "Allow",
        Action: [
          "kms:CreateAlias",
          "kms:CreateKey",
          "kms:DeleteAlias",
          "kms:Describe*",
          "kms:GenerateRandom",
          "kms:Get*",
          "kms:List*",
          "kms:TagResource",
          "kms:UntagResource",
          "iam:ListGroups",
          "iam:ListRoles",
          "iam:ListUsers",
        ],
        Resource: "*",
      },
    ],
  ),
  policy(
    "/",
    "AmazonSSMReadOnlyAccess",
    "Provides read only access to Amazon SSM.",
    1,
    ["2015-05-29T17:44:19Z", "2015-05-29T17:44:19Z"],
    [{ Effect: "Allow", Action: ["ssm:Describe*", "ssm:Get*", "ssm:List*"], Resource: "*" }],
  ),
  policy(
    "/",
    "AmazonSSMFullAccess",
    "Provides full access to Amazon SSM.",
    4,
    ["2015-05-29T17:39:47Z", "2019-11-20T20:08:56Z"],
    [
      {
        Effect: "Allow",
        Action: [
          "cloudwatch:PutMetricData",
          "ds:CreateComputer",
          "ds:DescribeDirectories",
          "ec2:DescribeInstanceStatus",
          "logs:*",
          "ssm:*",
          "ec2messages:*",
        ],
        Resource: "*",
      },
      {
        Effect: "Allow",
        Action: "iam:CreateServiceLinkedRole",
        Resource: "arn:aws:iam::*:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM*",
        Condition: { StringLike: { "iam:AWSServiceName": "ssm.amazonaws.com" } },
      },
      {
        Effect: "Allow",
        Action: ["iam:DeleteServiceLinkedRole", "iam:GetServiceLinkedRoleDeletionStatus"],
        Resource: "arn:aws:iam::*:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM*",
      },
      {
        Effect: "Allow",
        Action: [
          "ssmmessages:CreateControlChannel",
          "ssmmessages:CreateDataChannel",
          "ssmmessages:OpenControlChannel",
          "ssmmessages:OpenDataChannel",
        ],
        Resource: "*",
      },
    ],
  ),
  policy(
    "/",
    "IAMFullAccess",
    "Provides full access to IAM via the AWS Management Console.",
    2,
    ["2015-02-06T18:40:38Z", "2019-06-21T19:40:00Z"],
    [
      {
        Effect: "Allow",
        Action: [
          "iam:*",
          "organizations:DescribeAccount",
          "organizations:DescribeOrganization",
          "organizations:DescribeOrganizationalUnit",
          "organizations:DescribePolicy",
          "organizations:ListChildren",
          "organizations:ListParents",
          "organizations:ListPoliciesForTarget",
          "organizations:ListRoots",
          "organizations:ListPolicies",
          "organizations:ListTargetsForPolicy",
        ],
        Resource: "*",
      },
    ],
  ),
  policy(
    "/",
    "IAMReadOnlyAccess",
    "Provides read only access to IAM via the AWS Management Console.",
    4,
    ["2015-02-06T18:40:39Z", "2018-01-25T19:11:27Z"],
    [
      {
        Effect: "Allow",
        Action: [
          "iam:GenerateCredentialReport",
          "iam:GenerateServiceLastAccessedDetails",
          "iam:Get*",
          "iam:List*",
          "iam:SimulateCustomPolicy",
          "iam:SimulatePrincipalPolicy",
        ],
        Resource: "*",
      },
    ],
  ),
  policy(
    "/service-role/",
    "AWSLambdaBasicExecutionRole",
    "Provides write permissions to CloudWatch Logs.",
    1,
    ["2015-04-09T15:03:43Z", "2015-04-09T15:03:43Z"],
    [{ Effect: "Allow", Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }],
  ),
  policy(
    "/",
    "SecretsManagerReadWrite",
    "Provides read/write access to AWS Secrets Manager via the AWS Management Console. Note: this exludes IAM actions, so combine with IAMFullAccess if rotation configuration is required.",
    5,
    ["2018-04-04T18:05:29Z", "2024-02-22T18:12:06Z"],
    [
      {
        Sid: "BasePermissions",
        Effect: "Allow",
        Action: [
          "secretsmanager:*",
          "cloudformation:CreateChangeSet",
          "cloudformation:DescribeChangeSet",
          "cloudformation:DescribeStackResource",
          "cloudformation:DescribeStacks",
          "cloudformation:ExecuteChangeSet",
          "docdb-elastic:GetCluster",
          "docdb-elastic:ListClusters",
          "ec2:DescribeSecurityGroups",
          "ec2:DescribeSubnets",
          "ec2:DescribeVpcs",
          "kms:DescribeKey",
          "kms:ListAliases",
          "kms:ListKeys",
          "lambda:ListFunctions",
          "rds:DescribeDBClusters",
          "rds:DescribeDBInstances",
          "redshift:DescribeClusters",
          "redshift-serverless:ListWorkgroups",
          "redshift-serverless:GetNamespace",
          "tag:GetResources",
        ],
        Resource: "*",
      },
      {
        Sid: "LambdaPermissions",
        Effect: "Allow",
        Action: [
          "lambda:AddPermission",
          "lambda:CreateFunction",
          "lambda:GetFunction",
          "lambda:InvokeFunction",
          "lambda:UpdateFunctionConfiguration",
        ],
        Resource: "arn:aws:lambda:*:*:function:SecretsManager*",
      },
      {
        Sid: "SARPermissions",
        Effect: "Allow",
        Action: ["serverlessrepo:CreateCloudFormationChangeSet", "serverlessrepo:GetApplication"],
        Resource: "arn:aws:serverlessrepo:*:*:applications/SecretsManager*",
      },
      {
        Sid: "S3Permissions",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::awsserverlessrepo-changesets*", "arn:aws:s3:::secrets-manager-rotation-apps-*/*"],
      },
    ],
  ),
  // Attached to the role by which the Shield Response Team helps in an attack.
  policy(
    "/service-role/",
    "AWSShieldDRTAccessPolicy",
    "Lets the Shield Response Team see what is protected, and manage AWS WAF and Shield in an attack.",
    6,
    ["2018-06-05T22:29:00Z", "2020-12-15T17:28:00Z"],
    [
      {
        Sid: "SRTAccessProtectedResources",
        Effect: "Allow",
        Action: [
          "cloudfront:List*",
          "route53:List*",
          "elasticloadbalancing:Describe*",
          "cloudwatch:Describe*",
          "cloudwatch:Get*",
          "cloudwatch:List*",
          "cloudfront:GetDistribution*",
          "globalaccelerator:ListAccelerators",
          "globalaccelerator:DescribeAccelerator",
          "ec2:DescribeRegions",
          "ec2:DescribeAddresses",
        ],
        Resource: "*",
      },
      {
        Sid: "SRTManageProtections",
        Effect: "Allow",
        Action: ["shield:*", "waf:*", "wafv2:*", "waf-regional:*", "elasticloadbalancing:SetWebACL", "cloudfront:UpdateDistribution", "apigateway:SetWebACL"],
        Resource: "*",
      },
    ],
  ),
];

export const managedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(list.map((entry) => [entry.Arn, entry]));
