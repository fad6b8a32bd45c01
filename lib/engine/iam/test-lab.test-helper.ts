import { createLab, type Lab } from "../lab";
import { seededPorts } from "../ports";
import type { Caller, JsonObject, Reply } from "../types";

export const A = "111122223333";
export const B = "444455556666";
export const adminOf = (account: string): Caller => ({ account, user: "admin" });

/** A lab with short words for calls: `must` gives the output or throws, `fails` gives code and message. */
export function testLab(seed = 1) {
  const lab: Lab = createLab({ ports: seededPorts(seed) });
  const call = (service: string, operation: string, input: JsonObject = {}, caller: Caller = adminOf(A)): Promise<Reply> =>
    lab.call({ service, operation, input, caller, door: "test" });
  return {
    lab,
    call,
    async must(service: string, operation: string, input: JsonObject = {}, caller?: Caller): Promise<any> {
      const reply = await call(service, operation, input, caller);
      if (!reply.ok) throw new Error(`${operation}: ${reply.error.code}: ${reply.error.message}`);
      return reply.output;
    },
    async fails(service: string, operation: string, input: JsonObject = {}, caller?: Caller): Promise<string> {
      const reply = await call(service, operation, input, caller);
      return reply.ok ? `ok ${JSON.stringify(reply.output)}` : `${reply.error.code}: ${reply.error.message}`;
    },
  };
}

export const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
export const allow = (Action: string | string[] = "*", Resource: string | string[] = "*", more: object = {}): string =>
  document({ Effect: "Allow", Action, Resource, ...more });
export const trust = (Principal: object, more: object = {}): string =>
  document({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more });
