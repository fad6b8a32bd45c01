import { type Aws, differs, jsonText, pick, type Properties, type ResourceType } from "../type";
import { documentOf, type Entity } from "./entity";

const holders: [property: string, entity: Entity][] = [["Roles", "Role"], ["Users", "User"], ["Groups", "Group"]];

/** Source: CloudFormation Template Reference, AWS::IAM::ManagedPolicy. */
export const managedPolicy: ResourceType = {
  type: "AWS::IAM::ManagedPolicy",
  properties: { Description: "String", Groups: "List", ManagedPolicyName: "String", Path: "String", PolicyDocument: "Json!", Roles: "List", Users: "List" },
  createOnly: ["Description", "ManagedPolicyName", "Path"],
  attributes: ["PolicyArn", "PolicyId", "CreateDate", "UpdateDate", "DefaultVersionId", "AttachmentCount", "IsAttachable", "PermissionsBoundaryUsageCount"],
  name: { property: "ManagedPolicyName", max: 128 },
  create(aws, properties) {
    const { Policy } = aws.call("iam", "CreatePolicy", {
      PolicyName: properties.ManagedPolicyName ?? aws.name(128),
      PolicyDocument: jsonText(properties.PolicyDocument),
      ...pick(properties, "Description", "Path"),
    });
    aws.created(Policy.Arn);
    hold(aws, Policy.Arn, properties, {});
    return { id: Policy.Arn, attributes: attributes(aws, Policy.Arn) };
  },
  update(aws, id, next, previous) {
    if (differs(next.PolicyDocument, previous.PolicyDocument)) {
      const versions = aws.call("iam", "ListPolicyVersions", { PolicyArn: id }).Versions as Properties[];
      // Five versions at most: the oldest makes room.
      const old = versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion).sort((a, b) => Number(a.VersionId.slice(1)) - Number(b.VersionId.slice(1)));
      if (versions.length >= 5 && old.length) aws.call("iam", "DeletePolicyVersion", { PolicyArn: id, VersionId: old[0].VersionId });
      aws.call("iam", "CreatePolicyVersion", { PolicyArn: id, PolicyDocument: jsonText(next.PolicyDocument), SetAsDefault: true });
    }
    hold(aws, id, next, previous);
    return attributes(aws, id);
  },
  remove(aws, id) {
    const found = aws.find("iam", "ListEntitiesForPolicy", { PolicyArn: id });
    if (!found) return;
    for (const [, entity] of holders) for (const holder of (found[`Policy${entity}s`] ?? []) as Properties[]) aws.remove("iam", `Detach${entity}Policy`, { [`${entity}Name`]: holder[`${entity}Name`], PolicyArn: id });
    for (const { VersionId, IsDefaultVersion } of aws.call("iam", "ListPolicyVersions", { PolicyArn: id }).Versions as Properties[]) if (!IsDefaultVersion) aws.remove("iam", "DeletePolicyVersion", { PolicyArn: id, VersionId });
    aws.remove("iam", "DeletePolicy", { PolicyArn: id });
  },
  read(aws, id, properties) {
    const found = aws.find("iam", "GetPolicy", { PolicyArn: id });
    if (!found) return undefined;
    const { PolicyVersion } = aws.call("iam", "GetPolicyVersion", { PolicyArn: id, VersionId: found.Policy.DefaultVersionId });
    const entities = aws.call("iam", "ListEntitiesForPolicy", { PolicyArn: id }) as Properties;
    const out: Properties = { ...pick(found.Policy, "Description", "Path"), ...pick(properties, "ManagedPolicyName"), PolicyDocument: documentOf(PolicyVersion.Document) };
    for (const [property, entity] of holders) {
      const names = ((entities[`Policy${entity}s`] ?? []) as Properties[]).map((holder) => holder[`${entity}Name`] as string);
      // Roles and users may name it themselves, as one of their ManagedPolicyArns.
      if (properties[property]) out[property] = names;
    }
    return out;
  },
};

function hold(aws: Aws, PolicyArn: string, next: Properties, previous: Properties): void {
  for (const [property, entity] of holders) {
    const was = (previous[property] ?? []) as string[];
    const will = (next[property] ?? []) as string[];
    for (const name of was) if (!will.includes(name)) aws.remove("iam", `Detach${entity}Policy`, { [`${entity}Name`]: name, PolicyArn });
    for (const name of will) if (!was.includes(name)) aws.call("iam", `Attach${entity}Policy`, { [`${entity}Name`]: name, PolicyArn });
  }
}

function attributes(aws: Aws, PolicyArn: string): Properties {
  const { Policy } = aws.call("iam", "GetPolicy", { PolicyArn });
  return { PolicyArn, ...pick(Policy, "PolicyId", "DefaultVersionId", "AttachmentCount", "IsAttachable", "PermissionsBoundaryUsageCount"), CreateDate: iso(Policy.CreateDate), UpdateDate: iso(Policy.UpdateDate) };
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();
