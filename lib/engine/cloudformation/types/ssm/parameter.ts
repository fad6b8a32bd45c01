import { type Aws, jsonText, pick, type Properties, refuse, type ResourceType } from "../type";

/** Source: CloudFormation Template Reference, AWS::SSM::Parameter; its handler's source, aws-cloudformation-resource-providers-ssm. */
export const parameter: ResourceType = {
  type: "AWS::SSM::Parameter",
  properties: { AllowedPattern: "String", DataType: "String", Description: "String", Name: "String", Policies: "Json", Tags: "Object", Tier: "String", Type: "String!", Value: "String!" },
  createOnly: ["Name"],
  attributes: ["Type", "Value"],
  tags: "map",
  writeOnly: ["Policies"],
  create(aws, properties) {
    noSecret(aws, properties);
    const Name = properties.Name ?? `CFN-${aws.logicalId}-${aws.suffix(13)}`;
    aws.call("ssm", "PutParameter", { ...contents(properties), Name, ...(properties.Tags ? { Tags: tagList(properties.Tags) } : {}) });
    return { id: Name, attributes: attributes(properties) };
  },
  update(aws, id, next, previous) {
    noSecret(aws, next);
    aws.call("ssm", "PutParameter", { ...contents(next), Name: id, Overwrite: true });
    const gone = Object.keys(previous.Tags ?? {}).filter((name) => !Object.hasOwn(next.Tags ?? {}, name));
    if (gone.length) aws.call("ssm", "RemoveTagsFromResource", { ResourceType: "Parameter", ResourceId: id, TagKeys: gone });
    const changed = Object.entries(next.Tags ?? {}).filter(([name, value]) => previous.Tags?.[name] !== value);
    if (changed.length) aws.call("ssm", "AddTagsToResource", { ResourceType: "Parameter", ResourceId: id, Tags: tagList(Object.fromEntries(changed)) });
    return attributes(next);
  },
  remove(aws, id) {
    aws.remove("ssm", "DeleteParameter", { Name: id });
  },
  read(aws, id) {
    const found = aws.find("ssm", "GetParameter", { Name: id });
    if (!found) return undefined;
    const { Type, Value, DataType } = found.Parameter as Properties;
    const [described = {}] = aws.call("ssm", "DescribeParameters", { ParameterFilters: [{ Key: "Name", Values: [id] }] }).Parameters as Properties[];
    const tags = aws.call("ssm", "ListTagsForResource", { ResourceType: "Parameter", ResourceId: id }).TagList as { Key: string; Value: string }[];
    return { Name: id, Type, Value, DataType, ...pick(described, "Description", "AllowedPattern", "Tier"), ...(tags.length ? { Tags: Object.fromEntries(tags.map(({ Key, Value: value }) => [Key, value])) } : {}) };
  },
};

function noSecret(aws: Aws, { Type }: Properties): void {
  if (Type === "SecureString") refuse(aws, "SSM Parameters of type SecureString cannot be created using CloudFormation");
}

const contents = (properties: Properties): Properties => ({
  ...pick(properties, "Type", "Value", "Description", "AllowedPattern", "Tier", "DataType"),
  ...(properties.Policies === undefined ? {} : { Policies: jsonText(properties.Policies) }),
});

const attributes = ({ Type, Value }: Properties): Properties => ({ Type, Value });

const tagList = (tags: Record<string, unknown>): { Key: string; Value: string }[] => Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) }));
