import { describe, expect, test } from "vitest";
import { wholeModels } from "../engine/whole-models";
import { createLab } from "../engine/lab";
import { seededPorts } from "../engine/ports";
import { answer } from "./handle";
import { sign } from "./sigv4";

/** Hostile requests from fixed seeds: always an answer, never a 5xx, and what is refused has changed nothing. */
function maker(seed: number) {
  let state = seed >>> 0;
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
  return { below, one: <T>(list: readonly T[]): T => list[below(list.length)] };
}

type Chance = ReturnType<typeof maker>;

const texts = ["", "x", "alias/a", "__proto__", "constructor", "../../etc/passwd", "😀", "\u0000", "\ud800", "a".repeat(2_000), "arn:aws:kms:us-east-1:111122223333:key/x", "arn:aws:iam::111122223333:role/r", "arn:::::::", "{}", '{"Version":"2012-10-17","Statement":[]}', "[[[", "null", "NaN", "2026-13-45T99:99:99Z", "{{ssm:x}}", "/a/b/c", "=", "AAAA", "%00%zz", "<a>&amp;]]>"];

function junk(chance: Chance, depth = 0): unknown {
  const { below, one } = chance;
  switch (below(depth > 3 ? 5 : 8)) {
    case 0: return one(texts);
    case 1: return one([0, -1, 1, 1e308, -1e308, 2 ** 53, 0.5, 4097]);
    case 2: return null;
    case 3: return below(2) === 0;
    case 4: return "x".repeat(below(5000));
    case 5: return Array.from({ length: below(12) }, () => junk(chance, depth + 1));
    default: return Object.fromEntries(Array.from({ length: below(6) }, () => [one(texts), junk(chance, depth + 1)]));
  }
}

/** Something of the shape that the model wants, with something wrong here and there. */
function near(chance: Chance, model: any, shapeName: string, depth = 0): unknown {
  const { below, one } = chance;
  if (below(20) === 0 || depth > 6) return junk(chance, depth);
  const shape = model.shapes[shapeName];
  switch (shape.type) {
    case "structure": return Object.fromEntries(Object.entries<any>(shape.members ?? {}).filter(([name]) => shape.required?.includes(name) || below(3) === 0).map(([name, ref]) => [name, near(chance, model, ref.shape, depth + 1)]));
    case "list": return Array.from({ length: below(4) }, () => near(chance, model, shape.member.shape, depth + 1));
    case "map": return Object.fromEntries(Array.from({ length: below(4) }, () => [one(texts), near(chance, model, shape.value.shape, depth + 1)]));
    case "string": return shape.enum ? one(shape.enum) : one([...texts, "admin", "/a", "111122223333"]);
    case "boolean": return below(2) === 0;
    case "blob": return one(["", "AAAA", "aGVsbG8=", "!!", "AQICAHh4"]);
    case "timestamp": return one([0, 1e12, -5, 1.5]);
    default: return one([0, 1, 7, 30, 90, 1024, -3]);
  }
}

function flat(out: URLSearchParams, path: string, value: unknown, depth = 0): void {
  if (Array.isArray(value)) value.forEach((item, i) => flat(out, `${path}.member.${i + 1}`, item, depth + 1));
  else if (typeof value === "object" && value !== null && depth < 5) for (const [name, item] of Object.entries(value)) flat(out, path ? `${path}.${name}` : name, item, depth + 1);
  else out.append(path, String(value));
}

const services = Object.values(wholeModels);

