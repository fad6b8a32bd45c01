import { describe, expect, test } from "vitest";
import { savedRequests } from "@/content/waf/saved-requests";
import { labRequest } from "@/lib/engine/wafv2/requests/index";
import { recordedRequest } from "@/lib/engine/wafv2/requests/recorded";
import { admin, contains, labOf, rule } from "@/lib/engine/wafv2/wafv2.test-helper";
import type { JsonObject } from "@/lib/engine/types";
import type { LabCopy } from "../../frame/lab";
import type { Rule, WebAcl } from "../waf-types";
import { toShown } from "../rule/rule-json";
import { inOrder, moved } from "../rule/shape";
import { changesOf, confusionOf, rightness, stoppedIn, throughIn } from "./set/compare-tries";
import { acted } from "./edit/edit-draft";
import { freeId } from "./set/own-requests";
import type { AclRef } from "./place";
import { tryOne, trySet, type Edit } from "./try-requests";

const sender = { ip: "192.0.2.10" };
const always = () => true;

async function bench(...rules: JsonObject[]) {
  const { lab, acl, done } = labOf();
  const { Id } = await acl("shop", rules);
  const copy = (): LabCopy => {
    const fork = lab.fork();
    return { call: (service, operation, input, region = "us-east-1") => fork.call({ service, operation, input, caller: admin, region }) };
  };
  const { WebACL } = (await done("wafv2", "GetWebACL", { Name: "shop", Id, Scope: "REGIONAL" })) as { WebACL: WebAcl };
  const shown = inOrder((WebACL.Rules ?? []).map(toShown));
  const ref: AclRef = { scope: "REGIONAL", Name: "shop", Id };
  const set = async (edit?: Edit) => {
    const tried = await trySet(copy(), ref, { edit }, savedRequests, sender, always);
    if (!tried?.ok) throw new Error(tried?.error.message);
    return tried.value;
  };
  return { lab, copy, ref, shown, set, edit: (list: readonly Rule[]): Edit => ({ rules: list, action: { Allow: {} } }) };
}

const sqli = rule("sqli", { SqliMatchStatement: { FieldToMatch: { AllQueryArguments: {} }, TextTransformations: [{ Priority: 0, Type: "URL_DECODE" }] } });
const open = () => rule("open", contains("/orders", { UriPath: {} }), { Allow: {} });

