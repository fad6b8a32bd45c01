import type { Db, Table } from "../../types";

/**
 * Plain facts about resources of services that are not in the lab: what Shield protects and Firewall Manager looks at, by account
 * and Region. Load balancers, distributions and API stages stand with AWS WAF's resources; their tags are here.
 * Tables: `resources` and `tags` by ARN; `recorder` by ONLY.
 */

export type EstateType = "ELASTIC_IP" | "CLASSIC_LOAD_BALANCER" | "GLOBAL_ACCELERATOR" | "HOSTED_ZONE" | "INSTANCE" | "NETWORK_INTERFACE" | "NETWORK_LOAD_BALANCER" | "SECURITY_GROUP";

/** One rule of a security group. Ports are absent where the protocol has none, or is -1: all. */
export interface GroupRule {
  Direction: "INGRESS" | "EGRESS";
  Protocol: string;
  FromPort?: number;
  ToPort?: number;
  Cidr: string;
}

export interface EstateRow {
  Arn: string;
  ResourceType: EstateType;
  Name: string;
  /** The last part of the ARN: `sg-…`, `i-…`. */
  Id: string;
  VpcId?: string;
  /** Ids of the security groups on an instance or a network interface. */
  SecurityGroups?: string[];
  /** ARN of the instance or Network Load Balancer that an Elastic IP address is on. */
  AttachedTo?: string;
  /** Of a security group. */
  Rules?: GroupRule[];
}

export interface TagsRow {
  tags: { Key: string; Value: string }[];
}

const place = (db: Db): Db => db.at({ service: "estate" });

export const resources = (db: Db): Table<EstateRow> => place(db).table<EstateRow>("resources");
export const tags = (db: Db): Table<TagsRow> => place(db).table<TagsRow>("tags");

/** Whether AWS Config's recorder runs in this account and Region. */
export const recorder = (db: Db): Table<{ Recording: boolean }> => place(db).table<{ Recording: boolean }>("recorder");
export const isRecording = (db: Db): boolean => recorder(db).get("only")?.Recording === true;

export const tagsOf = (db: Db, arn: string): TagsRow["tags"] => tags(db).get(arn)?.tags ?? [];
