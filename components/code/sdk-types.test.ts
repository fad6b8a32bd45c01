import { libFileMap } from "monaco-editor/languages/features/typescript/lib/lib";
import { typescript as ts } from "monaco-editor/languages/features/typescript/lib/typescriptServices";
import { beforeAll, describe, expect, test } from "vitest";
import { codePrograms } from "./programs";
import { globals } from "./use-sdk-types";

// The declarations that the build cuts down, read by the TypeScript that Monaco has, as the editor reads them.

const program = "file:///code/program.ts";
let problemsOf: (text: string) => string[];

beforeAll(async () => {
  const builder = "../../.ci/code-tab.mjs";
  const { makeTypes } = (await import(builder)) as { makeTypes(): Record<string, string> };
  const files: Record<string, string> = Object.assign(
    {},
    { [globals.path]: globals.content },
    ...Object.values(makeTypes()).map((part) => JSON.parse(part) as object),
  );
  let version = 0;
  const textOf = (name: string): string | undefined => files[name] ?? libFileMap[name.replace("file:///", "")];
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      moduleResolution: 2,
      moduleDetection: ts.ModuleDetectionKind.Force,
      lib: ["lib.esnext.d.ts"],
      strict: true,
      skipLibCheck: true,
    }),
    getScriptFileNames: () => Object.keys(files),
    getScriptVersion: (name: string) => (name === program ? String(version) : "1"),
    getScriptSnapshot: (name: string) => {
      const text = textOf(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => "",
    getDefaultLibFileName: () => "lib.esnext.d.ts",
    fileExists: (name: string) => textOf(name) !== undefined,
    readFile: textOf,
  });
  problemsOf = (text) => {
    files[program] = text;
    version++;
    return [...service.getSyntacticDiagnostics(program), ...service.getSemanticDiagnostics(program)].map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, " "),
    );
  };
}, 60_000);

test.each(codePrograms.map(({ id, start }) => [id, start]))("nothing is underlined in %s", { timeout: 60_000 }, (_, text) =>
  expect(problemsOf(text)).toEqual([]),
);

describe("what is wrong is underlined", () => {
  test.each([
    [
      "an input's name",
      'import { EncryptCommand } from "@aws-sdk/client-kms"; new EncryptCommand({ KeyID: "a", Plaintext: Buffer.from("") });',
      /'KeyID' does not exist/,
    ],
    [
      "an input's type",
      'import { EncryptCommand } from "@aws-sdk/client-kms"; new EncryptCommand({ KeyId: "a", Plaintext: "text" });',
      /'string' is not assignable/,
    ],
    [
      "what is required",
      'import { EncryptCommand } from "@aws-sdk/client-kms"; new EncryptCommand({ KeyId: "a" });',
      /'Plaintext' is missing/,
    ],
    [
      "a value of a list",
      'import { CreateKeyCommand } from "@aws-sdk/client-kms"; new CreateKeyCommand({ KeySpec: "RSA_1024" });',
      /"RSA_1024"' is not assignable/,
    ],
    [
      "a reply's member",
      'import { SSMClient, GetParameterCommand } from "@aws-sdk/client-ssm"; (await new SSMClient().send(new GetParameterCommand({ Name: "a" }))).Value;',
      /'Value' does not exist/,
    ],
    [
      "a command of another client",
      'import { SSMClient } from "@aws-sdk/client-ssm"; import { ListKeysCommand } from "@aws-sdk/client-kms"; new SSMClient().send(new ListKeysCommand());',
      /No overload|not assignable/,
    ],
    [
      "a client's settings",
      'import { KMSClient } from "@aws-sdk/client-kms"; new KMSClient({ regoin: "x" });',
      /'regoin' does not exist|regoin/,
    ],
    [
      "a module that is not here",
      'import "node:crypto"; import { createHash } from "node:crypto"; createHash;',
      /Cannot find module 'node:crypto'/,
    ],
    ["a page's own things", "document.title;", /Cannot find name 'document'/],
  ])("%s", (_, text, problem) => expect(problemsOf(text).join("\n")).toMatch(problem));
});