describe("a set before and after an edit", () => {
  test("a rule in the wrong place: the edit that mends it turns attacks and nothing else, and the lab knows of nothing", async () => {
    const { lab, set, shown, edit } = await bench(open(), { ...sqli, Priority: 9_999 });
    const [seq, state] = [lab.seq, JSON.stringify(lab.snapshot())];
    const before = await set();
    const after = await set(edit(moved(shown, 1, -1)));
    const changes = changesOf(savedRequests, before, after);
    expect(changes.map(({ request: { id }, changed, before: was, after: is }) => [id, changed, was.decided.rule, is.decided.rule])).toEqual([["sqli-tautology", "outcome", "open", "sqli"]]);
    const [was, is] = [confusionOf(savedRequests, before), confusionOf(savedRequests, after)];
    expect(stoppedIn(is.all.harmful) - stoppedIn(was.all.harmful)).toBe(1);
    expect(is.all.harmless).toEqual(was.all.harmless);
    for (const { all, kinds } of [was, is]) {
      expect(stoppedIn(all.harmful) + throughIn(all.harmful) + stoppedIn(all.harmless) + throughIn(all.harmless)).toBe(savedRequests.length);
      expect(kinds.reduce((sum, { harmful, harmless }) => sum + harmful.stopped + harmless.stopped, 0)).toBe(stoppedIn(all.harmful) + stoppedIn(all.harmless));
    }
    expect([lab.seq, JSON.stringify(lab.snapshot())]).toEqual([seq, state]);
  });
  test("first Count, then Block: what is counted is what would be blocked", async () => {
    const { set, shown, edit } = await bench(sqli);
    const [blocked, counted] = [await set(), await set(edit(acted(shown, 0, "Count", {}).rules!))];
    const ids = (map: typeof blocked, outcome: string) => [...map].flatMap(([id, tried]) => (tried.outcome === outcome ? [id] : []));
    expect(ids(blocked, "blocked").length).toBeGreaterThan(8);
    expect(ids(counted, "counted")).toEqual(ids(blocked, "blocked"));
    expect(ids(counted, "blocked")).toEqual([]);
    const one = savedRequests.find(({ id }) => id === "sqli-union")!;
    expect([rightness(true, blocked.get(one.id)!), rightness(true, counted.get(one.id)!), rightness(false, blocked.get(one.id)!)]).toEqual(["right", "missed", "false alarm"]);
  });
  test("an edit that AWS WAF refuses is refused in its words; a round that nobody waits for ends", async () => {
    const { copy, ref, shown, edit } = await bench(sqli);
    const wrong = await trySet(copy(), ref, { edit: edit([{ ...shown[0], Statement: {} }]) }, savedRequests, sender, always);
    expect(wrong).toMatchObject({ ok: false, error: { code: "WAFInvalidParameterException" } });
    expect(await trySet(copy(), { ...ref, Id: "00000000-0000-0000-0000-000000000000" }, {}, savedRequests, sender, always)).toMatchObject({ ok: false, error: { code: "WAFNonexistentItemException" } });
    const seen: number[] = [];
    expect(await trySet(copy(), ref, {}, savedRequests, sender, (done) => seen.push(done) < 3)).toBeUndefined();
    expect(seen).toEqual([0, 25, 50]);
  });
  test("one request comes with its way, of the edit where there is one", async () => {
    const { copy, ref, shown, edit } = await bench(sqli);
    const { message } = savedRequests.find(({ id }) => id === "sqli-union")!;
    expect(await tryOne(copy(), ref, {}, message, sender)).toMatchObject({ ok: true, value: { action: "BLOCK", walk: [{ name: "sqli", terminated: true }] } });
    expect(await tryOne(copy(), ref, { edit: edit(acted(shown, 0, "Count", {}).rules!) }, message, sender)).toMatchObject({ ok: true, value: { action: "ALLOW", walk: [{ name: "sqli", terminated: false, action: "COUNT" }] } });
  });
});

test("what is sent can be recorded as it was", () => {
  for (const { message, client = sender } of savedRequests) expect(recordedRequest(JSON.parse(JSON.stringify(labRequest(message, client))))).toEqual({ message, client });
  expect(recordedRequest({ Uri: "/a b", Method: "POST", ClientIp: "192.0.2.1", Headers: [{ Name: "Host", Value: "a" }], Body: btoa("x") })).toEqual({
    message: { method: "POST", uri: "/a%20b", httpVersion: "HTTP/1.1", headers: [["Host", "a"], ["Content-Length", "1"]], body: "x" },
    client: { ip: "192.0.2.1" },
  });
  for (const other of [undefined, null, 1, {}, { Uri: "/" }, { Uri: "/", ClientIp: 1 }, { Uri: "x", ClientIp: "192.0.2.1" }, { Uri: "/", ClientIp: "192.0.2.1", Headers: [{}] }, { Uri: "/", ClientIp: "192.0.2.1", Body: "?" }, { Uri: "/", ClientIp: "192.0.2.1", Headers: {} }]) expect(recordedRequest(other)).toBeUndefined();
});

test("a request of one's own gets an id that nothing has", () => {
  expect([freeId([]), freeId([{ id: "own-1" }]), freeId([{ id: "own-2" }]), freeId([], "mine"), freeId([{ id: "mine" }], "mine"), freeId([], "all"), freeId([], "sqli-union")]).toEqual(["own-1", "own-2", "own-3", "mine", "own-2", "own-1", "own-1"]);
});
