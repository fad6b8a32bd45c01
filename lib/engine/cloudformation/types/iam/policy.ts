import { type Aws, differs, jsonText, type Properties, refuse, type ResourceType } from "../type";
import { documentOf, type Entity } from "./entity";

const holders: [property: string, entity: Entity][] = [["Roles", "Role"], ["Users", "User"], ["Groups", "Group"]];

/** An inline policy of several holders. Source: CloudFormation Template Reference, AWS::IAM::Policy. */
export const policy: ResourceType = {
  type: "AWS::IAM::Policy",
  properties: { Groups: "List", PolicyDocument: "Json!", PolicyName: "String!", Roles: "List", Users: "List" },
  attributes: ["Id"],
  create(aws, properties) {
    if (!holders.some(([property]) => properties[property]?.length)) refuse(aws, "At least one of [Groups,Roles,Users] must be non-empty.");
    const id = aws.name(128);
    aws.created(id);
    put(aws, properties);
    return { id, attributes: { Id: id } };
  },
  update(aws, _id, next, previous) {
    const renamed = next.PolicyName !== previous.PolicyName;
    if (renamed || holders.some(([property]) => differs(next[property], previous[property]))) take(aws, previous, renamed ? {} : next);
    put(aws, next);
  },
  remove(aws, _id, properties) {
    take(aws, properties, {});
  },
  read(aws, _id, properties) {
    for (const [property, entity] of holders)
      for (const name of (properties[property] ?? []) as string[]) {
        const found = aws.find("iam", `Get${entity}Policy`, { [`${entity}Name`]: name, PolicyName: properties.PolicyName });
        if (!found) return undefined;
        if (differs(documentOf(found.PolicyDocument), properties.PolicyDocument)) return { ...properties, PolicyDocument: documentOf(found.PolicyDocument) };
      }
    return properties;
  },
};

function put(aws: Aws, properties: Properties): void {
  for (const [property, entity] of holders)
    for (const name of (properties[property] ?? []) as string[]) aws.call("iam", `Put${entity}Policy`, { [`${entity}Name`]: name, PolicyName: properties.PolicyName, PolicyDocument: jsonText(properties.PolicyDocument) });
}

/** From those who have it, and will not. */
function take(aws: Aws, previous: Properties, next: Properties): void {
  for (const [property, entity] of holders)
    for (const name of (previous[property] ?? []) as string[]) if (!(next[property] ?? []).includes(name)) aws.remove("iam", `Delete${entity}Policy`, { [`${entity}Name`]: name, PolicyName: previous.PolicyName });
}
