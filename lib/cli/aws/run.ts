import type { Json } from "../../engine/types";
import { parseKnown } from "./argparse";
import { Settings, readConfig } from "./config";
import { configureCommands, runConfigure } from "./configure";
import { type AwsEnv, type AwsResult, readable } from "./env";
import { Failure, failureText } from "./failure";
import { commandList, loadModel, operationNames, ownCommands, simulatedServices } from "./models";
import { type Globals, runOperation } from "./operation";
import { globalOptions } from "./options";
import { format } from "./output";
import { pythonRepr } from "./python";
import { compileQuery } from "./query";
import { cliVersion } from "../version";

/** What `aws --version` prints: the version whose behaviour is followed, and who follows it. */
export const versionText = `${cliVersion} Keyhole/0.1.0 source/x86_64`;

/**
 * The `aws` command, version 2, on the lab's door. `argv` comes without the word `aws`. Never throws: what goes wrong is
 * on stderr, with the real command's exit code (252 usage, 253 configuration, 254 the service's error, 255 others).
 */
export async function runAws(argv: string[], env: AwsEnv): Promise<AwsResult> {
  const utf8 = new TextEncoder();
  const said: Said = { errorFormat: "enhanced", notes: "" };
  const debug = argv.includes("--debug") ? (await import("./debug")).debugLog(env) : undefined;
  debug?.add("awscli.clidriver", `CLI version: ${versionText}`);
  debug?.add("awscli.clidriver", `Arguments entered to CLI: ${pythonRepr(argv)}`);
  const finish = (result: AwsResult): AwsResult => {
    debug?.add("awscli.clidriver", `Exit code ${result.exitCode}`);
    return { ...result, stderr: said.notes + (debug?.text() ?? "") + result.stderr };
  };
  try {
    const stdout = await run(argv, debug?.env ?? env, said);
    return finish(typeof stdout === "string" ? { stdout: utf8.encode(stdout), stderr: "", exitCode: 0 } : stdout);
  } catch (error) {
    const failure =
      error instanceof Failure
        ? error
        : error instanceof RangeError
          ? new Failure("General", "maximum recursion depth exceeded")
          : undefined;
    if (!failure) throw error;
    if (failure.kind === "Interrupted") return finish({ stdout: utf8.encode("\n"), stderr: "", exitCode: failure.exitCode });
    const write = (how: string, info: Record<string, unknown>): string => format(info as Json, how, "error", env.columns ?? 80);
    return finish({ stdout: new Uint8Array(), stderr: failureText(failure, said.errorFormat, write), exitCode: failure.exitCode });
  }
}

/** What a run has found out, for whoever prints its end. */
interface Said {
  errorFormat: string;
  /** Sentences of ours about an option that does nothing here. */
  notes: string;
}

async function run(argv: string[], env: AwsEnv, said: Said): Promise<string | AwsResult> {
  const commands = await commandList();
  if (argv.includes("--version") && wantsVersion(argv)) return `${versionText}\n`;
  const { values, rest } = parseKnown(globalOptions, { name: "command", choices: [...commands, "help"] }, argv);
  const command = String(values.command);
  if (values.autoPrompt === true)
    throw new Failure("General", "Keyhole does not simulate --cli-auto-prompt. Press Tab to complete a command; add help to it for its manual page.");

  const settings = new Settings(env, await readConfig(env), {
    profile: values.profile as string | undefined,
    region: values.region as string | undefined,
    output: values.output as string | undefined,
  });
  // Without its profile the command cannot read how errors are wanted, and falls back to the old way.
  said.errorFormat =
    (values.errorFormat as string | undefined) ??
    (settings.profileMissing ? "legacy" : (settings.setting("cli_error_format", "AWS_CLI_ERROR_FORMAT") ?? "enhanced").toLowerCase());
  const globals: Globals = { values };
  if (values.query !== undefined) globals.query = await compileQuery(String(values.query));
  if (values.endpointUrl !== undefined && !/^[a-z][a-z0-9+.-]*:/i.test(String(values.endpointUrl)))
    throw new Failure(
      "ParamValidation",
      `Bad value for --endpoint-url "${values.endpointUrl}": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/`,
    );

  if (values.endpointUrl !== undefined) said.notes += `Keyhole: this terminal has no network. The command goes to the page's lab, not to ${values.endpointUrl}.\n`;
  const help = (): Promise<typeof import("./help")> => import("./help");
  const screen = env.columns ?? 80;
  if (command === "help") {
    if (rest.length) throw new Failure("General", `Keyhole has no help topic ${rest[0]}. aws help lists the commands.`);
    return readable(await (await help()).mainHelp(screen));
  }
  if (command === "configure") {
    if (rest.at(-1) !== "help" || rest.length > 2) return runConfigure(rest, settings);
    const about = rest.length === 2 ? rest[0] : undefined;
    if (about === undefined || configureCommands[about]) return readable((await help()).configureHelp(about, screen));
    return runConfigure(rest.slice(0, 1), settings);
  }
  const model = await loadModel(command);
  if (!model && toolCommands.has(command)) throw new Failure("General", `Keyhole does not simulate aws ${command}.`);
  if (!model)
    throw new Failure("General", `Keyhole does not simulate the service ${command}. AWS has it; here are ${simulatedServices.join(", ")}.`);

  const operations = operationNames(model);
  const parsed = parseKnown(
    [],
    { name: "operation", choices: [...operations.keys(), ...(model.waiters ? ["wait"] : []), ...ownCommands(command), "help"] },
    rest,
  );
  const operation = String(parsed.values.operation);
  if (operation === "wait") return (await import("./wait")).runWait(model, command, parsed.rest, globals, settings);
  const own = ownCommands(command).includes(operation) ? (await import("./own")).own[`${command}.${operation}`] : undefined;
  if (own) return own(parsed.rest, globals, settings);
  if (operation === "help") return readable((await help()).serviceHelp(model, command, screen));
  const name = operations.get(operation)!;
  if (!Object.hasOwn(model.operations, name))
    throw new Failure(
      "General",
      `Keyhole does not simulate ${name} of ${model.metadata.serviceFullName}. AWS has this operation; this lab does not.`,
    );
  return runOperation(model, command, name, parsed.rest, globals, settings);
}

/** Commands that are no service. */
const toolCommands = new Set(["history", "cli-dev", "login", "logout"]);

/** `--version` counts where an option may stand, not as another option's value. */
function wantsVersion(argv: string[]): boolean {
  const at = argv.indexOf("--version");
  return !argv.slice(0, at).includes("--");
}
