import type { Cast, Figure, Holding, Scene } from "@/lib/lessons/figure";

const name = "/storage/object";
const arn = `arn:aws:ssm:us-east-1:111122223333:parameter${name}`;
const cast: Cast = { caller: "client", services: { ssm: "service", kms: "kms" }, judge: "kms", names: { ssm: "The service", kms: "KMS" } };
const utf8Base64 = (text: string): string => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** Server-side encryption: a data key for what is stored, opened again for what is read. */
const figure: Figure = {
  id: "REST",
  title: "Server-side encryption at rest",
  summary: "An object comes to a service over HTTPS. The service gets a data key from KMS, encrypts, and writes ciphertext and sealed data key to its disk. To give the object back it has the data key opened, decrypts, and sends plaintext.",
  wide: { width: 960, height: 440 },
  narrow: { width: 400, height: 540 },
  actors: [
    { id: "client", label: "Client", sub: "over HTTPS", glyph: "app", wide: [110, 240], narrow: [76, 60] },
    { id: "service", label: "Service", sub: "encrypts and decrypts", glyph: "parameter", wide: [470, 240], narrow: [76, 240] },
    { id: "kms", label: "KMS", glyph: "key", wide: [470, 70], narrow: [316, 150] },
    { id: "disk", label: "Disk", sub: "at rest", glyph: "store", wide: [830, 240], narrow: [76, 415] },
    { id: "thief", label: "Thief", glyph: "user", wide: [830, 70], narrow: [316, 415] },
  ],
  wires: [
    { from: "client", to: "service" },
    { from: "service", to: "kms" },
    { from: "service", to: "disk" },
    { from: "disk", to: "thief" },
  ],
  controls: [{ id: "object", kind: "text", label: "Object", max: 80 }],
  breaks: [
    { id: "stolen", label: "Steal the disk", set: { steal: true } },
    { id: "keyOff", label: "Disable the key", set: { disable: true } },
    { id: "noDecrypt", label: "Deny kms:Decrypt to the reader", set: { deny: true } },
  ],
  start: { object: "my holiday pictures", steal: false, disable: false, deny: false },
  simplified: "EBS and S3 are not simulated yet. The service here is Parameter Store’s advanced tier, which works in the same way: a data key for each write, kept sealed beside the data.",

  async play(settings, hand) {
    const object = String(settings.object) || " ";
    const { KeyMetadata } = await hand.must({ service: "kms", operation: "CreateKey", input: { Description: "key of the storage" } });
    await hand.must({ service: "iam", operation: "CreateUser", input: { UserName: "reader" } });
    const statements = [
      { Effect: "Allow", Action: ["ssm:PutParameter", "ssm:GetParameter"], Resource: arn },
      { Effect: "Allow", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: KeyMetadata.Arn },
      ...(settings.deny ? [{ Sid: "NoReading", Effect: "Deny", Action: "kms:Decrypt", Resource: "*" }] : []),
    ];
    await hand.must({ service: "iam", operation: "PutUserPolicy", input: { UserName: "reader", PolicyName: "storage", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }) } });

    const plain: Holding = { title: "The object", bytes: utf8Base64(object), text: true };
    const put = await hand.call({ service: "ssm", operation: "PutParameter", as: "reader", input: { Name: name, Type: "SecureString", Tier: "Advanced", KeyId: KeyMetadata.KeyId, Value: object } });
    const scenes: Scene[] = hand.scenesOf(put, cast, {
      request: (trace) => (trace.service === "ssm" ? { ...plain, title: "The object, on its way in (inside TLS)" } : undefined),
      reply: (trace) => (trace.service === "kms" ? { look: "key", label: "data key ×2", holds: { title: "A data key, in the clear and sealed", keyArn: KeyMetadata.Arn, context: { PARAMETER_ARN: arn } } } : { look: "plain", label: "stored" }),
      answered: (trace) => (trace.service === "kms" ? "KMS gives the service a data key twice: in the clear to work with, sealed to keep." : "The service has encrypted the object, wiped the clear data key, and says that it is stored."),
    }, "put");
    if (!put.reply.ok) return scenes;

    const stored = String((await hand.must({ service: "ssm", operation: "GetParameter", input: { Name: name } })).Parameter.Value);
    const onDisk = { id: "stored", at: "disk", look: "sealed" as const, label: "object + data key", keyArn: KeyMetadata.Arn, holds: { title: "What lies on the disk", bytes: stored, keyArn: KeyMetadata.Arn, context: { PARAMETER_ARN: arn }, note: "One message: the object under the data key, and the data key under the KMS key." } };
    scenes.push({ caption: `On the disk lie ${atob(stored).length} bytes: the object, encrypted, and the data key, sealed. The clear data key is nowhere.`, lit: ["service", "disk"], marks: [], tokens: [{ ...onDisk, from: "service" }] });

    if (settings.steal) {
      scenes.push({ caption: "Somebody steals the disk.", lit: ["disk", "thief"], marks: [], tokens: [{ ...onDisk, from: "disk", at: "thief" }] });
      const readable = atob(stored).includes(object);
      scenes.push({ caption: readable ? "The object can be read from it." : "What they can read is what lies there: open the ciphertext and look. Without KMS the data key stays sealed, and with it the object.", lit: ["thief"], marks: [{ actor: "thief", verdict: readable ? "Allow" : "ImplicitDeny", words: readable ? "readable" : "only ciphertext" }], tokens: [{ ...onDisk, at: "thief" }] });
      return scenes;
    }
    if (settings.disable) {
      await hand.must({ service: "kms", operation: "DisableKey", input: { KeyId: KeyMetadata.KeyId } });
      scenes.push({ caption: "Now somebody disables the KMS key.", lit: ["kms"], marks: [{ actor: "kms", verdict: "ExplicitDeny", words: "key disabled" }], tokens: [onDisk] });
    }

    const get = await hand.call({ service: "ssm", operation: "GetParameter", as: "reader", input: { Name: name, WithDecryption: true } });
    scenes.push(
      ...hand.scenesOf(get, cast, {
        standing: [onDisk],
        request: (trace) => (trace.service === "kms" ? { title: "The sealed data key", keyArn: KeyMetadata.Arn, context: { PARAMETER_ARN: arn } } : undefined),
        reply: (trace) => (trace.service === "kms" ? { look: "key", label: "data key" } : { look: "plain", label: "the object", holds: { ...plain, call: get.call } }),
        answered: (trace) => (trace.service === "kms" ? "KMS opens the sealed data key for the service." : "The service decrypts the object with it and sends it out: what the reader gets is decrypted, through a connection that is encrypted in flight."),
      }, "get"),
    );
    if (!get.reply.ok) scenes.push({ caption: "The service still has every byte, and can read none of them for this reader.", lit: ["service", "disk"], marks: [], tokens: [onDisk] });
    return scenes;
  },
};

export default figure;
