import { type Aws, differs, pick, type Properties, refuse, type ResourceType } from "../type";

/** One statement of a bus's policy. Source: CloudFormation Template Reference, AWS::Events::EventBusPolicy. */
export const eventBusPolicy: ResourceType = {
  type: "AWS::Events::EventBusPolicy",
  properties: { Action: "String", Condition: "Object", EventBusName: "String", Principal: "String", Statement: "Json", StatementId: "String!" },
  createOnly: ["EventBusName", "StatementId"],
  create(aws, properties) {
    const bus = nameOf(properties);
    put(aws, properties);
    aws.created(`${bus}|${properties.StatementId}`);
    return { id: `${bus}|${properties.StatementId}` };
  },
  update(aws, _id, next, previous) {
    if (differs(next, previous)) put(aws, next);
  },
  remove(aws, _id, properties) {
    aws.remove("events", "RemovePermission", { EventBusName: nameOf(properties), StatementId: properties.StatementId });
  },
  read(aws, _id, properties) {
    const found = statements(aws, nameOf(properties))?.find(({ Sid }) => Sid === properties.StatementId);
    if (!found) return undefined;
    if (properties.Statement === undefined) return pick(properties, "Action", "Condition", "EventBusName", "Principal", "StatementId");
    const { Sid: _sid, ...Statement } = found;
    return { ...pick(properties, "EventBusName", "StatementId"), Statement };
  },
};

const nameOf = ({ EventBusName }: Properties): string => EventBusName ?? "default";

const statements = (aws: Aws, Name: string): Properties[] | undefined => {
  const found = aws.find("events", "DescribeEventBus", { Name });
  return found && ((found.Policy === undefined ? [] : JSON.parse(found.Policy).Statement) as Properties[]);
};

/** A whole statement has no operation of its own: it joins those that are there. */
function put(aws: Aws, properties: Properties): void {
  const EventBusName = nameOf(properties);
  const { Statement, StatementId } = properties;
  if (Statement === undefined) return void aws.call("events", "PutPermission", { EventBusName, ...pick(properties, "Action", "Condition", "Principal", "StatementId") });
  const given = (typeof Statement === "string" ? JSON.parse(Statement) : Statement) as Properties;
  if (Array.isArray(given)) refuse(aws, "Statement must be one statement.");
  const others = (statements(aws, EventBusName) ?? []).filter(({ Sid }) => Sid !== StatementId);
  aws.call("events", "PutPermission", { EventBusName, Policy: JSON.stringify({ Version: "2012-10-17", Statement: [...others, { ...given, Sid: StatementId }] }) });
}
