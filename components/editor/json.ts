import { jsonDefaults } from "monaco-editor/languages/features/json/register";
import { policySchema } from "./policy-schema";

/** JSON with nothing fetched and no comments: what AWS reads is JSON to the letter. */
export function prepareJson(): void {
  jsonDefaults.setDiagnosticsOptions({ ...jsonDefaults.diagnosticsOptions, validate: true, allowComments: false, enableSchemaRequest: false });
}

const schemas = new Map<string, { uri: string; fileMatch: string[]; schema: object }>();

/** Lets documents whose path matches (`*` in a name, `**` over folders) be completed by this JSON schema. Same `uri`: replaces. */
export function addSchema(uri: string, fileMatch: string[], schema: object): void {
  schemas.set(uri, { uri, fileMatch, schema });
  jsonDefaults.setDiagnosticsOptions({ ...jsonDefaults.diagnosticsOptions, schemas: [...schemas.values()] });
}

/** Policies: their elements are explained on hover; checks and proposals come from the engine, not from the schema. */
export function preparePolicies(): void {
  if (schemas.has(POLICY)) return;
  jsonDefaults.setModeConfiguration({ ...jsonDefaults.modeConfiguration, diagnostics: false, completionItems: false });
  addSchema(POLICY, ["**/policies/*.json"], policySchema);
}
const POLICY = "inmemory://keyhole/schemas/policy.json";
