import { catalog, loadServices } from "../catalog";
import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject, Reply } from "../types";

export const A = "111122223333";
export const admin: Caller = { account: A, user: "admin" };

export type World = Awaited<ReturnType<typeof world>>;

/** A lab with short words for stacks. */
export async function world(seed = 1) {
  await loadServices(["cloudformation"]);
  const lab: Lab = createLab({ ports: seededPorts(seed) });
  const call = (service: string, operation: string, input: JsonObject = {}, caller: Caller = admin): Promise<Reply> => lab.call({ service, operation, input, caller, door: "test" });
  const must = async (service: string, operation: string, input: JsonObject = {}, caller?: Caller): Promise<any> => {
    const reply = await call(service, operation, input, caller);
    if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
    return reply.output;
  };
  const fails = async (service: string, operation: string, input: JsonObject = {}, caller?: Caller): Promise<string> => {
    const reply = await call(service, operation, input, caller);
    return reply.ok ? `ok ${JSON.stringify(reply.output)}` : `${reply.error.code}: ${reply.error.message}`;
  };
  const cfn = (operation: string, input: JsonObject = {}, caller?: Caller): Promise<any> => must("cloudformation", operation, input, caller);
  const stack = async (name: string): Promise<any> => (await cfn("DescribeStacks", { StackName: name })).Stacks[0];
  /** Until nothing is under way any more. */
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 500 && lab.upcoming(50).some(({ service, kind }) => service === "cloudformation" && kind !== "x"); i++) await lab.advance(1_000);
  };
  return {
    lab, call, must, fails, cfn, stack, settle,
    /** Events, oldest first: `Logical STATUS` and the reason. */
    async events(name: string): Promise<string[]> {
      const all: any[] = [];
      for (let NextToken: string | undefined, first = true; first || NextToken; first = false) {
        const part = await cfn("DescribeStackEvents", { StackName: name, ...(NextToken ? { NextToken } : {}) });
        all.push(...part.StackEvents);
        ({ NextToken } = part);
      }
      return all.toReversed().map(({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) => [LogicalResourceId, ResourceStatus, ...(ResourceStatusReason ? [ResourceStatusReason] : [])].join(" "));
    },
    async create(name: string, TemplateBody: string | object, more: JsonObject = {}): Promise<any> {
      await cfn("CreateStack", { StackName: name, TemplateBody: body(TemplateBody), Capabilities: ["CAPABILITY_NAMED_IAM"], ...more });
      await settle();
      return stack(name);
    },
    async update(name: string, TemplateBody: string | object, more: JsonObject = {}): Promise<any> {
      await cfn("UpdateStack", { StackName: name, TemplateBody: body(TemplateBody), Capabilities: ["CAPABILITY_NAMED_IAM"], ...more });
      await settle();
      return stack(name);
    },
    async remove(name: string, more: JsonObject = {}): Promise<any> {
      const { StackId } = await stack(name);
      await cfn("DeleteStack", { StackName: name, ...more });
      await settle();
      return stack(StackId);
    },
    /** What an output says. */
    output: async (name: string, key: string): Promise<string | undefined> => ((await stack(name)).Outputs ?? []).find(({ OutputKey }: any) => OutputKey === key)?.OutputValue,
    /** Whether a service is simulated by now, so that its types can be tried. */
    has: (service: string, operation: string): boolean => catalog.get(service)?.operations.has(operation) === true,
  };
}

export const body = (template: string | object): string => (typeof template === "string" ? template : JSON.stringify(template));

/** A template of one plain parameter and more. */
export const parameter = (Value: unknown, more: object = {}): object => ({ Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value, ...more } });
