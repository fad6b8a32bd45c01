import type { Properties, ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::IAM::AccessKey (a new serial makes a new key). */
export const accessKey: ResourceType = {
  type: "AWS::IAM::AccessKey",
  properties: { Serial: "Number", Status: "String", UserName: "String!" },
  createOnly: ["Serial", "UserName"],
  attributes: ["SecretAccessKey"],
  create(aws, { UserName, Status }) {
    const { AccessKey } = aws.call("iam", "CreateAccessKey", { UserName });
    aws.created(AccessKey.AccessKeyId);
    if (Status === "Inactive") aws.call("iam", "UpdateAccessKey", { UserName, AccessKeyId: AccessKey.AccessKeyId, Status });
    return { id: AccessKey.AccessKeyId, attributes: { SecretAccessKey: AccessKey.SecretAccessKey } };
  },
  update(aws, id, { UserName, Status = "Active" }) {
    aws.call("iam", "UpdateAccessKey", { UserName, AccessKeyId: id, Status });
  },
  remove(aws, id, { UserName }) {
    aws.remove("iam", "DeleteAccessKey", { UserName, AccessKeyId: id });
  },
  read(aws, id, { UserName, Serial }) {
    const keys = aws.find("iam", "ListAccessKeys", { UserName })?.AccessKeyMetadata as Properties[] | undefined;
    const known = keys?.find(({ AccessKeyId }) => AccessKeyId === id);
    return known && { UserName, Status: known.Status, ...(Serial === undefined ? {} : { Serial }) };
  },
};
