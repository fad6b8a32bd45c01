import { jsonDefaults } from "monaco-editor/languages/features/json/register";

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
