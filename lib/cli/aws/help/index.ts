import type { ServiceModel, Shape } from "../../../engine/model";
import type { OptionSpec } from "../argparse";
import { configureCommands } from "../configure";
import { exportOptions, importOptions } from "../configure-keys";
import { commandList, operationNames, ownCommands, simulatedServices, waiterNames } from "../models";
import { cliName } from "../names";
import { type MemberOption, globalOptions, operationOptions } from "../options";
import type { OwnCommand } from "../own";
import { type Page, createPage, margin } from "./page";
import { constraints, isScalar, jsonSyntax, listSyntax, shorthandSyntax } from "./syntax";
import { examples, memberWord, operationWords, optionWords } from "./words";

// Manual pages in the form of version 2's: the same sections in the same order. What stands in them comes from the
// service models, and from our own sentences. Source: AWS CLI v2 command reference.

const inner = margin + 3;

/** `aws help` */
export async function mainHelp(screen: number): Promise<string> {
  const page = createPage("aws", screen);
  nameAndWords(page, "aws", "The AWS Command Line Interface, version 2, on the lab of this page.");
  page.section("SYNOPSIS");
  page.code(["aws [options] <command> <subcommand> [parameters]"]);
  page.gap();
  page.text("Use aws <command> help for a service, and aws <command> <subcommand> help for an operation. Optional parameters are in square brackets. Press Tab to complete what you type.");
  globalSection(page);
  page.section("AVAILABLE SERVICES");
  page.list([...simulatedServices, "configure"].sort());
  const others = (await commandList()).length - simulatedServices.length - 1;
  page.gap();
  page.text(`AWS has ${others} more commands. Each says by name that Keyhole does not simulate it.`);
  return page.toString();
}

/** `aws kms help` */
export function serviceHelp(model: ServiceModel, service: string, screen: number): string {
  const page = createPage(service, screen);
  const operations = [...operationNames(model)];
  const simulated = operations.filter(([, name]) => Object.hasOwn(model.operations, name));
  nameAndWords(page, service, `${model.metadata.serviceFullName}, API version ${model.metadata.apiVersion}.`);
  page.section("AVAILABLE COMMANDS");
  for (const [spelled, name] of simulated) {
    page.list([spelled]);
    const words = operationWords[`${service}.${name}`];
    if (words) page.text(words, inner);
  }
  page.list([...ownCommands(service), ...(model.waiters ? ["wait"] : []), "help"]);
  const missing = operations.filter(([, name]) => !Object.hasOwn(model.operations, name)).map(([spelled]) => spelled);
  if (missing.length) {
    page.section("NOT SIMULATED");
    page.text(`AWS also has: ${missing.join(", ")}.`);
  }
  return page.toString();
}

/** `aws kms encrypt help` */
export function operationHelp(model: ServiceModel, service: string, name: string, screen: number): string {
  const operation = model.operations[name];
  const options = operationOptions(service, name, operation, model);
  const spelled = cliName(name);
  const page = createPage(spelled, screen);
  nameAndWords(page, spelled, operationWords[`${service}.${name}`] ?? `Calls ${name} of ${model.metadata.serviceFullName}.`);
  page.gap();
  page.text(`See also: ${model.metadata.serviceId} API Reference, ${name}`);
  if (options.paginator) {
    page.gap();
    page.text(`${spelled} asks for further pages until it has them all. --no-paginate makes one call; --max-items and --starting-token take a part.`);
  }

  const members = grouped(options.members);
  page.section("SYNOPSIS");
  page.code([`  ${spelled}`, ...members.map(({ flags, option }) => brackets(flags.length > 1 ? flags.join(" | ") : `${flags[0]} <value>`, option.required)), ...generalSynopsis(options.general), ...globalSynopsis()]);

  page.section("OPTIONS");
  for (const { flags, option } of members) memberOption(page, model, service, flags, option);
  for (const option of options.general.filter(({ flag }) => flag !== "--cli-input-yaml")) {
    const both = option.flag === "--cli-input-json";
    page.text(`${both ? "--cli-input-json | --cli-input-yaml" : option.flag} (${option.number ? "integer" : "string"})`);
    page.text(optionWords[option.flag], inner);
    if (option.choices) page.list(option.choices, inner);
    page.gap();
  }
  globalSection(page);

  const shown = examples[`${service}.${name}`];
  if (shown) {
    page.section("EXAMPLES");
    for (const [what, line] of shown) {
      page.text(`${what}:`);
      page.gap();
      page.code([line]);
    }
  }
  page.section("OUTPUT");
  const output = operation.output && model.shapes[operation.output.shape];
  if (!Object.keys(output?.members ?? {}).length) page.text("None");
  else for (const [member, ref] of Object.entries(output!.members!)) documentMember(page, model, member, ref.shape, [], margin);
  return page.toString();
}

