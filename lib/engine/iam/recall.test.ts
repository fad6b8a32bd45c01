import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Draft, Records, dbOf } from "../store";
import type { AttachedPolicy, ConditionContext, Db, Decision, Principal } from "../types";
import { decide, type Brought } from "./decide";
import { globalKeys } from "./globals";
import { users } from "./state";
import { ensureAccount, recognise } from "./who";

/** What is kept between decisions is never another decision's, and is the same object where nothing differs. */

const A = "111122223333";

const value = fc.constantFrom("a", "b", "A", "a*", "${aws:username}", "${aws:PrincipalTag/Team}", "${aws:principaltag/team, 'none'}", "1", "true");
const key = fc.constantFrom("aws:username", "aws:PrincipalTag/Team", "aws:principaltag/team", "aws:TagKeys", "kms:ViaService", "AWS:USERNAME");
const pattern = fc.constantFrom("*", "s:*", "s:Get", "s:Put?", "S:GET");
const resource = fc.constantFrom("*", "arn:x:s:::a", "arn:x:s:::${aws:username}", "arn:x:s:::${aws:PrincipalTag/Team}/*", "arn:x:s:::*");
const statement = fc.record({
  Effect: fc.constantFrom("Allow", "Allow", "Deny"),
  Action: pattern,
  Resource: fc.oneof(resource, fc.array(resource, { minLength: 1, maxLength: 2 })),
  Condition: fc.dictionary(
    fc.constantFrom("StringEquals", "StringLike", "StringNotEqualsIfExists", "ForAnyValue:StringEquals", "Null"),
    fc.dictionary(key, fc.array(value, { minLength: 1, maxLength: 2 }), { maxKeys: 2 }),
    { maxKeys: 2 },
  ),
});
const document = fc.array(statement, { minLength: 1, maxLength: 3 }).map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));
const keyStatement = fc.record({
  Effect: fc.constantFrom("Allow", "Deny"),
  Principal: fc.constantFrom<unknown>("*", { AWS: `arn:aws:iam::${A}:root` }, { AWS: `arn:aws:iam::${A}:user/u` }),
  Action: pattern,
  Resource: fc.constant("*"),
});
const keyDocument = fc.array(keyStatement, { minLength: 1, maxLength: 2 }).map((Statement) => JSON.stringify({ Version: "2012-10-17", Statement }));
const context: fc.Arbitrary<ConditionContext> = fc.dictionary(key, fc.oneof(value, fc.array(value, { maxLength: 2 })), { maxKeys: 4 });
const question = fc.record({ who: fc.constantFrom("u", "w"), action: fc.constantFrom("s:Get", "s:Put1", "t:X"), resource: fc.constantFrom("arn:x:s:::a", "arn:x:s:::u", "arn:x:s:::a/b", "*"), context, keyed: fc.boolean(), bounded: fc.boolean() });

const person = (name: string): Principal => ({ type: "User", account: A, arn: `arn:aws:iam::${A}:user/${name}`, userId: `AIDA${name}`, name });

test("a decision that was recalled says what one made anew says", () => {
  const db = dbOf(new Draft(new Records()), A, "global", "iam");
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 3 }), keyDocument, document, fc.array(question, { minLength: 2, maxLength: 25 }), (identity, ofKey, boundary, questions) => {
      const people = { u: person("u"), w: person("w") };
      const policy = (text: string, name: string): AttachedPolicy => ({ name, document: text });
      const globals: ConditionContext = {};
      const held: Brought = { identity: identity.map((text, i) => policy(text, `p${i}`)), session: [] };
      const edge = policy(boundary, "edge");
      const resourcePolicy = { ...policy(ofKey, "default"), kind: "KeyPolicy", authority: "sole" } as const;
      for (const { who, keyed, bounded, ...asked } of questions) {
        const got = decide(db, people[who as "u" | "w"], { ...asked, ...(keyed && { resourcePolicy }) }, globals, bounded ? { ...held, boundary: edge } : held);
        // Nothing is known of texts, policies and callers that were never seen: a space makes another text.
        const anew = (known: AttachedPolicy): AttachedPolicy => ({ ...known, document: known.document + " ".repeat(1 + (unseen++ % 4000)) });
        const fresh: Brought = { identity: held.identity.map(anew), session: [], ...(bounded && { boundary: anew(edge) }) };
        const wanted = decide(db, person(who), { ...structuredClone(asked), ...(keyed && { resourcePolicy: { ...resourcePolicy, ...anew(resourcePolicy) } }) }, {}, fresh);
        expect(JSON.stringify(got)).toBe(JSON.stringify(wanted));
      }
    }),
    { seed: 20260711, numRuns: 100 },
  );
});
let unseen = 0;

describe("objects are shared", () => {
  const ask = (db: Db, principal: Principal, at: number, resource = "arn:x:s:::a", sourceIp = "10.0.0.1"): Decision =>
    decide(db, principal, { action: "s:Get", resource, context: { "s:k": ["v"] } }, globalKeys(principal, { now: at, region: "us-east-1", via: [], sourceIp }, db));
  const world = (): { records: Records; db: () => Db; admin: () => Principal } => {
    const records = new Records();
    const draft = new Draft(records);
    ensureAccount(dbOf(draft, A, "global", "iam"), A);
    records.apply(draft.changes());
    const db = (): Db => dbOf(new Draft(records), A, "global", "iam");
    const admin = (): Principal => {
      const who = recognise(db(), { account: A, user: "admin" }, 0);
      if (!who.ok) throw new Error(who.error.code);
      return who.output;
    };
    return { records, db, admin };
  };

  test("the same question in the same second has the same decision, and others have their own", () => {
    const { db, admin } = world();
    const first = ask(db(), admin(), 1000);
    expect(ask(db(), admin(), 1999)).toBe(first);
    const later = ask(db(), admin(), 2000);
    expect(later).not.toBe(first);
    expect(later.context["aws:EpochTime"]).toBe("2");
    expect(first.context["aws:EpochTime"]).toBe("1");
    expect(later.layers[3]).toBe(first.layers[3]);
    expect(ask(db(), admin(), 2000, "arn:x:s:::b").resource).toBe("arn:x:s:::b");
    expect(ask(db(), admin(), 2000, "arn:x:s:::b", "10.0.0.2").context["aws:SourceIp"]).toBe("10.0.0.2");
  });

  test("a policy, a tag or a row that changed is seen at once, also within the draft that changes it", () => {
    const { records, db, admin } = world();
    expect(ask(db(), admin(), 1000).effect).toBe("Allow");
    const draft = new Draft(records);
    const inside = dbOf(draft, A, "global", "iam");
    const row = users(inside, A).edit("admin");
    row.Tags = [{ Key: "Team", Value: "a" }];
    expect(ask(inside, admin(), 1000).context["aws:PrincipalTag/Team"]).toBe("a");
    row.Tags[0].Value = "b";
    expect(ask(inside, admin(), 1000).context["aws:PrincipalTag/Team"]).toBe("b");
    row.inline = { no: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}' };
    expect(ask(inside, admin(), 1000).effect).toBe("ExplicitDeny");
    expect(ask(db(), admin(), 1000).effect).toBe("Allow");
    records.apply(draft.changes());
    expect(ask(db(), admin(), 1000).effect).toBe("ExplicitDeny");
  });
});
