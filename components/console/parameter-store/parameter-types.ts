import type { InlinePolicy } from "./parameter-policies";

export type ParameterType = "String" | "StringList" | "SecureString";
export type Tier = "Standard" | "Advanced" | "Intelligent-Tiering";

/** What DescribeParameters says of a parameter. Dates are epoch seconds. Source: SSM API, ParameterMetadata. */
export interface ParameterMetadata {
  Name: string;
  ARN?: string;
  Type: ParameterType;
  KeyId?: string;
  LastModifiedDate: number;
  LastModifiedUser?: string;
  Description?: string;
  AllowedPattern?: string;
  Version: number;
  Tier?: Tier;
  Policies?: InlinePolicy[];
  DataType?: string;
}

/** One version. Source: SSM API, ParameterHistory. */
export interface ParameterVersion extends ParameterMetadata {
  Value: string;
  Labels?: string[];
}

/** Bytes a value may have. Source: SSM API, PutParameter (Tier). */
export const MAX_BYTES: Record<Tier, number> = { Standard: 4096, Advanced: 8192, "Intelligent-Tiering": 8192 };

export const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