/** `aws lambda wait help` */
export function waitHelp(model: ServiceModel, service: string, screen: number): string {
  const page = createPage("wait", screen);
  nameAndWords(page, "wait", `Asks until something of ${model.metadata.serviceFullName} has come to be, and ends. Exit code 255: it failed, or did not come in time.`);
  page.section("AVAILABLE COMMANDS");
  for (const [spelled, name] of waiterNames(model)) {
    const { operation, delay, maxAttempts } = model.waiters![name];
    page.list([spelled]);
    page.text(`Calls aws ${service} ${cliName(operation)} every ${delay} seconds, at most ${maxAttempts} times. Its options are that command's.`, inner);
  }
  return page.toString();
}

/** `aws logs tail help` */
export function ownHelp(name: string, { words, options, positional }: Pick<OwnCommand, "words" | "options" | "positional">, screen: number): string {
  const page = createPage(name, screen);
  nameAndWords(page, name, words);
  page.section("SYNOPSIS");
  page.code([`  ${[name, ...(positional ? [positional] : [])].join(" ")}`, ...options.map(({ flag, takes, required }) => `  ${brackets(takes === "yes" || takes === "no" ? flag : `${flag} <value>`, required)}`)]);
  globalSection(page);
  return page.toString();
}

/** `aws configure help`, `aws configure get help` */
export function configureHelp(command: string | undefined, screen: number): string {
  const page = createPage(command ?? "configure", screen);
  if (command === undefined) {
    nameAndWords(page, "configure", "Settings of the AWS command line, kept in ~/.aws/config and ~/.aws/credentials of this terminal. Alone it asks for keys, Region and output.");
    page.section("SYNOPSIS");
    page.code(["aws configure [--profile profile-name]"]);
    page.section("AVAILABLE COMMANDS");
    page.list(Object.keys(configureCommands).filter((name) => configureCommands[name]).sort());
    page.section("NOT SIMULATED");
    page.text(`AWS also has: ${Object.keys(configureCommands).filter((name) => !configureCommands[name]).sort().join(", ")}.`);
    page.section("EXAMPLES");
    page.text("A profile that assumes a role with the keys of another:");
    page.gap();
    page.code(["aws configure set role_arn arn:aws:iam::111122223333:role/app --profile app", "aws configure set source_profile default --profile app", "aws sts get-caller-identity --profile app"]);
    return page.toString();
  }
  const { words, positional = [], options = [] } = configurePages[command];
  nameAndWords(page, command, words);
  page.section("SYNOPSIS");
  page.code([`aws configure ${[command, ...positional.map(([name]) => name), ...options.map(({ flag, takes, required }) => brackets(takes === "one" ? `${flag} <value>` : flag, required))].join(" ")} [--profile profile-name]`]);
  page.section("OPTIONS");
  if (!positional.length && !options.length) page.text("None");
  for (const [name, about] of positional) {
    page.text(`${name} (string) [required]`);
    page.text(about, inner);
  }
  for (const { flag, takes, required, choices } of options) {
    page.text(`${flag} (${takes === "one" ? "string" : "boolean"})${required ? " [required]" : ""}`);
    if (choices) page.list(choices, inner);
  }
  globalSection(page);
  return page.toString();
}

const configurePages: Record<string, { words: string; positional?: [string, string][]; options?: OptionSpec[] }> = {
  list: { words: "Shows profile, access key, secret key and Region in force, and where each comes from." },
  "list-profiles": { words: "Lists the profiles of both files." },
  get: { words: "Prints a value of the profile.", positional: [["varname", "The name: region, profile.dev.role_arn."]] },
  set: {
    words: "Writes a value. Keys go to ~/.aws/credentials, everything else to ~/.aws/config.",
    positional: [
      ["varname", "The name: region, profile.dev.role_arn."],
      ["value", "The value."],
    ],
  },
  import: { words: "Makes a profile of each line of a file of access keys that the console gave you.", options: importOptions },
  "export-credentials": { words: "Prints the credentials in force, for another tool.", options: exportOptions },
};

