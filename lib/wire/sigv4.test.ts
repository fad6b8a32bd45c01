import { describe, expect, test } from "vitest";
import { canonicalRequest, parseAuthorization, sign, signatureOf, signingKey } from "./sigv4";

const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const empty = new Uint8Array(0);
const headers = { host: "example.amazonaws.com", "x-amz-date": "20150830T123600Z" };
const scope = { date: "20150830", region: "us-east-1", service: "service", signedHeaders: ["host", "x-amz-date"] };

describe("Signature Version 4", () => {
  // Published vectors of AWS's signature test suite.
  test.each([
    ["get-vanilla", "GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
    ["post-vanilla", "POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
    ["get-vanilla-query-order-key-case", "GET", "/?Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"],
  ])("%s", (_, method, url, signature) => {
    expect(signatureOf({ method, url, headers, body: empty }, scope, secret, "20150830T123600Z")).toBe(signature);
  });

  test("the stages of get-vanilla", () => {
    expect(canonicalRequest({ method: "GET", url: "/", headers, body: empty }, scope.signedHeaders)).toBe(
      "GET\n/\n\nhost:example.amazonaws.com\nx-amz-date:20150830T123600Z\n\nhost;x-amz-date\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    // Source: IAM User Guide, "Troubleshoot Signature Version 4", derived key example.
    expect(Buffer.from(signingKey(secret, "20150830", "us-east-1", "iam")).toString("hex")).toBe("c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9");
  });

  test("what sign makes, parse reads and signatureOf repeats", () => {
    const parts = { method: "POST", url: "/", headers: { host: "localhost:4566", "content-type": "application/x-amz-json-1.1" }, body: new TextEncoder().encode("{}") };
    const signed = sign(parts, { accessKeyId: "AKIAEXAMPLE", secret, region: "eu-west-2", service: "kms", at: Date.UTC(2026, 10, 23) });
    const auth = parseAuthorization(signed.authorization)!;
    expect(auth).toMatchObject({ accessKeyId: "AKIAEXAMPLE", region: "eu-west-2", service: "kms", date: "20261123" });
    expect(signatureOf({ ...parts, headers: signed }, auth, secret, signed["x-amz-date"])).toBe(auth.signature);
    expect(signatureOf({ ...parts, headers: signed }, auth, `${secret}x`, signed["x-amz-date"])).not.toBe(auth.signature);
  });

  test.each(["", "Bearer x", "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=00", `AWS4-HMAC-SHA256 Credential=k/1/r/s/aws5, SignedHeaders=host, Signature=${"0".repeat(64)}`])("not an authorization: %j", (header) => {
    expect(parseAuthorization(header)).toBeUndefined();
  });
});