describe("hostile requests", () => {
  const seen = new Map<number, number>();
  test.each(Array.from({ length: 16 }, (_, i) => [i + 1]))("seed %i: 120 signed requests with wrong bodies", async (seed) => {
    const chance = maker(seed * 104_729);
    const { below, one } = chance;
    const at = Date.UTC(2026, 0, 1);
    const lab = createLab({ ports: seededPorts(seed) });
    for (let i = 0; i < 120; i++) {
      const model = one(services);
      const operation = below(8) ? one(Object.keys(model.operations)) : one(["Nope", "__proto__", "constructor", ""]);
      const input = Object.hasOwn(model.operations, operation) && model.operations[operation].input ? near(chance, model, model.operations[operation].input!.shape) : junk(chance);
      const json = model.metadata.protocol === "json";
      let text: string;
      if (json) text = JSON.stringify(input) ?? "";
      else {
        const form = new URLSearchParams({ Action: operation, Version: model.metadata.apiVersion });
        flat(form, "", input);
        text = form.toString();
      }
      let body = new TextEncoder().encode(text);
      if (below(5) === 0) body = body.slice(0, below(body.length + 1));
      if (below(6) === 0) for (let k = 0; k < 4 && body.length; k++) body[below(body.length)] = below(256);
      const headers: Record<string, string> = { host: "localhost:4566", "content-type": json ? "application/x-amz-json-1.1" : "application/x-www-form-urlencoded" };
      if (json) headers["x-amz-target"] = `${model.metadata.targetPrefix}.${operation}`;
      if (below(10) === 0) headers[one(["content-type", "x-amz-target", "x-amz-security-token", "x-amz-content-sha256", "x-amz-date"])] = one(texts.filter((each) => !/[\ud800-\udfff\0]/.test(each)));
      const parts = { method: below(5) ? "POST" : one(["GET", "PUT", "HEAD", "DELETE", "PATCH"]), url: one(["/", "/", "/", "/?", "/?Action=GetUser&Version=2010-05-08", "/%zz/..//", "/?a=%E0%A4"]), headers, body };
      const signed = sign(parts, { accessKeyId: one(["test", "111122223333", "444455556666", "__proto__", "a/b"]), secret: "s", region: below(6) ? "us-east-1" : one(["", "mars", "constructor"]), service: below(8) ? model.metadata.signingName : one(["s3", "nope"]), at });
      if (below(8) === 0) signed.authorization = one([signed.authorization.slice(0, below(signed.authorization.length)), "", "Bearer x", `${signed.authorization}, ${signed.authorization}`, signed.authorization.replace(/Credential=[^,]+/, "Credential=////"), signed.authorization.replace(/=[0-9a-f]{64}/, "=zz")]);
      const before = JSON.stringify(lab.snapshot().records);
      const reply = await answer({ ...parts, headers: signed }, { lab: () => lab, clock: () => at, strict: below(6) === 0 });
      expect([200, 400, 403, 404, 409, 413, 501]).toContain(reply.status);
      if (reply.headers["content-type"].includes("json") && reply.body) JSON.parse(reply.body);
      if (reply.status !== 200) expect(JSON.stringify(lab.snapshot().records)).toBe(before);
      seen.set(reply.status, (seen.get(reply.status) ?? 0) + 1);
    }
  });

  test("some of them went through, so that the rest were refused for a reason", () => expect(Object.fromEntries(seen)).toMatchObject({ 200: expect.any(Number) }));

  test.each(Array.from({ length: 4 }, (_, i) => [i + 1]))("seed %i: 150 requests of noise", async (seed) => {
    const { below, one } = maker(seed * 15_485_863);
    const lab = createLab({ ports: seededPorts(seed) });
    const before = JSON.stringify(lab.snapshot().records);
    for (let i = 0; i < 150; i++) {
      const noise = (): string => Array.from({ length: below(60) }, () => String.fromCharCode(below(0x250))).join("");
      const headers: Record<string, string> = {};
      for (const name of ["authorization", "content-type", "x-amz-target", "x-amz-date", "host", "x-amz-security-token"]) if (below(2)) headers[name] = one([noise(), "AWS4-HMAC-SHA256 Credential=a/b/c/kms/aws4_request, SignedHeaders=host, Signature=" + "0".repeat(below(66)), "TrentService.ListKeys", "application/x-www-form-urlencoded"]);
      const reply = await answer({ method: one(["POST", "GET", "OPTIONS", noise()]), url: `/${noise()}?${noise()}`, headers, body: Uint8Array.from({ length: below(300) }, () => below(256)) }, { lab: () => lab });
      expect([400, 403, 404, 413, 501]).toContain(reply.status);
    }
    expect(JSON.stringify(lab.snapshot().records)).toBe(before);
  });
});
