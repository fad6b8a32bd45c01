/** What the console reads of Secrets Manager's answers. */
export interface Secret {
  ARN: string;
  Name: string;
  Type?: string;
  Description?: string;
  KmsKeyId?: string;
  RotationEnabled?: boolean;
  RotationLambdaARN?: string;
  RotationRules?: RotationRules;
  LastRotatedDate?: number;
  LastChangedDate?: number;
  LastAccessedDate?: number;
  NextRotationDate?: number;
  DeletedDate?: number;
  CreatedDate?: number;
  Tags?: { Key: string; Value: string }[];
  OwningService?: string;
  PrimaryRegion?: string;
  VersionIdsToStages?: Record<string, string[]>;
  ReplicationStatus?: Replica[];
}

export interface RotationRules {
  AutomaticallyAfterDays?: number;
  Duration?: string;
  ScheduleExpression?: string;
}

export interface Replica {
  Region: string;
  KmsKeyId?: string;
  Status: "InSync" | "Failed" | "InProgress";
  StatusMessage?: string;
  LastAccessedDate?: number;
}

export interface SecretValue {
  VersionId: string;
  SecretString?: string;
  SecretBinary?: string;
  VersionStages: string[];
}

export interface SecretVersion {
  VersionId: string;
  VersionStages?: string[];
  LastAccessedDate?: number;
  CreatedDate?: number;
  KmsKeyIds?: string[];
}

/** The key that a secret is under if it names none. */
export const DEFAULT_KEY = "alias/aws/secretsmanager";
