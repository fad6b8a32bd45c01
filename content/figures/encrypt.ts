import type { Figure, Holding, Scene, Token } from "@/lib/lessons/figure";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
/** The nonce of a record is its number, so that no two records of a connection have the same. */
const nonceOf = (record: number): Uint8Array => Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, record]);

/** A name and a password on their way to a site: key agreement, certificate, record; and somebody in the middle. */
const figure: Figure = {
  id: "ENCRYPT",
  title: "Encryption in flight",
  summary: "You send a user name and a password to an HTTPS site in AWS. Both sides agree on a key, the site proves who it is by a certificate, and what crosses the network is ciphertext. Somebody in the middle sees all that passes.",
  wide: { width: 960, height: 420 },
  narrow: { width: 400, height: 590 },
  actors: [
    { id: "you", label: "You", glyph: "user", wide: [110, 240], narrow: [76, 60] },
    { id: "middle", label: "In the middle", sub: "sees what passes", glyph: "app", wide: [480, 240], narrow: [76, 235] },
    { id: "site", label: "HTTPS site", sub: "in AWS", glyph: "store", wide: [850, 240], narrow: [76, 420] },
    { id: "ca", label: "Certificate authority", sub: "both sides know its key", glyph: "key", wide: [480, 70], narrow: [300, 150] },
  ],
  wires: [
    { from: "you", to: "middle" },
    { from: "middle", to: "site" },
    { from: "you", to: "ca" },
  ],
  controls: [
    { id: "user", kind: "text", label: "U", max: 30 },
    { id: "password", kind: "text", label: "P", max: 30 },
  ],
  breaks: [
    { id: "http", label: "Plain HTTP", set: { tls: false } },
    { id: "forged", label: "Forged certificate", set: { forge: true } },
    { id: "careless", label: "Forged, and you click it away", set: { forge: true, accept: true } },
    { id: "replay", label: "Send the record again", set: { again: true } },
  ],
  start: { user: "admin", password: "supersecret", tls: true, forge: false, accept: false, again: false },
  simplified: "After TLS 1.3, with much left out: X25519 and AES-256-GCM are real, the certificate is a name and a key signed in the lab (ECDSA, by a KMS key that plays the authority), and the traffic key is one hash instead of a key schedule.",

  async play(settings, hand) {
    const secret = `U: ${settings.user} / P: ${settings.password}`;
    const plain: Holding = { title: "What you send", bytes: toBase64(utf8(secret)), text: true };
    const scene = (caption: string, lit: string[], tokens: Token[], marks: Scene["marks"] = []): Scene => ({ caption, lit, tokens, marks });
    const form: Token = { id: "form", at: "you", look: "plain", label: secret, holds: plain };
    const scenes = [scene("You want to sign in to a site, with a user name and a password.", ["you"], [form])];

    if (!settings.tls) {
      scenes.push(
        scene("Plain HTTP: the bytes go out as they are.", ["you", "middle"], [{ ...form, from: "you", at: "middle" }]),
        scene("Whoever stands in between reads them, and could change them.", ["middle"], [{ ...form, at: "middle" }], [{ actor: "middle", verdict: "ExplicitDeny", words: "reads all of it" }]),
        scene("They arrive, and neither you nor the site has noticed anything.", ["site"], [{ ...form, from: "middle", at: "site" }]),
      );
      return scenes;
    }

    const pair = async (Description: string) => (await hand.must({ service: "kms", operation: "CreateKey", input: { KeySpec: "ECC_NIST_P256", KeyUsage: "SIGN_VERIFY", Description } })).KeyMetadata.KeyId as string;
    const authority = await pair("the certificate authority");
    const signer = settings.forge ? await pair("the forger's own key") : authority;
    const SigningAlgorithm = "ECDSA_SHA_256";

    // Key agreement: each side makes a pair for this connection alone. A forger answers in the site's place.
    const yours = hand.x25519();
    const theirs = hand.x25519();
    const other = settings.forge ? "middle" : "site";
    const hello: Holding = { title: "Your public key for this connection", bytes: toBase64(yours.publicKey), note: "X25519, 32 bytes, made a moment ago and thrown away afterwards." };
    const certificate = join(utf8("site.example "), theirs.publicKey);
    const { Signature } = await hand.must({ service: "kms", operation: "Sign", input: { KeyId: signer, Message: toBase64(certificate), SigningAlgorithm } });
    const shown: Holding = { title: "The certificate", bytes: toBase64(certificate), note: `Says that this key is site.example's. Signature: ${String(Signature).slice(0, 24)}…` };

    scenes.push(
      scene("You make a key pair for this connection and send its public half. Anybody may see that.", ["you", "middle"], [form, { id: "hello", from: "you", at: "middle", look: "request", label: "public key", holds: hello }]),
      ...(settings.forge ? [] : [scene("It goes on to the site.", ["middle", "site"], [form, { id: "hello", from: "middle", at: "site", look: "request", label: "public key", holds: hello }])]),
      scene(
        settings.forge ? "The one in the middle keeps it, and answers in the site's place: with a public key of its own, and a certificate that it has signed itself." : "The site answers with its own public key for this connection, and a certificate that says whose it is.",
        [other, "you"], [form, { id: "certificate", from: other, at: "you", look: "request", label: "certificate", holds: shown }],
      ),
    );

    const verified = await hand.call({ service: "kms", operation: "Verify", input: { KeyId: authority, Message: toBase64(certificate), Signature, SigningAlgorithm } });
    const good = verified.reply.ok;
    scenes.push(
      scene(
        good ? "You check the signature with the authority's key. It fits: this is site.example." : `You check the signature with the authority's key. It does not fit${verified.reply.ok ? "" : ` (${verified.reply.error.code})`}: whoever this is, no authority vouches for it.`,
        ["you", "ca"], [form, { id: "check", from: "you", at: "ca", look: "question", label: "signature?", holds: shown }], [{ actor: "ca", verdict: good ? "Allow" : "ExplicitDeny", words: good ? "signed by it" : "not signed by it" }],
      ),
    );
    if (!good && !settings.accept) {
      scenes.push(scene("Your browser stops here. Nothing secret has left your machine.", ["you"], [form], [{ actor: "you", verdict: "Allow", words: "nothing sent" }]));
      return scenes;
    }
    if (!good) scenes.push(scene("You click the warning away, and the connection is made with whoever is there.", ["you"], [form], [{ actor: "you", verdict: "ImplicitDeny", words: "warning ignored" }]));

    const trafficKey = (shared: Uint8Array): Uint8Array => hand.ciphers.sha256(join(shared, yours.publicKey, theirs.publicKey));
    const yourKey = trafficKey(yours.shared(theirs.publicKey));
    const theirKey = trafficKey(theirs.shared(yours.publicKey));
    const agreed = toBase64(yourKey) === toBase64(theirKey);
    const who = settings.forge ? "the one in the middle" : "the site";
    scenes.push(scene(agreed ? `Each side mixes its own secret with the other's public key. You and ${who} come to the same 32 bytes, which have never been on the wire.` : "The two sides come to different keys.", ["you", other], [form, { id: "key-you", at: "you", look: "key", label: "traffic key" }, { id: "key-other", at: other, look: "key", label: "traffic key" }]));

    const record = hand.ciphers.seal(yourKey, nonceOf(0), utf8(secret), new Uint8Array());
    const sealed: Holding = { title: "The record on the wire", bytes: toBase64(record), note: `AES-256-GCM, record number 0: ${utf8(secret).length} bytes and a tag of 16.` };
    const onWire: Token = { id: "record", at: "you", look: "sealed", label: "record 0", holds: sealed };
    scenes.push(
      scene("You encrypt the form with it. This is what leaves your machine.", ["you"], [onWire]),
      scene(settings.forge ? "It goes to the one in the middle." : "It passes the one in the middle, who sees these bytes and has no key.", ["you", "middle"], [{ ...onWire, from: "you", at: "middle" }], settings.forge ? [] : [{ actor: "middle", verdict: "ImplicitDeny", words: "only ciphertext" }]),
    );
    const opened = hand.ciphers.open(theirKey, nonceOf(0), record, new Uint8Array());
    const read = opened ? new TextDecoder().decode(opened) : undefined;
    const inClear: Token = { id: "opened", at: other, look: "plain", label: read ?? "", holds: plain };
    if (settings.forge) {
      scenes.push(
        scene(read === secret ? "It has the key that you agreed on with it, and reads everything." : "It cannot open it.", ["middle"], [inClear], [{ actor: "middle", verdict: "ExplicitDeny", words: "reads all of it" }]),
        scene("Then it signs in to the real site in your name. TLS was used all along; what was missing was the proof of who is at the other end.", ["middle", "site"], [{ ...inClear, from: "middle", at: "site" }]),
      );
      return scenes;
    }
    scenes.push(scene(read === secret ? "The site opens the record: only it and you have the key." : "The site cannot open it.", ["site"], [{ ...onWire, from: "middle", at: "site" }, inClear]));
    if (settings.again) {
      const twice = hand.ciphers.open(theirKey, nonceOf(1), record, new Uint8Array());
      scenes.push(
        scene("The one in the middle has kept the record and sends it a second time.", ["middle", "site"], [{ ...onWire, from: "middle", at: "site" }]),
        scene(twice ? "The site takes it for a new one." : "The site expects record number 1 now. Read as that, the tag does not fit, and the connection is closed.", ["site"], [{ ...onWire, look: "denied", label: "bad record", at: "site" }], [{ actor: "site", verdict: twice ? "Allow" : "ExplicitDeny", words: twice ? "accepted" : "refused" }]),
      );
    }
    return scenes;
  },
};

export default figure;
