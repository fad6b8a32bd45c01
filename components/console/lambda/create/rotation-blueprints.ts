import type { Blueprint } from "@/content/functions/blueprints";
import { codeOf } from "@/lib/engine/lambda/templates/code";
import { rotationTemplates, type Language, type RotationTemplate } from "@/lib/engine/lambda/templates/list";

/** The rotation functions, as blueprints. Their code is long: this file is loaded when a blueprint is to be chosen. */
export const rotationBlueprints: readonly Blueprint[] = rotationTemplates.map((template) => ({
  id: template.name,
  name: `Rotate a secret: ${template.title}`,
  what: whatOf(template),
  programs: { python: programOf(template, "python"), nodejs: programOf(template, "javascript") },
  environment: {},
  // Four steps, of which some wait for a database.
  timeout: 30,
  event: JSON.stringify({ SecretId: "arn:aws:secretsmanager:us-east-1:111122223333:secret:my-secret-AbCdEf", ClientRequestToken: "00000000-0000-4000-8000-000000000000", Step: "createSecret" }, null, 2),
}));

function programOf(template: RotationTemplate, language: Language) {
  const { handler, file, text } = codeOf(template, language);
  return { handler, files: { [file]: text } };
}

function whatOf({ engine, strategy }: RotationTemplate): string {
  const needs = "Its role needs DescribeSecret, GetSecretValue, PutSecretValue and UpdateSecretVersionStage on the secret, and GetRandomPassword; its own policy must let secretsmanager.amazonaws.com invoke it.";
  if (!engine) return `The four steps, to be filled in. ${needs}`;
  return `${strategy === "alternating-users" ? "Two users take turns: the one that is not in use gets a new password." : "The user\u2019s own password is changed."} ${needs}`;
}
