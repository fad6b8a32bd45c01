import type { Trace } from "@/lib/engine/types";
import type { Cast, Figure, Holding } from "@/lib/lessons/figure";

const name = "/my-app/dev/db-password";
const arn = `arn:aws:ssm:us-east-1:111122223333:parameter${name}`;
const utf8Base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const cast: Cast = {
  caller: "app",
  services: { ssm: "ssm", kms: "kms" },
  judge: "iam",
  names: { ssm: "Parameter Store", kms: "KMS" },
};

/** The notes' picture of an application, Parameter Store, IAM and KMS: a read, as the engine carried it out. */
const figure: Figure = {
  id: "SSMPS",
  title: "Parameter Store, IAM and KMS",
  summary: "An application asks Parameter Store for a value. Parameter Store asks IAM whether it may; for an encrypted value it calls KMS, which asks too, and decrypts.",
  wide: { width: 960, height: 385 },
  narrow: { width: 400, height: 470 },
  actors: [
    { id: "app", label: "Application", sub: "user app", glyph: "app", wide: [110, 240], narrow: [80, 70] },
    { id: "ssm", label: "Parameter Store", glyph: "parameter", wide: [470, 240], narrow: [80, 250] },
    { id: "iam", label: "Permissions", sub: "IAM and key policy", glyph: "policy", wide: [470, 80], narrow: [310, 160] },
    { id: "kms", label: "KMS", glyph: "key", wide: [830, 240], narrow: [310, 390] },
  ],
  wires: [
    { from: "app", to: "ssm" },
    { from: "ssm", to: "iam" },
    { from: "ssm", to: "kms" },
    { from: "kms", to: "iam" },
  ],
  controls: [
    { id: "type", kind: "choice", label: "Type", options: [{ value: "SecureString", label: "SecureString" }, { value: "String", label: "String" }] },
    { id: "key", kind: "choice", label: "Key", options: [{ value: "own", label: "a key of your own" }, { value: "default", label: "alias/aws/ssm" }] },
    { id: "decrypt", kind: "toggle", label: "--with-decryption" },
    { id: "value", kind: "text", label: "Value", max: 60 },
  ],
  breaks: [
    { id: "noKms", label: "Allow ssm, but not kms", set: { allowSsm: true, allowKms: false } },
    { id: "noSsm", label: "Allow kms, but not ssm", set: { allowSsm: false, allowKms: true } },
    { id: "denyPath", label: "Deny by path", set: { denyPath: true } },
    { id: "keyOff", label: "Disable the key", set: { disableKey: true } },
  ],
  start: { type: "SecureString", key: "own", decrypt: true, value: "devdbpassword", allowSsm: true, allowKms: true, denyPath: false, disableKey: false },

  async play(settings, hand) {
    const secure = settings.type === "SecureString";
    const own = secure && settings.key === "own";
    const value = String(settings.value) || " ";

    const key = own ? (await hand.must({ service: "kms", operation: "CreateKey", input: { Description: "secrets of my-app" } })).KeyMetadata : undefined;
    await hand.must({ service: "ssm", operation: "PutParameter", input: { Name: name, Type: secure ? "SecureString" : "String", Value: value, ...(own ? { KeyId: key.KeyId } : {}) } });
    const stored = (await hand.must({ service: "ssm", operation: "GetParameter", input: { Name: name } })).Parameter;
    const keyArn: string | undefined = !secure ? undefined : own ? key.Arn : (await hand.must({ service: "kms", operation: "DescribeKey", input: { KeyId: "alias/aws/ssm" } })).KeyMetadata.Arn;

    const statements = [
      ...(settings.allowSsm ? [{ Sid: "ReadMyApp", Effect: "Allow", Action: "ssm:GetParameter", Resource: "arn:aws:ssm:us-east-1:111122223333:parameter/my-app/*" }] : []),
      ...(settings.allowKms && own ? [{ Sid: "OpenMyApp", Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn }] : []),
      ...(settings.denyPath ? [{ Sid: "NotDev", Effect: "Deny", Action: "ssm:*", Resource: "arn:aws:ssm:*:*:parameter/my-app/dev/*" }] : []),
    ];
    await hand.must({ service: "iam", operation: "CreateUser", input: { UserName: "app" } });
    if (statements.length)
      await hand.must({ service: "iam", operation: "PutUserPolicy", input: { UserName: "app", PolicyName: "app", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }) } });
    if (settings.disableKey && own) await hand.must({ service: "kms", operation: "DisableKey", input: { KeyId: key.KeyId } });

    const asked = await hand.call({ service: "ssm", operation: "GetParameter", as: "app", input: { Name: name, WithDecryption: settings.decrypt === true } });

    const sealedHolding: Holding = { title: "The stored ciphertext", bytes: stored.Value, keyArn, context: { PARAMETER_ARN: arn }, note: "Made by kms:Encrypt when the parameter was put. The key’s id is not readable in it; the context is not stored in it at all, and must be given again." };
    const plainHolding: Holding = { title: "The value", bytes: utf8Base64(value), text: true };
    const standing = { id: "stored", at: "ssm", look: secure ? ("sealed" as const) : ("plain" as const), label: secure ? "stored: sealed" : "stored: plain", keyArn, holds: secure ? sealedHolding : plainHolding };

    const returned = asked.reply.ok ? String((asked.reply.output.Parameter as { Value: string }).Value) : "";
    const opened = returned === value;
    const scenes = hand.scenesOf(asked, cast, {
      standing: [standing],
      request: (trace: Trace) => (trace.service === "kms" ? { ...sealedHolding, title: "Ciphertext for kms:Decrypt" } : undefined),
      reply: (trace) =>
        trace.service === "kms" || opened
          ? { look: "plain", label: shorten(value), holds: { ...plainHolding, call: trace.service === "ssm" ? asked.call : undefined } }
          : { look: "sealed", label: shorten(returned), keyArn, holds: sealedHolding },
      answered: (trace) =>
        trace.service === "kms"
          ? "KMS gives the plaintext to Parameter Store, and to nobody else."
          : opened
            ? secure
              ? "The application has the plaintext. The key never left KMS."
              : "The application has the value. A String is stored in the clear, so KMS had nothing to do."
            : "The application has the ciphertext: nobody asked for decryption, so KMS was not asked either.",
    });
    return scenes;
  },
};

const shorten = (text: string): string => (text.length > 16 ? `${text.slice(0, 14)}…` : text);

export default figure;
