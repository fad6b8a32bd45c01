import "fake-indexeddb/auto";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import { HttpResponse } from "@smithy/core/protocols";
import { expect, test } from "vitest";
import { call, labStore } from "../lab-store";
import { type CallMade, answerSandbox } from "./answer";
import { readMessage } from "./protocol";

const page = { accessKeyId: "ASIAPAGEPAGEPAGEPAGE", caller: { account: "111122223333", user: "admin" } };
const made: (CallMade | undefined)[] = [];
let id = 0;

/** What the sandbox's handler does, without the sandbox: the request as a message, the answer as a response. */
const requestHandler = {
  metadata: { handlerProtocol: "http/1.1" },
  async handle(request: { method: string; path: string; headers: Record<string, string>; body?: string | Uint8Array }) {
    const body = typeof request.body === "string" ? new TextEncoder().encode(request.body) : (request.body ?? new Uint8Array());
    const message = readMessage({ kind: "request", id: ++id, method: request.method, url: request.path, headers: request.headers, body });
    if (message?.kind !== "request") throw new Error("not a sound request");
    const { answer, made: call } = await answerSandbox(message, page);
    made.push(call);
    return {
      response: new HttpResponse({ statusCode: answer.status, headers: answer.headers, body: new TextEncoder().encode(answer.body) }),
    };
  },
};
const config = (credentials: { accessKeyId: string; secretAccessKey: string }, region = "eu-west-2") => ({
  region,
  credentials,
  requestHandler,
  maxAttempts: 1,
});
const asPage = { accessKeyId: page.accessKeyId, secretAccessKey: "any" };

test("the run's own key is the page's identity, and the call goes through the door of code", async () => {
  const { CiphertextBlob } = await new KMSClient(config(asPage)).send(
    new EncryptCommand({ KeyId: "alias/tutorial", Plaintext: new Uint8Array([1]) }),
  );
  expect(CiphertextBlob!.length).toBeGreaterThan(100);
  const entry = labStore.getState().journal.at(-1)!;
  expect(entry).toMatchObject({ door: "code", seq: made.at(-1)!.seq, call: { caller: page.caller, region: "eu-west-2" } });
  expect(entry.call?.userAgent).toMatch(/^aws-sdk-js\/3/);
});

test("a refusal has its code, for the program and for the page", async () => {
  const sent = new KMSClient(config(asPage, "eu-west-1")).send(
    new EncryptCommand({ KeyId: "alias/tutorial", Plaintext: new Uint8Array([1]) }),
  );
  await expect(sent).rejects.toMatchObject({ name: "NotFoundException" });
  expect(made.at(-1)).toMatchObject({ service: "kms", operation: "Encrypt", code: "NotFoundException" });
});

test("other keys are the lab's IAM's: right secret, wrong secret, no such key", async () => {
  const reply = await call("iam", "CreateAccessKey", { UserName: "app" });
  const { AccessKeyId, SecretAccessKey } = (reply.ok ? reply.output.AccessKey : {}) as { AccessKeyId: string; SecretAccessKey: string };
  const who = (accessKeyId: string, secretAccessKey: string) =>
    new STSClient(config({ accessKeyId, secretAccessKey })).send(new GetCallerIdentityCommand({}));
  expect((await who(AccessKeyId, SecretAccessKey)).Arn).toBe("arn:aws:iam::111122223333:user/app");
  await expect(who(AccessKeyId, "wrong")).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  // Refused before it came to the lab: there is nothing to ask Why? of.
  expect(made.at(-1)).toBeUndefined();
  await expect(who("AKIAIOSFODNN7EXAMPLE", "wrong")).rejects.toMatchObject({ name: "InvalidClientTokenId" });
});
