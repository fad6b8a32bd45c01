import { differs, jsonText, pick, type Properties, type ResourceType } from "../type";
import { documentOf, readPolicies, strip, syncBoundary, syncInline, syncManaged, syncTags } from "./entity";

/** Source: CloudFormation Template Reference, AWS::IAM::Role. */
export const role: ResourceType = {
  type: "AWS::IAM::Role",
  properties: {
    AssumeRolePolicyDocument: "Json!", Description: "String", ManagedPolicyArns: "List", MaxSessionDuration: "Number", Path: "String", PermissionsBoundary: "String", Policies: "List", RoleName: "String", Tags: "List",
  },
  createOnly: ["Path", "RoleName"],
  attributes: ["Arn", "RoleId"],
  name: { property: "RoleName", max: 64 },
  tags: "list",
  create(aws, properties) {
    const RoleName = properties.RoleName ?? aws.name(64);
    const { Role } = aws.call("iam", "CreateRole", {
      RoleName,
      AssumeRolePolicyDocument: jsonText(properties.AssumeRolePolicyDocument),
      ...pick(properties, "Description", "MaxSessionDuration", "Path", "PermissionsBoundary", "Tags"),
    });
    aws.created(RoleName);
    syncManaged(aws, "Role", RoleName, properties.ManagedPolicyArns);
    syncInline(aws, "Role", RoleName, properties.Policies);
    return { id: RoleName, attributes: { Arn: Role.Arn, RoleId: Role.RoleId } };
  },
  update(aws, id, next, previous) {
    if (differs(next.AssumeRolePolicyDocument, previous.AssumeRolePolicyDocument)) aws.call("iam", "UpdateAssumeRolePolicy", { RoleName: id, PolicyDocument: jsonText(next.AssumeRolePolicyDocument) });
    if (differs([next.Description, next.MaxSessionDuration], [previous.Description, previous.MaxSessionDuration])) aws.call("iam", "UpdateRole", { RoleName: id, Description: next.Description ?? "", MaxSessionDuration: next.MaxSessionDuration ?? 3600 });
    syncBoundary(aws, "Role", id, next.PermissionsBoundary, previous.PermissionsBoundary);
    syncManaged(aws, "Role", id, next.ManagedPolicyArns, previous.ManagedPolicyArns);
    syncInline(aws, "Role", id, next.Policies, previous.Policies);
    syncTags(aws, "Role", id, next.Tags, previous.Tags);
  },
  remove(aws, id) {
    strip(aws, "Role", id);
    aws.remove("iam", "DeleteRole", { RoleName: id });
  },
  read(aws, id, properties) {
    const found = aws.find("iam", "GetRole", { RoleName: id });
    if (!found) return undefined;
    const { AssumeRolePolicyDocument, PermissionsBoundary, Tags, ...rest } = found.Role as Properties;
    return {
      ...pick(rest, "Description", "MaxSessionDuration", "Path", "RoleName"),
      AssumeRolePolicyDocument: documentOf(AssumeRolePolicyDocument),
      ...(PermissionsBoundary ? { PermissionsBoundary: PermissionsBoundary.PermissionsBoundaryArn } : {}),
      ...(Tags?.length ? { Tags } : {}),
      ...readPolicies(aws, "Role", id, properties),
    };
  },
};
