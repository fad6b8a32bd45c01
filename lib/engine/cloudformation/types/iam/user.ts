import { differs, pick, type Properties, type ResourceType } from "../type";
import { readPolicies, strip, syncBoundary, syncInline, syncManaged, syncTags } from "./entity";

/** Source: CloudFormation Template Reference, AWS::IAM::User. */
export const user: ResourceType = {
  type: "AWS::IAM::User",
  properties: { Groups: "List", LoginProfile: "Object", ManagedPolicyArns: "List", Path: "String", PermissionsBoundary: "String", Policies: "List", Tags: "List", UserName: "String" },
  createOnly: ["UserName"],
  attributes: ["Arn"],
  name: { property: "UserName", max: 64 },
  tags: "list",
  secure: ["/LoginProfile/Password"],
  writeOnly: ["LoginProfile"],
  create(aws, properties) {
    const UserName = properties.UserName ?? aws.name(64);
    const { User } = aws.call("iam", "CreateUser", { UserName, ...pick(properties, "Path", "PermissionsBoundary", "Tags") });
    aws.created(UserName);
    for (const GroupName of properties.Groups ?? []) aws.call("iam", "AddUserToGroup", { UserName, GroupName });
    if (properties.LoginProfile) aws.call("iam", "CreateLoginProfile", { UserName, ...properties.LoginProfile });
    syncManaged(aws, "User", UserName, properties.ManagedPolicyArns);
    syncInline(aws, "User", UserName, properties.Policies);
    return { id: UserName, attributes: { Arn: User.Arn } };
  },
  update(aws, id, next, previous) {
    if (differs(next.Path, previous.Path)) aws.call("iam", "UpdateUser", { UserName: id, NewPath: next.Path ?? "/" });
    const was = (previous.Groups ?? []) as string[];
    const will = (next.Groups ?? []) as string[];
    for (const GroupName of was) if (!will.includes(GroupName)) aws.remove("iam", "RemoveUserFromGroup", { UserName: id, GroupName });
    for (const GroupName of will) if (!was.includes(GroupName)) aws.call("iam", "AddUserToGroup", { UserName: id, GroupName });
    if (differs(next.LoginProfile, previous.LoginProfile)) {
      if (!next.LoginProfile) aws.remove("iam", "DeleteLoginProfile", { UserName: id });
      else aws.call("iam", previous.LoginProfile ? "UpdateLoginProfile" : "CreateLoginProfile", { UserName: id, ...next.LoginProfile });
    }
    syncBoundary(aws, "User", id, next.PermissionsBoundary, previous.PermissionsBoundary);
    syncManaged(aws, "User", id, next.ManagedPolicyArns, previous.ManagedPolicyArns);
    syncInline(aws, "User", id, next.Policies, previous.Policies);
    syncTags(aws, "User", id, next.Tags, previous.Tags);
    return { Arn: aws.call("iam", "GetUser", { UserName: id }).User.Arn };
  },
  remove(aws, id) {
    const groups = aws.find("iam", "ListGroupsForUser", { UserName: id });
    if (!groups) return;
    for (const { GroupName } of groups.Groups as Properties[]) aws.remove("iam", "RemoveUserFromGroup", { UserName: id, GroupName });
    aws.remove("iam", "DeleteLoginProfile", { UserName: id });
    strip(aws, "User", id);
    aws.remove("iam", "DeleteUser", { UserName: id });
  },
  read(aws, id, properties) {
    const found = aws.find("iam", "GetUser", { UserName: id });
    if (!found) return undefined;
    const { PermissionsBoundary, Tags, ...rest } = found.User as Properties;
    const groups = (aws.call("iam", "ListGroupsForUser", { UserName: id }).Groups as Properties[]).map(({ GroupName }) => GroupName as string);
    return {
      ...pick(rest, "Path", "UserName"),
      ...(groups.length ? { Groups: groups } : {}),
      ...(PermissionsBoundary ? { PermissionsBoundary: PermissionsBoundary.PermissionsBoundaryArn } : {}),
      ...(Tags?.length ? { Tags } : {}),
      // A password can be set and never read.
      ...pick(properties, "LoginProfile"),
      ...readPolicies(aws, "User", id, properties),
    };
  },
};
