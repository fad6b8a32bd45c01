import type { Actor, Cast, Figure, Token } from "@/lib/lessons/figure";

const values: Record<string, string> = {
  "/my-department/my-app/dev/db-url": "dev.example.com:3306",
  "/my-department/my-app/dev/db-password": "devdbpassword",
  "/my-department/my-app/prod/db-url": "prod.example.com:3306",
  "/my-department/my-app/prod/db-password": "proddbpassword",
  "/my-department/other-app/colour": "green",
  "/other-department/notice": "closed on Mondays",
};

/** The tree as rows: depth, label, and the parameter that the row is, if it is one. */
const tree: [depth: number, label: string, id: string][] = [
  [0, "/my-department/", "/my-department"],
  [1, "my-app/", "/my-department/my-app"],
  [2, "dev/", "/my-department/my-app/dev"],
  [3, "db-url", "/my-department/my-app/dev/db-url"],
  [3, "db-password", "/my-department/my-app/dev/db-password"],
  [2, "prod/", "/my-department/my-app/prod"],
  [3, "db-url", "/my-department/my-app/prod/db-url"],
  [3, "db-password", "/my-department/my-app/prod/db-password"],
  [1, "other-app/", "/my-department/other-app"],
  [2, "colour", "/my-department/other-app/colour"],
  [0, "/other-department/", "/other-department"],
  [1, "notice", "/other-department/notice"],
];

const rows: Actor[] = tree.map(([depth, label, id], at) => ({
  id, label, row: true,
  glyph: id in values ? ("parameter" as const) : ("folder" as const),
  wide: [560 + depth * 26, 34 + at * 32],
  narrow: [24 + depth * 22, 268 + at * 29],
}));

/** A row for the parameter that the learner adds; its name stands beside it as a token. */
const extra: Actor = { id: "extra", label: "+", row: true, glyph: "parameter", wide: [560, 34 + tree.length * 32], narrow: [24, 268 + tree.length * 29] };

const cast: Cast = { caller: "app", services: { ssm: "ssm" }, judge: "iam", names: { ssm: "Parameter Store" } };
const parameterArn = (path: string): string => `arn:aws:ssm:us-east-1:111122223333:parameter${path}`;

/** Names as a tree: what GetParametersByPath returns for a path, and which IAM pattern covers it. */
const figure: Figure = {
  id: "HI",
  title: "A tree of parameters",
  summary: "Six parameters whose names form a tree of departments, applications and stages. A program asks for a path; Parameter Store asks IAM and returns what lies below.",
  wide: { width: 960, height: 450 },
  narrow: { width: 400, height: 650 },
  actors: [
    { id: "app", label: "Application", sub: "user app", glyph: "app", wide: [80, 250], narrow: [66, 130] },
    { id: "ssm", label: "Parameter Store", glyph: "parameter", wide: [400, 250], narrow: [312, 130] },
    { id: "iam", label: "IAM", glyph: "policy", wide: [240, 80], narrow: [190, 56] },
    ...rows,
    extra,
  ],
  wires: [
    { from: "app", to: "ssm" },
    { from: "ssm", to: "iam" },
  ],
  controls: [
    { id: "path", kind: "choice", label: "Path", options: tree.filter(([, , id]) => !(id in values)).map(([, , id]) => ({ value: id, label: id })) },
    { id: "extra", kind: "text", label: "Put one more", max: 120 },
    { id: "recursive", kind: "toggle", label: "--recursive" },
    {
      id: "policy", kind: "choice", label: "IAM allows",
      options: [
        { value: "/my-department*", label: "parameter/my-department*" },
        { value: "/my-department/my-app/dev*", label: "parameter/my-department/my-app/dev*" },
        { value: "/*", label: "parameter/*" },
      ],
    },
  ],
  breaks: [
    { id: "noSlash", label: "No slash at the head", set: { path: "my-department" } },
    { id: "devOnly", label: "Allowed dev only, asked at my-app", set: { policy: "/my-department/my-app/dev*", path: "/my-department/my-app", recursive: true } },
    { id: "tooDeep", label: "Sixteen levels", set: { tooDeep: true } },
  ],
  start: { path: "/my-department/my-app", recursive: true, policy: "/my-department*", tooDeep: false, extra: "" },
  simplified: "All values here are of type String, so KMS is not asked.",

  async play(settings, hand) {
    for (const [Name, Value] of Object.entries(values)) await hand.must({ service: "ssm", operation: "PutParameter", input: { Name, Value, Type: "String" } });
    await hand.must({ service: "iam", operation: "CreateUser", input: { UserName: "app" } });
    const statements = [{ Sid: "Branch", Effect: "Allow", Action: "ssm:GetParametersByPath", Resource: parameterArn(String(settings.policy)) }, { Effect: "Allow", Action: "ssm:PutParameter", Resource: "*" }];
    await hand.must({ service: "iam", operation: "PutUserPolicy", input: { UserName: "app", PolicyName: "app", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: statements }) } });

    if (settings.tooDeep) {
      const asked = await hand.call({ service: "ssm", operation: "PutParameter", as: "app", input: { Name: "/level".repeat(16), Value: "too deep", Type: "String" } });
      return hand.scenesOf(asked, cast);
    }

    const own = String(settings.extra).trim();
    if (own) {
      const put = await hand.call({ service: "ssm", operation: "PutParameter", as: "app", input: { Name: own, Value: "yours", Type: "String" } });
      if (!put.reply.ok) return hand.scenesOf(put, cast);
    }
    const standing: Token[] = own ? [{ id: "extra", at: "extra", look: "plain", label: own, holds: { title: own, bytes: btoa("yours"), text: true } }] : [];

    const asked = await hand.call({ service: "ssm", operation: "GetParametersByPath", as: "app", input: { Path: String(settings.path), Recursive: settings.recursive === true } });
    const found = asked.reply.ok ? (asked.reply.output.Parameters as { Name: string; Value: string }[]) : [];
    const scenes = hand.scenesOf(asked, cast, {
      standing,
      reply: () => ({
        look: "plain", label: `${found.length} ${found.length === 1 ? "parameter" : "parameters"}`,
        holds: { title: "What came back", note: found.length ? found.map(({ Name, Value }) => `${Name} = ${Value}`).join("; ") : "An empty list.", call: asked.call },
      }),
      answered: () =>
        found.length === 0
          ? `The answer is empty: directly below ${settings.path} lies no parameter${settings.recursive ? "" : ", and only --recursive goes further down"}.`
          : `${found.length} ${found.length === 1 ? "parameter comes" : "parameters come"} back: ${settings.recursive ? "all that lie" : "those directly"} below ${settings.path}.`,
    });
    const last = scenes.at(-1)!;
    if (asked.reply.ok) {
      const row = (name: string): string => (name in values ? name : "extra");
      last.lit.push(...found.map(({ Name }) => row(Name)));
      last.marks.push(...found.map(({ Name }) => ({ actor: row(Name), verdict: "Allow" as const, words: "returned" })));
    }
    for (const scene of scenes) if (tree.some(([, , id]) => id === settings.path)) scene.lit.push(String(settings.path));
    return scenes;
  },
};

export default figure;