// ---------------------------------------------------------------- parts

function nameAndWords(page: Page, name: string, words: string): void {
  page.section("NAME");
  page.text(`${name} -`);
  page.section("DESCRIPTION");
  page.text(words);
}

const brackets = (text: string, required: boolean | undefined): string => (required ? text : `[${text}]`);

/** An option and its negation are one. */
function grouped(options: MemberOption[]): { flags: string[]; option: MemberOption }[] {
  const groups = new Map<string, { flags: string[]; option: MemberOption }>();
  for (const option of options) {
    const group = groups.get(option.to);
    if (group) group.flags.push(option.flag);
    else groups.set(option.to, { flags: [option.flag], option });
  }
  return [...groups.values()];
}

const generalSynopsis = (options: OptionSpec[]): string[] =>
  options
    .filter(({ flag }) => flag !== "--cli-input-yaml")
    .map(({ flag }) => (flag === "--cli-input-json" ? "[--cli-input-json | --cli-input-yaml]" : `[${flag} <value>]`));

const globalSynopsis = (): string[] => globalOptions.map(({ flag, takes }) => `[${flag}${takes === "one" || flag === "--version" ? " <value>" : ""}]`);

function globalSection(page: Page): void {
  page.section("GLOBAL OPTIONS");
  for (const { flag, takes, number, choices } of globalOptions) {
    page.text(`${flag} (${takes === "one" ? (number === "int" ? "int" : "string") : flag === "--version" ? "string" : "boolean"})`);
    page.text(optionWords[flag], inner);
    if (choices) page.list(choices, inner);
    page.gap();
  }
}

function memberOption(page: Page, model: ServiceModel, service: string, flags: string[], option: MemberOption): void {
  const { shape, member, required } = option;
  page.text(`${flags.join(" | ")} (${shape.type})${required ? " [required]" : ""}`);
  const words = memberWord(service, member);
  if (words) page.text(words, inner);
  limits(page, shape, inner);
  if (shape.type === "string" && shape.enum) {
    page.text("Possible values:", inner);
    page.list(shape.enum, inner);
  }
  page.gap();
  if (isScalar(shape)) return;
  const plainList = shape.type === "list" && isScalar(model.shapes[shape.member!.shape]);
  if (!plainList) for (const [name, ref] of innerMembers(shape)) documentMember(page, model, name, ref, [option.shapeName], inner);
  const short = shorthandSyntax(model, shape);
  if (short) {
    page.text("Shorthand Syntax:");
    page.gap();
    page.code(short.split("\n"));
    page.gap();
  }
  page.text(plainList ? "Syntax:" : "JSON Syntax:");
  page.gap();
  page.code(plainList ? listSyntax(model.shapes[shape.member!.shape]) : jsonSyntax(model, option.shapeName));
  page.gap();
}

function limits(page: Page, shape: Shape, indent: number): void {
  const rules = constraints(shape);
  if (!rules.length) return;
  page.text("Constraints:", indent);
  page.list(rules, indent);
}

function innerMembers(shape: Shape): [name: string, shape: string][] {
  if (shape.type === "structure") return Object.entries(shape.members ?? {}).map(([name, ref]) => [name, ref.shape]);
  if (shape.type === "list") return [["", shape.member!.shape]];
  if (shape.type === "map")
    return [
      ["key", shape.key!.shape],
      ["value", shape.value!.shape],
    ];
  return [];
}

/** `Tags -> (list)`, and what is within. */
function documentMember(page: Page, model: ServiceModel, name: string, shapeName: string, stack: string[], indent: number): void {
  const shape = model.shapes[shapeName];
  const times = stack.filter((one) => one === shapeName).length;
  if (times > 1) {
    if (shape.type === "structure") page.text("( ... recursive ... )", indent);
    return;
  }
  page.text(name ? `${name} -> (${shape.type})` : `(${shape.type})`, indent);
  limits(page, shape, indent + 4);
  if (shape.type === "string" && shape.enum) {
    page.text("Possible values:", indent + 4);
    page.list(shape.enum, indent + 4);
  }
  page.gap();
  for (const [inside, ref] of innerMembers(shape)) documentMember(page, model, inside, ref, [...stack, shapeName], indent + 4);
}
