import { type Settings, configPath, credentialsPath, readText } from "./config";
import { Failure } from "./failure";
import { type NewValues, setIni } from "./ini";

/** Values that are kept in ~/.aws/credentials. */
export const secretNames = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];

/** Sections that are no profiles. */
export const ownSections = ["plugins", "preview"];

/** What no option or value of a command is. */
export function noMore(rest: string[]): void {
  if (rest.length) throw new Failure("UnknownOptions", `Unknown options: ${rest.join(", ")}`);
}

/** `secret` values go to the credentials file, the others to the configuration. */
export async function writeValues(settings: Settings, profile: string, values: NewValues, secret: boolean): Promise<void> {
  const path = secret ? credentialsPath(settings.env) : configPath(settings.env);
  const plain = secret || profile === "default" || ownSections.includes(profile);
  const section = plain ? profile : /\s/.test(profile) ? `profile '${profile.replaceAll("'", `'"'"'`)}'` : `profile ${profile}`;
  const text = setIni((await readText(settings.env, path)) ?? "", section, values);
  await settings.env.writeFile(path, new TextEncoder().encode(text));
}
