import { type Aws, jsonText, pick, type Properties, type ResourceType, tagChanges } from "../type";

/** Source: CloudFormation Template Reference, AWS::Events::Rule (`Ref`: the name, after its bus where that is not the default one). */
export const rule: ResourceType = {
  type: "AWS::Events::Rule",
  properties: { Description: "String", EventBusName: "String", EventPattern: "Json", Name: "String", RoleArn: "String", ScheduleExpression: "String", State: "String", Tags: "List", Targets: "List" },
  createOnly: ["EventBusName", "Name"],
  attributes: ["Arn"],
  name: { property: "Name", max: 64 },
  tags: "list",
  create(aws, properties) {
    const Name = properties.Name ?? aws.name(64);
    const id = isDefault(properties) ? Name : `${properties.EventBusName}|${Name}`;
    const { RuleArn } = aws.call("events", "PutRule", { Name, ...contents(properties), ...(properties.Tags?.length ? { Tags: properties.Tags } : {}) });
    aws.created(id);
    targets(aws, Name, properties, {});
    return { id, attributes: { Arn: RuleArn } };
  },
  update(aws, id, next, previous) {
    const Name = nameIn(id);
    const { RuleArn } = aws.call("events", "PutRule", { Name, ...contents(next) });
    targets(aws, Name, next, previous);
    const { add, remove } = tagChanges(next.Tags, previous.Tags);
    if (remove.length) aws.call("events", "UntagResource", { ResourceARN: RuleArn, TagKeys: remove });
    if (add.length) aws.call("events", "TagResource", { ResourceARN: RuleArn, Tags: add as never });
    return { Arn: RuleArn };
  },
  remove(aws, id, properties) {
    const Name = nameIn(id);
    const found = aws.find("events", "ListTargetsByRule", { Rule: Name, ...pick(properties, "EventBusName") });
    if (!found) return;
    const Ids = (found.Targets as Properties[]).map((target) => target.Id as string);
    if (Ids.length) aws.remove("events", "RemoveTargets", { Rule: Name, Ids, ...pick(properties, "EventBusName") });
    aws.remove("events", "DeleteRule", { Name, ...pick(properties, "EventBusName") });
  },
  read(aws, id, properties) {
    const Name = nameIn(id);
    const found = aws.find("events", "DescribeRule", { Name, ...pick(properties, "EventBusName") });
    if (!found) return undefined;
    const { Targets } = aws.call("events", "ListTargetsByRule", { Rule: Name, ...pick(properties, "EventBusName") });
    const { Tags } = aws.call("events", "ListTagsForResource", { ResourceARN: found.Arn });
    return {
      ...pick(found, "Description", "EventBusName", "Name", "RoleArn", "ScheduleExpression", "State"),
      ...(found.EventPattern === undefined ? {} : { EventPattern: JSON.parse(found.EventPattern) }),
      ...(Targets?.length ? { Targets } : {}),
      ...(Tags?.length ? { Tags } : {}),
    };
  },
};

const isDefault = ({ EventBusName }: Properties): boolean => EventBusName === undefined || EventBusName === "default";
const nameIn = (id: string): string => id.slice(id.lastIndexOf("|") + 1);

const contents = (properties: Properties): Properties => ({
  ...pick(properties, "Description", "EventBusName", "RoleArn", "ScheduleExpression", "State"),
  ...(properties.EventPattern === undefined ? {} : { EventPattern: jsonText(properties.EventPattern) }),
});

function targets(aws: Aws, Rule: string, next: Properties, previous: Properties): void {
  const will = (next.Targets ?? []) as Properties[];
  const gone = ((previous.Targets ?? []) as Properties[]).map(({ Id }) => Id as string).filter((id) => !will.some(({ Id }) => Id === id));
  if (gone.length) aws.call("events", "RemoveTargets", { Rule, Ids: gone, ...pick(next, "EventBusName") });
  if (will.length) aws.call("events", "PutTargets", { Rule, Targets: will, ...pick(next, "EventBusName") });
}
