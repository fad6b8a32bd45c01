import type { Decision, PartTrace } from "@/lib/engine/types";
import type { Figure, Line, Scene } from "@/lib/lessons/figure";

const owner = "111122223333";
const target = "444455556666";
const role = `arn:aws:iam::${target}:role/snapshot-copier`;

/** The notes' statement, with its lines named by the part that they belong to. */
function statementOf(settings: { grant: boolean; via: string; account: string }) {
  const actions = ["kms:Decrypt", ...(settings.grant ? ["kms:CreateGrant"] : [])];
  const statement = {
    Sid: "Allow use of the key with destination account",
    Effect: "Allow",
    Principal: { AWS: role },
    Action: actions,
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": settings.via, "kms:CallerAccount": settings.account } },
  };
  const lines: { text: string; part?: string }[] = [
    { text: "{" },
    { text: `  "Sid": "${statement.Sid}",` },
    { text: `  "Effect": "Allow",`, part: "Effect" },
    { text: `  "Principal": {` },
    { text: `    "AWS": "${role}"`, part: "Principal" },
    { text: `  },` },
    { text: `  "Action": [` },
    ...actions.map((action, at) => ({ text: `    "${action}"${at < actions.length - 1 ? "," : ""}`, part: `Action ${action}` })),
    { text: `  ],` },
    { text: `  "Resource": "*",`, part: "Resource" },
    { text: `  "Condition": {` },
    { text: `    "StringEquals": {` },
    { text: `      "kms:ViaService": ${JSON.stringify(settings.via)},`, part: "Condition kms:ViaService" },
    { text: `      "kms:CallerAccount": ${JSON.stringify(settings.account)}`, part: "Condition kms:CallerAccount" },
    { text: `    }` },
    { text: `  }` },
    { text: `}` },
  ];
  return { statement, lines };
}

