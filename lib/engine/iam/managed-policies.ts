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
  PolicyId: string,
  Description: string,
  version: number,
  [created, updated]: [string, string],
  statements: object[],
): ManagedPolicy => ({
  PolicyName,
  PolicyId,
  Arn: `arn:aws:iam::aws:policy${path}${PolicyName}`,
  Path: path,
  Description,
  CreateDate: Date.parse(created),
  UpdateDate: Date.parse(updated),
  DefaultVersionId: `v${version}`,
  document: JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 4),
});

const list: ManagedPolicy[] = [
  policy("/", "AdministratorAccess", "ANPAIWMBCKSKIEE64ZLYK", "Provides full access to AWS services and resources.", 1, ["2015-02-06T18:39:46Z", "2015-02-06T18:39:46Z"], [
    { Effect: "Allow", Action: "*", Resource: "*" },
  ]),
];

export const managedPolicies: ReadonlyMap<string, ManagedPolicy> = new Map(list.map((entry) => [entry.Arn, entry]));
