import type { Cast, Figure, Holding, Scene } from "@/lib/lessons/figure";

const sender: Cast = { caller: "client", services: { kms: "kms" }, names: { kms: "KMS" } };
const receiver: Cast = { caller: "receiver", services: { kms: "kms" }, names: { kms: "KMS" } };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** Envelope encryption: a data key from KMS, the object sealed at the client, both stored anywhere, opened at the other end. */
const figure: Figure = {
  id: "CSE",
  title: "Client-side and envelope encryption",
  summary: "A client gets a data key from KMS, encrypts an object itself, and stores it with the sealed data key in any store. A receiver that may use the KMS key has the data key opened and decrypts the object.",
  wide: { width: 960, height: 450 },
  narrow: { width: 400, height: 580 },
  actors: [
    { id: "client", label: "Client", sub: "encrypts", glyph: "app", wide: [110, 270], narrow: [76, 60] },
    { id: "kms", label: "KMS", glyph: "key", wide: [480, 66], narrow: [320, 250] },
    { id: "store", label: "Any store", sub: "S3, FTP, …", glyph: "store", wide: [480, 270], narrow: [76, 250] },
    { id: "receiver", label: "Receiver", sub: "decrypts", glyph: "user", wide: [850, 270], narrow: [76, 440] },
  ],
  wires: [
    { from: "client", to: "kms" },
    { from: "client", to: "store" },
    { from: "store", to: "receiver" },
    { from: "receiver", to: "kms" },
  ],
  controls: [{ id: "object", kind: "text", label: "Object", max: 200 }],
  breaks: [
    { id: "breach", label: "The store is broken into", set: { reader: "thief" } },
    { id: "noAccess", label: "Receiver without kms:Decrypt", set: { receiverAllowed: false } },
    { id: "context", label: "Wrong encryption context", set: { wrongContext: true } },
    { id: "straight", label: "4,097 bytes straight to KMS", set: { straight: true } },
  ],
  start: { object: "the whole novel, chapter one", reader: "receiver", receiverAllowed: true, wrongContext: false, straight: false },
  simplified: "The AWS Encryption SDK does these steps in one call and writes object and data key into one message. Here they are two, and the object’s AES-256-GCM is done by the engine’s own cipher.",

  async play(settings, hand) {
    const { KeyMetadata } = await hand.must({ service: "kms", operation: "CreateKey", input: { Description: "key of the envelope" } });
    const keyArn: string = KeyMetadata.Arn;

    if (settings.straight) {
      const asked = await hand.call({ service: "kms", operation: "Encrypt", input: { KeyId: KeyMetadata.KeyId, Plaintext: btoa("A".repeat(4097)) } });
      asked.call.input = { ...asked.call.input, Plaintext: "(4,097 bytes)" };
      return [
        { caption: "The client tries without an envelope: it sends an object of 4,097 bytes to kms:Encrypt.", lit: ["client"], marks: [], tokens: [{ id: "object", at: "client", look: "plain", label: "4,097 bytes" }] },
        ...hand.scenesOf(asked, sender),
      ];
    }

    const thief = settings.reader === "thief";
    const who = thief ? "thief" : "receiver";
    await hand.must({ service: "iam", operation: "CreateUser", input: { UserName: who } });
    if (!thief && settings.receiverAllowed)
      await hand.must({ service: "iam", operation: "PutUserPolicy", input: { UserName: who, PolicyName: "open", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn }] }) } });

    const EncryptionContext = { purpose: "novel" };
    const made = await hand.call({ service: "kms", operation: "GenerateDataKey", input: { KeyId: KeyMetadata.KeyId, KeySpec: "AES_256", EncryptionContext } });
    if (!made.reply.ok) return hand.scenesOf(made, sender);
    const dataKey = made.reply.output as { Plaintext: string; CiphertextBlob: string };

    const object = bytesOf(String(settings.object) || " ");
    const nonce = hand.random(12);
    const sealed = hand.ciphers.seal(fromBase64(dataKey.Plaintext), nonce, object, new Uint8Array());

    const objectHolding: Holding = { title: "The object", bytes: toBase64(object), text: true };
    const sealedHolding: Holding = { title: "The object, encrypted", bytes: toBase64(sealed), note: `AES-256-GCM under the data key, nonce ${toBase64(nonce)}: ${object.length} bytes and a tag of 16.` };
    const sealedKeyHolding: Holding = { title: "The data key, sealed", bytes: dataKey.CiphertextBlob, keyArn, context: EncryptionContext };
    const clearKeyHolding: Holding = { title: "The data key, in the clear", bytes: dataKey.Plaintext, note: "32 bytes. It is wiped as soon as the object is encrypted." };
    const plainObject = { id: "object", look: "plain" as const, label: "object", holds: objectHolding };
    const lockedObject = { id: "sealed-object", look: "sealed" as const, label: "object", holds: sealedHolding };
    const lockedKey = { id: "sealed-key", look: "sealed" as const, label: "data key", keyArn, holds: sealedKeyHolding };
    const clearKey = { id: "clear-key", look: "key" as const, label: "data key", holds: clearKeyHolding };

    const scenes: Scene[] = [
      { caption: `The client has an object of ${object.length} bytes. It wants nobody on the way, and no store, to be able to read it.`, lit: ["client"], marks: [], tokens: [{ ...plainObject, at: "client" }] },
      ...hand.scenesOf(made, sender, {
        standing: [{ ...plainObject, at: "client" }],
        reply: () => ({ look: "key", label: "data key ×2", holds: { ...clearKeyHolding, title: "Two forms of one data key", call: made.call } }),
        answered: () => "KMS answers with the data key twice: in the clear, and sealed under the KMS key.",
      }, "make"),
      { caption: "The client encrypts the object with the clear data key: AES-256-GCM, on its own machine.", lit: ["client"], marks: [], tokens: [{ ...lockedObject, at: "client" }, { ...clearKey, at: "client" }, { ...lockedKey, at: "client" }] },
      { caption: "It wipes the clear data key. Sealed object and sealed data key are left, and can go anywhere.", lit: ["client"], marks: [], tokens: [{ ...lockedObject, at: "client" }, { ...lockedKey, at: "client" }] },
      { caption: "Both are stored, side by side. The store holds bytes that it cannot read.", lit: ["client", "store"], marks: [], tokens: [{ ...lockedObject, from: "client", at: "store" }, { ...lockedKey, from: "client", at: "store" }] },
      { caption: thief ? "Somebody breaks into the store and carries both away." : "The receiver fetches both.", lit: ["store", "receiver"], marks: [], tokens: [{ ...lockedObject, from: "store", at: "receiver" }, { ...lockedKey, from: "store", at: "receiver" }] },
    ];

    const given = settings.wrongContext ? { purpose: "poem" } : EncryptionContext;
    const asked = await hand.call({ service: "kms", operation: "Decrypt", as: who, input: { CiphertextBlob: dataKey.CiphertextBlob, EncryptionContext: given } });
    scenes.push(
      ...hand.scenesOf(asked, receiver, {
        standing: [{ ...lockedObject, at: "receiver" }],
        request: () => ({ ...sealedKeyHolding, context: given, title: "The sealed data key, for kms:Decrypt" }),
        reply: () => ({ look: "key", label: "data key", holds: clearKeyHolding }),
        answered: () => "KMS opens the sealed data key and answers with the clear one.",
      }, "open"),
    );
    if (!asked.reply.ok) {
      scenes.push({ caption: settings.wrongContext ? "The context is part of what was sealed. With another one the seal does not fit, and KMS says no more than that." : `Without the data key, ${thief ? "the thief" : "the receiver"} has ${sealed.length} bytes of noise.`, lit: ["receiver"], marks: [], tokens: [{ ...lockedObject, at: "receiver" }] });
      return scenes;
    }
    const opened = hand.ciphers.open(fromBase64(String(asked.reply.output.Plaintext)), nonce, sealed, new Uint8Array());
    scenes.push({
      caption: opened ? "With it the receiver decrypts the object, on its own machine. KMS has never seen it." : "The object does not open with this key.",
      lit: ["receiver"], marks: [], tokens: opened ? [{ ...plainObject, id: "opened", at: "receiver", holds: { ...objectHolding, bytes: toBase64(opened) } }] : [{ ...lockedObject, at: "receiver" }],
    });
    return scenes;
  },
};

export default figure;