/** The cross-account statement of the notes, read line by line by the engine's policy evaluation. */
const figure: Figure = {
  id: "KMS_1",
  title: "A key policy for another account",
  summary: "Account 111122223333 owns a key. A role of account 444455556666 copies a snapshot: EC2 asks KMS for it, and the key policy’s statement is compared with the request, part by part.",
  wide: { width: 460, height: 430 },
  narrow: { width: 400, height: 400 },
  actors: [
    { id: "role", label: "Role", sub: `in ${target}`, glyph: "user", wide: [80, 80], narrow: [76, 80] },
    { id: "ec2", label: "EC2", sub: "copies the snapshot", glyph: "store", wide: [80, 280], narrow: [76, 262] },
    { id: "policy", label: "Policies", sub: "of both accounts", glyph: "policy", wide: [320, 80], narrow: [316, 80] },
    { id: "kms", label: "KMS", sub: `key in ${owner}`, glyph: "key", wide: [320, 280], narrow: [316, 262] },
  ],
  wires: [
    { from: "role", to: "ec2" },
    { from: "ec2", to: "kms" },
    { from: "kms", to: "policy" },
  ],
  controls: [
    { id: "via", kind: "text", label: "kms:ViaService", max: 60 },
    { id: "account", kind: "text", label: "kms:CallerAccount", max: 20 },
    { id: "callerAllowed", kind: "toggle", label: "the role’s own IAM allows it" },
  ],
  breaks: [
    { id: "noGrant", label: "Remove kms:CreateGrant", set: { grant: false } },
    { id: "wrongRegion", label: "ViaService of another Region", set: { via: "ec2.eu-west-2.amazonaws.com" } },
    { id: "managed", label: "Snapshot under an AWS managed key", set: { managed: true } },
  ],
  start: { callerAllowed: true, grant: true, via: "ec2.us-east-1.amazonaws.com", account: target, managed: false },
  document: "The statement in the key policy",
  simplified: "EC2 and its snapshots are not simulated: the figure puts EC2's two questions to the engine’s policy evaluation, which answers as it does for every call. A real copy usually also needs DescribeKey, ReEncrypt* and GenerateDataKey*.",

  async play(settings, hand) {
    const { statement, lines } = statementOf({ grant: settings.grant === true, via: String(settings.via), account: String(settings.account) });
    const delegate = { Sid: "Enable IAM User Permissions", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${owner}:root` }, Action: "kms:*", Resource: "*" };
    const document = JSON.stringify({ Version: "2012-10-17", Statement: [delegate, statement] });
    const unread: Line[] = lines.map(({ text }) => ({ text, state: "unread" }));

    const trust = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${target}:root` }, Action: "sts:AssumeRole" }] });
    await hand.must({ service: "iam", operation: "CreateRole", account: target, input: { RoleName: "snapshot-copier", AssumeRolePolicyDocument: trust } });
    if (settings.callerAllowed)
      await hand.must({ service: "iam", operation: "PutRolePolicy", account: target, input: { RoleName: "snapshot-copier", PolicyName: "use-shared-key", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["kms:Decrypt", "kms:CreateGrant"], Resource: `arn:aws:kms:us-east-1:${owner}:key/*` }] }) } });

    if (settings.managed) {
      // EC2 would make alias/aws/ebs when it first needs it; here Parameter Store makes its own key of the same kind.
      await hand.must({ service: "ssm", operation: "PutParameter", input: { Name: "first-use", Type: "SecureString", Value: "v" } });
      const { KeyMetadata } = await hand.must({ service: "kms", operation: "DescribeKey", input: { KeyId: "alias/aws/ssm" } });
      const asked = await hand.call({ service: "kms", operation: "PutKeyPolicy", input: { KeyId: KeyMetadata.KeyId, PolicyName: "default", Policy: document } });
      const { reply } = asked;
      return [
        { caption: "The snapshot is encrypted under alias/aws/ebs, a key that AWS manages. To share it, the owner would have to write the statement into that key’s policy. (The lab has no EBS: alias/aws/ssm, managed in the same way, stands here for it.)", lit: ["kms"], marks: [], tokens: [], lines: unread },
        {
          caption: reply.ok ? "The policy was changed." : `PutKeyPolicy is refused: ${reply.error.code}. ${reply.error.message ?? ""} The policy of an AWS managed key is AWS's, so a snapshot under it cannot be shared.`,
          lit: ["kms"], lines: unread, tokens: [{ id: "refused", from: "kms", at: "policy", look: reply.ok ? "plain" : "denied", label: reply.ok ? "changed" : reply.error.code }],
          marks: [{ actor: "kms", verdict: reply.ok ? "Allow" : "ExplicitDeny", words: reply.ok ? "changed" : "policy is fixed" }],
        },
      ];
    }

    const { KeyMetadata } = await hand.must({ service: "kms", operation: "CreateKey", input: { Description: "key of the snapshot" } });
    const { reply: put } = await hand.call({ service: "kms", operation: "PutKeyPolicy", input: { KeyId: KeyMetadata.KeyId, PolicyName: "default", Policy: document } });
    if (!put.ok)
      return [
        { caption: "The owner writes the statement into the key policy.", lit: ["kms"], marks: [], tokens: [{ id: "put", at: "kms", look: "request", label: "PutKeyPolicy" }], lines: unread },
        { caption: `KMS refuses the policy: ${put.error.code}. ${put.error.message ?? ""}`, lit: ["kms"], marks: [{ actor: "kms", verdict: "ExplicitDeny", words: "not accepted" }], tokens: [{ id: "put", at: "kms", look: "denied", label: "refused" }], lines: unread },
      ];

    const scenes: Scene[] = [{ caption: "The snapshot is shared with the other account. Its role starts the copy, and EC2 does the work for it.", lit: ["role", "ec2"], marks: [], tokens: [{ id: "start", from: "role", at: "ec2", look: "request", label: "CopySnapshot" }], lines: unread }];
    let allowed = true;
    for (const action of ["kms:Decrypt", "kms:CreateGrant"]) {
      const decision = hand.decide(
        { account: target, role: "snapshot-copier", session: "copy" },
        {
          action, resource: KeyMetadata.Arn, resourceAccount: owner,
          resourcePolicy: { kind: "KeyPolicy", authority: "sole", name: "default", document, from: `key ${KeyMetadata.KeyId}` },
          context: { "kms:ViaService": "ec2.us-east-1.amazonaws.com", "kms:CallerAccount": target },
        },
        ["ec2"],
      );
      const token = { id: action, at: "policy", look: "question" as const, label: action, holds: { title: `May the role ${action}?`, note: `Through ec2.us-east-1.amazonaws.com, from account ${target}, on ${KeyMetadata.Arn}.` } };
      scenes.push({ caption: `EC2 asks KMS for ${action}, for the role and through ec2.us-east-1.amazonaws.com. The key policy's statement is read against that.`, lit: ["ec2", "kms"], marks: [], tokens: [{ ...token, from: "ec2", at: "kms" }], lines: unread });

      let read = unread;
      for (const part of partsOf(decision)) {
        read = read.map((line, at) => (belongs(lines[at].part, part, action) ? { ...line, state: part.matched ? "met" : "missed" } : line.state === "met" ? { ...line, state: "passed" as const } : line));
        if (part.part === "Action" && !part.matched) read = read.map((line, at) => (lines[at].part?.startsWith("Action ") ? { ...line, state: "missed" as const } : line));
        scenes.push({ caption: hand.words.part(part), lit: ["policy"], marks: [], tokens: [{ ...token, from: "kms" }], lines: read, why: hand.words.why(decision) });
      }
      const yes = decision.effect === "Allow";
      scenes.push({
        caption: hand.words.decision(decision), lit: ["policy", "kms"], lines: read, why: hand.words.why(decision),
        tokens: [{ ...token, from: "policy", at: "kms", look: yes ? "plain" : "denied" }],
        marks: [{ actor: "policy", verdict: decision.effect, words: { Allow: "allowed", ExplicitDeny: "denied", ImplicitDeny: "nothing allowed it" }[decision.effect] }],
      });
      if (!yes) {
        allowed = false;
        break;
      }
    }
    scenes.push(
      allowed
        ? { caption: "Both are allowed. EC2 can read the snapshot and go on using the key by a grant: the other account has its copy, which it encrypts under a key of its own.", lit: ["ec2", "role"], marks: [{ actor: "role", verdict: "Allow", words: "copied" }], tokens: [], lines: unread }
        : { caption: "Without it EC2 cannot go on: the copy fails.", lit: ["ec2", "role"], marks: [{ actor: "role", verdict: "ImplicitDeny", words: "no copy" }], tokens: [], lines: scenes.at(-1)!.lines },
    );
    return scenes;
  },
};

/** The parts of the notes' statement, as far as the evaluation went, in its order. */
function partsOf(decision: Decision): PartTrace[] {
  for (const layer of decision.layers)
    for (const policy of layer.policies)
      for (const statement of policy.statements) if (statement.Sid === "Allow use of the key with destination account") return statement.parts;
  return [];
}

const belongs = (line: string | undefined, part: PartTrace, action: string): boolean =>
  line !== undefined && (line === part.part || line === `${part.part} ${part.key ?? ""}` || (part.part === "Action" && part.matched && line === `Action ${action}`));

export default figure;
