import type { Asked, Cast, Figure, Scene } from "@/lib/lessons/figure";

const [home, away] = ["eu-west-2", "ap-southeast-2"];
const names = { kms: "KMS" };
const castHome: Cast = { caller: "snapshotA", services: { kms: "kmsA" }, names: { kms: `KMS in ${home}` } };
const castAway: Cast = { caller: "snapshotB", services: { kms: "kmsB" }, names: { kms: `KMS in ${away}` } };

/** Copying an encrypted volume to another Region: the data key changes its lock on the way. */
const figure: Figure = {
  id: "KMS",
  title: "An encrypted volume to another Region",
  summary: "In eu-west-2 a volume and its snapshot are encrypted under key A. The copy to ap-southeast-2 is re-encrypted under key B, and the volume made from it is under key B.",
  wide: { width: 960, height: 440 },
  narrow: { width: 400, height: 560 },
  actors: [
    { id: "volumeA", label: "Volume", sub: home, glyph: "store", wide: [90, 250], narrow: [76, 60] },
    { id: "snapshotA", label: "Snapshot", sub: home, glyph: "envelope", wide: [330, 250], narrow: [76, 225] },
    { id: "kmsA", label: "KMS, key A", sub: home, glyph: "key", wide: [330, 70], narrow: [316, 60] },
    { id: "snapshotB", label: "Snapshot", sub: away, glyph: "envelope", wide: [630, 250], narrow: [316, 390] },
    { id: "kmsB", label: "KMS, key B", sub: away, glyph: "key", wide: [630, 70], narrow: [316, 225] },
    { id: "volumeB", label: "Volume", sub: away, glyph: "store", wide: [870, 250], narrow: [76, 390] },
  ],
  wires: [
    { from: "volumeA", to: "snapshotA" },
    { from: "snapshotA", to: "kmsA" },
    { from: "snapshotA", to: "snapshotB" },
    { from: "snapshotB", to: "kmsB" },
    { from: "snapshotB", to: "volumeB" },
  ],
  controls: [],
  breaks: [
    { id: "sameArn", label: "Name key A's ARN in the other Region", set: { useA: true } },
    { id: "disable", label: "Disable key A half-way", set: { disableA: true } },
    { id: "tryThere", label: "Open it there with KMS as it is", set: { tryThere: true } },
  ],
  start: { useA: false, disableA: false, tryThere: false },
  simplified: "EBS is not simulated yet. The figure makes the volume’s data key, opens it in one Region and seals it in the other, by calls of its own; which calls EBS makes inside a copy AWS does not print in full.",

  async play(settings, hand) {
    const a = (await hand.must({ service: "kms", operation: "CreateKey", region: home, input: { Description: "key A" } })).KeyMetadata;
    const b = (await hand.must({ service: "kms", operation: "CreateKey", region: away, input: { Description: "key B" } })).KeyMetadata;
    const EncryptionContext = { volume: "vol-0keyhole" };
    const made = await hand.must({ service: "kms", operation: "GenerateDataKeyWithoutPlaintext", region: home, input: { KeyId: a.KeyId, KeySpec: "AES_256", EncryptionContext } });
    const sealed = (id: string, at: string, blob: string, keyArn: string, from?: string) => ({
      id, at, from, look: "sealed" as const, label: `data, key ${keyArn === a.Arn ? "A" : "B"}`, keyArn,
      holds: { title: "The data key of the volume, sealed", bytes: blob, keyArn, context: EncryptionContext, note: "The volume’s blocks are encrypted under this data key; the data key is kept sealed beside them." },
    });
    const blobA = String(made.CiphertextBlob);
    const atHome = sealed("a", "snapshotA", blobA, a.Arn);
    const scenes: Scene[] = [
      { caption: `A volume in ${home}. Its blocks are under a data key, and the data key is sealed under key A.`, lit: ["volumeA"], marks: [], tokens: [sealed("a", "volumeA", blobA, a.Arn)] },
      { caption: "A snapshot is taken. It is encrypted too, and under the same key.", lit: ["volumeA", "snapshotA"], marks: [], tokens: [{ ...atHome, from: "volumeA" }] },
    ];
    const standing = [atHome];
    const show = (asked: Asked, cast: Cast, id: string, more: { look: "key" | "sealed"; label: string; keyArn?: string }, said: string) =>
      scenes.push(...hand.scenesOf(asked, cast, { standing, reply: () => more, answered: () => said }, id));

    if (settings.tryThere) {
      const asked = await hand.call({ service: "kms", operation: "Decrypt", region: away, input: { CiphertextBlob: blobA, EncryptionContext } });
      scenes.push({ caption: `Suppose the bytes were only carried over, and ${away} were asked to open them.`, lit: ["snapshotB"], marks: [], tokens: [sealed("a", "snapshotB", blobA, a.Arn, "snapshotA")] });
      scenes.push(...hand.scenesOf(asked, castAway, {}, "there"));
      return scenes;
    }
    if (settings.disableA) {
      await hand.must({ service: "kms", operation: "DisableKey", region: home, input: { KeyId: a.KeyId } });
      scenes.push({ caption: "Before the copy begins, somebody disables key A.", lit: ["kmsA"], marks: [{ actor: "kmsA", verdict: "ExplicitDeny", words: "disabled" }], tokens: standing });
    }
    const open = await hand.call({ service: "kms", operation: "Decrypt", region: home, input: { CiphertextBlob: blobA, EncryptionContext } });
    show(open, castHome, "open", { look: "key", label: "data key" }, `For the copy the data key is opened in ${home}, with key A.`);
    if (!open.reply.ok) {
      scenes.push({ caption: "The copy ends here. A snapshot under a key that is off cannot be copied, nor can a volume be made from it.", lit: ["snapshotA"], marks: [], tokens: standing });
      return scenes;
    }
    const seal = await hand.call({ service: "kms", operation: "Encrypt", region: away, input: { KeyId: settings.useA ? a.Arn : b.KeyId, Plaintext: String(open.reply.output.Plaintext), EncryptionContext } });
    seal.call.input = { ...seal.call.input, Plaintext: "(the data key)" };
    show(seal, castAway, "seal", { look: "sealed", label: "data key", keyArn: b.Arn }, `In ${away} it is sealed again, under key B.`);
    if (!seal.reply.ok) {
      scenes.push({ caption: `Key A is not known in ${away}: a key belongs to its Region. Name a key of that Region, or use a multi-Region key that has a replica there.`, lit: ["kmsB", "kmsA"], marks: [], tokens: standing });
      return scenes;
    }
    const blobB = String(seal.reply.output.CiphertextBlob);
    scenes.push(
      { caption: "The copy is complete: a snapshot in the other Region, encrypted under key B. Key A is not needed to read it.", lit: ["snapshotA", "snapshotB"], marks: [], tokens: [atHome, sealed("b", "snapshotB", blobB, b.Arn, "snapshotA")] },
      { caption: "A volume is made from it. It is under key B as well.", lit: ["snapshotB", "volumeB"], marks: [], tokens: [atHome, sealed("b", "volumeB", blobB, b.Arn, "snapshotB")] },
    );
    const check = await hand.call({ service: "kms", operation: "Decrypt", region: away, input: { CiphertextBlob: blobB, EncryptionContext } });
    scenes.push(...hand.scenesOf(check, { ...castAway, caller: "volumeB", names }, { standing: [sealed("b", "volumeB", blobB, b.Arn)], reply: () => ({ look: "key", label: "data key" }), answered: () => (check.reply.ok && check.reply.output.Plaintext === (open.reply.ok ? open.reply.output.Plaintext : "") ? "Read there: key B opens it, and it is the same data key as before." : "It opens to something else.") }, "check"));
    return scenes;
  },
};

export default figure;
