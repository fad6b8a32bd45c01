import { differs, pick, type Properties, type ResourceType } from "../type";
import { readPolicies, strip, syncInline, syncManaged } from "./entity";

/** Source: CloudFormation Template Reference, AWS::IAM::Group. */
export const group: ResourceType = {
  type: "AWS::IAM::Group",
  properties: { GroupName: "String", ManagedPolicyArns: "List", Path: "String", Policies: "List" },
  createOnly: ["GroupName"],
  attributes: ["Arn"],
  name: { property: "GroupName", max: 128 },
  create(aws, properties) {
    const GroupName = properties.GroupName ?? aws.name(128);
    const { Group } = aws.call("iam", "CreateGroup", { GroupName, ...pick(properties, "Path") });
    aws.created(GroupName);
    syncManaged(aws, "Group", GroupName, properties.ManagedPolicyArns);
    syncInline(aws, "Group", GroupName, properties.Policies);
    return { id: GroupName, attributes: { Arn: Group.Arn } };
  },
  update(aws, id, next, previous) {
    if (differs(next.Path, previous.Path)) aws.call("iam", "UpdateGroup", { GroupName: id, NewPath: next.Path ?? "/" });
    syncManaged(aws, "Group", id, next.ManagedPolicyArns, previous.ManagedPolicyArns);
    syncInline(aws, "Group", id, next.Policies, previous.Policies);
    return { Arn: aws.call("iam", "GetGroup", { GroupName: id }).Group.Arn };
  },
  remove(aws, id) {
    const members = aws.find("iam", "GetGroup", { GroupName: id });
    for (const { UserName } of (members?.Users ?? []) as Properties[]) aws.remove("iam", "RemoveUserFromGroup", { GroupName: id, UserName });
    strip(aws, "Group", id);
    aws.remove("iam", "DeleteGroup", { GroupName: id });
  },
  read(aws, id, properties) {
    const found = aws.find("iam", "GetGroup", { GroupName: id });
    return found && { ...pick(found.Group, "GroupName", "Path"), ...readPolicies(aws, "Group", id, properties) };
  },
};
