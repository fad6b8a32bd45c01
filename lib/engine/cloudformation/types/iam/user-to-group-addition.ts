import { differs, type Properties, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::IAM::UserToGroupAddition. */
export const userToGroupAddition: ResourceType = {
  type: "AWS::IAM::UserToGroupAddition",
  properties: { GroupName: "String!", Users: "List!" },
  attributes: ["Id"],
  create(aws, { GroupName, Users }) {
    const id = aws.name(128);
    aws.created(id);
    for (const UserName of Users as string[]) aws.call("iam", "AddUserToGroup", { GroupName, UserName });
    return { id, attributes: { Id: id } };
  },
  update(aws, _id, next, previous) {
    const other = differs(next.GroupName, previous.GroupName);
    for (const UserName of previous.Users as string[]) if (other || !next.Users.includes(UserName)) aws.remove("iam", "RemoveUserFromGroup", { GroupName: previous.GroupName, UserName });
    for (const UserName of next.Users as string[]) if (other || !previous.Users.includes(UserName)) aws.call("iam", "AddUserToGroup", { GroupName: next.GroupName, UserName });
  },
  remove(aws, _id, { GroupName, Users }) {
    for (const UserName of Users as string[]) aws.remove("iam", "RemoveUserFromGroup", { GroupName, UserName });
  },
  read(aws, _id, { GroupName, Users }) {
    const members = aws.find("iam", "GetGroup", { GroupName })?.Users as Properties[] | undefined;
    const left = members && (Users as string[]).filter((name) => members.some(({ UserName }) => UserName === name));
    return left?.length ? { GroupName, Users: left } : undefined;
  },
};
