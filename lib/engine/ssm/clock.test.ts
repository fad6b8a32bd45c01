import { describe, expect, it } from "vitest";
import { account, testLab } from "./ssm.test-helper";

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 1);
const iso = (ms: number): string => new Date(ms).toISOString();
const expiration = (ms: number) => ({ Type: "Expiration", Version: "1.0", Attributes: { Timestamp: iso(ms) } });
const before = (Before: string, Unit: string) => ({ Type: "ExpirationNotification", Version: "1.0", Attributes: { Before, Unit } });
const after = (After: string, Unit: string) => ({ Type: "NoChangeNotification", Version: "1.0", Attributes: { After, Unit } });
const policies = (...list: object[]) => ({ Tier: "Advanced", Policies: JSON.stringify(list) });
const arn = `arn:aws:ssm:us-east-1:${account}:parameter/p`;

const acted = (t: ReturnType<typeof testLab>): [string, number][] => t.events("Parameter Store Policy Action").map(({ detail, time }) => [detail["policy-type"], (time - start) / hour]);
const statuses = async (t: ReturnType<typeof testLab>): Promise<string[]> => (await t.good("DescribeParameters", {})).Parameters[0].Policies.map((policy: any) => policy.PolicyStatus);

describe("parameter policies and the clock", () => {
  it("tells of the end beforehand, then deletes", async () => {
    const t = testLab();
    await t.put("/p", "x", policies(expiration(start + 30 * day), before("15", "Days"), before("1", "Hours")));
    const [described] = (await t.good("DescribeParameters", {})).Parameters;
    expect(described.Policies[1]).toEqual({ PolicyText: JSON.stringify(before("15", "Days")), PolicyType: "ExpirationNotification", PolicyStatus: "Pending" });
    await t.lab.advance(15 * day - 1);
    expect(acted(t)).toEqual([]);
    await t.lab.advance(1);
    expect(acted(t)).toEqual([["ExpirationNotification", 360]]);
    expect(await statuses(t)).toEqual(["Pending", "Finished", "Pending"]);
    await t.lab.advance(40 * day);
    expect(acted(t)).toEqual([["ExpirationNotification", 360], ["ExpirationNotification", 719], ["Expiration", 720]]);
    expect((await t.bad("GetParameter", { Name: "/p" })).code).toBe("ParameterNotFound");
    expect(t.events("Parameter Store Change").map(({ detail }) => detail.operation)).toEqual(["Create", "Delete"]);
    expect(t.lab.upcoming()).toEqual([]);
  });

  it("writes the event as AWS does", async () => {
    const t = testLab();
    await t.put("/p", "x", policies(after("2", "Hours")));
    await t.lab.advance(2 * hour);
    expect(t.events("Parameter Store Policy Action")[0]).toMatchObject({
      source: "aws.ssm",
      resources: [arn],
      detail: {
        "policy-type": "NoChangeNotification",
        "parameter-name": "/p",
        "parameter-type": "String",
        "policy-content": '{"Type":"NoChangeNotification","Version":"1.0","Attributes":{"After":"2","Unit":"Hours"}}',
        "action-status": "Success",
        "action-reason": "The parameter has not been changed for 2 hours. This notification was generated based on the policy created at 2026-01-01T00:00:00.000Z",
      },
    });
  });

  it("waits anew for a change after an edit, and not for the end", async () => {
    const t = testLab();
    await t.put("/p", "x", policies(after("20", "Days"), expiration(start + 30 * day)));
    await t.lab.advance(19 * day);
    await t.put("/p", "y", { Overwrite: true });
    await t.lab.advance(2 * day);
    expect(acted(t)).toEqual([]);
    // Tags and labels are no change.
    await t.good("LabelParameterVersion", { Name: "/p", Labels: ["l"] });
    await t.lab.advance(8 * day);
    expect(acted(t)).toEqual([]);
    await t.lab.advance(day);
    expect(acted(t)).toEqual([["Expiration", 720]]);
  });

  it("tells of each span without a change once", async () => {
    const t = testLab();
    await t.put("/p", "x", policies(after("1", "Days")));
    await t.lab.advance(10 * day);
    expect(acted(t)).toEqual([["NoChangeNotification", 24]]);
    expect(await statuses(t)).toEqual(["Finished"]);
    await t.put("/p", "y", { Overwrite: true });
    expect(await statuses(t)).toEqual(["Pending"]);
    await t.lab.advance(day);
    expect(acted(t)).toEqual([["NoChangeNotification", 24], ["NoChangeNotification", 264]]);
    // The history keeps what was when a version was current.
    expect((await t.good("GetParameterHistory", { Name: "/p" })).Parameters.map((p: any) => p.Policies[0].PolicyStatus)).toEqual(["Finished", "Finished"]);
  });

  it("replaces policies by others, or by none", async () => {
    const t = testLab();
    await t.put("/p", "x", policies(expiration(start + day), after("1", "Hours")));
    await t.put("/p", "x", { Overwrite: true, ...policies(after("2", "Hours")) });
    expect(t.lab.upcoming().map(({ kind, due }) => [kind, due - start])).toEqual([["NoChangeNotification", 2 * hour]]);
    await t.put("/p", "x", { Overwrite: true, Policies: "[{}]" });
    expect(t.lab.upcoming()).toEqual([]);
    expect((await t.good("DescribeParameters", {})).Parameters[0].Policies).toEqual([]);
    await t.put("/p", "x", { Overwrite: true, ...policies(expiration(start + day)) });
    await t.good("DeleteParameter", { Name: "/p" });
    expect(t.lab.upcoming()).toEqual([]);
    await t.put("/p", "born again");
    await t.lab.advance(2 * day);
    expect((await t.get("/p")).Value).toBe("born again");
  });

  it("acts on what is past when it is put as soon as the clock moves", async () => {
    const t = testLab();
    await t.put("/p", "x", policies(expiration(start - day), before("1", "Days")));
    await t.lab.advance(1);
    expect((await t.bad("GetParameter", { Name: "/p" })).code).toBe("ParameterNotFound");
    expect(acted(t).map(([type]) => type).sort()).toEqual(["Expiration", "ExpirationNotification"]);
  });

  it("refuses policies on a standard parameter; Intelligent-Tiering makes it advanced", async () => {
    const t = testLab();
    const { Policies } = policies(after("1", "Days"));
    expect((await t.bad("PutParameter", { Name: "/p", Value: "x", Type: "String", Policies })).code).toBe("ValidationException");
    expect(await t.put("/p", "x", { Policies, Tier: "Intelligent-Tiering" })).toEqual({ Version: 1, Tier: "Advanced" });
    expect((await t.bad("PutParameter", { Name: "/q", Value: "x", Type: "String", Tier: "Advanced", Policies: "nonsense" })).code).toBe("InvalidPolicyAttributeException");
  });

  it("tells of changes and labels", async () => {
    const t = testLab();
    await t.put("/p", "x", { Description: "about" });
    await t.lab.advance(1);
    await t.put("/p", "y", { Overwrite: true });
    await t.lab.advance(1);
    await t.good("LabelParameterVersion", { Name: "/p", Labels: ["l"] });
    await t.lab.advance(1);
    await t.good("DeleteParameter", { Name: "/p" });
    expect(t.events("Parameter Store Change").map(({ detail, resources }) => [detail, resources])).toEqual(
      ["Create", "Update", "LabelParameterVersion", "Delete"].map((operation) => [{ operation, name: "/p", type: "String", description: "about" }, [arn]]),
    );
  });
});
