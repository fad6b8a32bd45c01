import { expect, test } from "vitest";
import { createLab } from "../lab";
import { seededPorts } from "../ports";
import type { JournalEntry } from "../types";
import { B, fmsLab } from "./fms.test-helper";

/** A policy that has put web ACLs and protections on, in a lab of some days. */
async function world() {
  const w = await fmsLab();
  const start = w.lab.now();
  await w.resource.balancer("x", B);
  const eip = await w.resource.of("ELASTIC_IP", "y", {}, B);
  await w.must("shield", "CreateSubscription", {}, B);
  await w.put({ RemediationEnabled: true });
  await w.put({ PolicyName: "ddos", RemediationEnabled: true, ResourceType: "AWS::EC2::EIP", SecurityServicePolicyData: { Type: "SHIELD_ADVANCED" } });
  await w.must("estate", "RecordAttack", { ResourceArn: eip, StartTime: start / 1000, SubResources: [{ Type: "IP", Id: "192.0.2.2", AttackVectors: [{ VectorType: "SYN_FLOOD" }] }] }, B);
  await w.settle();
  await w.lab.advance(3 * 86_400_000);
  return w;
}

test("a replay of the journal in a fresh lab is the same to the byte", async () => {
  const { lab } = await world();
  const again = createLab({ ports: seededPorts(99) });
  again.replay(JSON.parse(JSON.stringify(lab.journal)) as JournalEntry[]);
  expect(JSON.stringify(again.snapshot())).toBe(JSON.stringify(lab.snapshot()));
});

test("undo takes all of it back, redo brings it again", async () => {
  const { lab } = await world();
  const after = JSON.stringify(lab.snapshot().records);
  while (lab.undo());
  expect(JSON.stringify(lab.snapshot().records)).not.toContain("FMManaged");
  while (lab.redo());
  expect(JSON.stringify(lab.snapshot().records)).toBe(after);
  expect(after).toContain("FMManagedWebACLV2");
});

test("a lab that was saved and opened goes on evaluating", async () => {
  const { lab } = await world();
  const opened = createLab({ ports: seededPorts(5), snapshot: JSON.parse(JSON.stringify(lab.snapshot())), journal: [...lab.journal] });
  const call = (service: string, operation: string, input: object) => opened.call({ service, operation, input: input as never, caller: { account: B, user: "admin" } });
  const made = await call("traffic", "AddResource", { ResourceType: "APPLICATION_LOAD_BALANCER", Name: "late" });
  await opened.advance(1_200_000);
  const { Arn: ResourceArn } = (made as unknown as { output: { Resource: { Arn: string } } }).output.Resource;
  expect(await call("wafv2", "GetWebACLForResource", { ResourceArn })).toMatchObject({ ok: true, output: { WebACL: { Name: expect.stringMatching(/^FMManagedWebACLV2-/) } } });
});
