/**
 * Condition keys that the lab supplies whenever AWS would: if one of these is absent from a request, it is absent there too.
 * Any other key is not evaluated, and the trace says so. `x/*` and `x:*` stand for keys with a name of the learner's own.
 * Sources: IAM User Guide, "AWS global condition context keys"; Service Authorization Reference, KMS, Systems Manager, Secrets Manager, IAM, STS, Organizations, WAF V2.
 */
const names = `
aws:CalledVia aws:CalledViaFirst aws:CalledViaLast aws:CurrentTime aws:EpochTime aws:MultiFactorAuthAge aws:MultiFactorAuthPresent
aws:PrincipalAccount aws:PrincipalArn aws:PrincipalIsAWSService aws:PrincipalOrgID aws:PrincipalOrgPaths aws:PrincipalServiceName
aws:PrincipalServiceNamesList aws:PrincipalType aws:Referer aws:RequestedRegion aws:ResourceAccount aws:ResourceOrgID aws:ResourceOrgPaths
aws:SecureTransport aws:SourceAccount aws:SourceArn aws:SourceIdentity aws:SourceIp aws:SourceOrgID aws:SourceOrgPaths aws:SourceVpc
aws:SourceVpce aws:SourceVpcArn aws:VpcSourceIp aws:VpceAccount aws:VpceOrgID aws:VpceOrgPaths aws:TagKeys aws:TokenIssueTime aws:UserAgent
aws:userid aws:username aws:ViaAWSService aws:FederatedProvider aws:AssumedRoot aws:PrincipalTag/* aws:RequestTag/* aws:ResourceTag/*
kms:BypassPolicyLockoutSafetyCheck kms:CallerAccount kms:DataKeyPairSpec
kms:EncryptionAlgorithm kms:EncryptionContext:* kms:EncryptionContextKeys kms:ExpirationModel kms:GrantConstraintType
kms:GrantIsForAWSResource kms:GrantOperations kms:GranteePrincipal kms:KeyAgreementAlgorithm kms:KeyOrigin kms:KeySpec kms:KeyUsage
kms:MacAlgorithm kms:MessageType kms:MultiRegion kms:MultiRegionKeyType kms:PrimaryRegion kms:ReEncryptOnSameKey kms:ReplicaRegion
kms:RequestAlias kms:ResourceAliases kms:RetiringPrincipal kms:RotationPeriodInDays kms:ScheduleKeyDeletionPendingWindowInDays
kms:SigningAlgorithm kms:ValidTo kms:ViaService kms:WrappingAlgorithm kms:WrappingKeySpec
ssm:Overwrite ssm:Policies ssm:Recursive ssm:resourceTag/*
iam:AWSServiceName iam:PassedToService iam:PermissionsBoundary iam:PolicyARN iam:ResourceTag/*
sts:ExternalId sts:RoleSessionName sts:SourceIdentity sts:TransitiveTagKeys
organizations:PolicyType
cloudformation:ChangeSetName cloudformation:ResourceTypes cloudformation:RoleArn cloudformation:StackPolicyUrl cloudformation:TemplateUrl
lambda:FunctionUrlAuthType lambda:Principal
rds:DatabaseClass rds:DatabaseEngine rds:DatabaseName rds:ManageMasterUserPassword rds:MultiAz rds:Piops rds:StorageEncrypted rds:StorageSize
rds:cluster-tag/* rds:db-tag/* rds:req-tag/*
events:creatorAccount events:detail-type events:detail.eventTypeCode events:detail.service events:detail.userIdentity.principalId events:eventBusInvocation
events:source events:TargetArn
secretsmanager:AddReplicaRegions secretsmanager:BlockPublicPolicy secretsmanager:Description secretsmanager:ExternalSecretRotationRoleArn
secretsmanager:ForceDeleteWithoutRecovery secretsmanager:ForceOverwriteReplicaSecret secretsmanager:KmsKeyArn secretsmanager:KmsKeyId
secretsmanager:ModifyRotationRules secretsmanager:Name secretsmanager:RecoveryWindowInDays secretsmanager:ResourceTag/*
secretsmanager:RotateImmediately secretsmanager:RotationLambdaARN secretsmanager:SecretId secretsmanager:SecretPrimaryRegion
secretsmanager:Type secretsmanager:VersionId secretsmanager:VersionStage secretsmanager:resource/AllowRotationLambdaArn
secretsmanager:resource/Type
wafv2:LogDestinationResource wafv2:LogScope
`;

const exact = new Set<string>();
const prefixes: string[] = [];
for (const name of names.trim().split(/\s+/)) {
  if (name.endsWith("*")) prefixes.push(name.slice(0, -1).toLowerCase());
  else exact.add(name.toLowerCase());
}

/** Whether the absence of `key` (lower case) from a request means something. */
export const isKnownKey = (key: string): boolean => exact.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
