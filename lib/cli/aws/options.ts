import type { OperationModel, Paginator, ServiceModel, Shape } from "../../engine/model";
import type { OptionSpec } from "./argparse";
import { errorFormats } from "./failure";
import { cliArgument, cliName } from "./names";
import { outputFormats } from "./output";

/** Options of every command. Source: aws help, Global options. */
export const globalOptions: OptionSpec[] = [
  { flag: "--debug", to: "debug", takes: "yes" },
  { flag: "--endpoint-url", to: "endpointUrl", takes: "one" },
  { flag: "--no-verify-ssl", to: "verifySsl", takes: "no" },
  { flag: "--no-paginate", to: "paginate", takes: "no" },
  { flag: "--output", to: "output", takes: "one", choices: outputFormats },
  { flag: "--query", to: "query", takes: "one" },
  { flag: "--profile", to: "profile", takes: "one" },
  { flag: "--region", to: "region", takes: "one" },
  { flag: "--version", to: "version", takes: "yes" },
  { flag: "--color", to: "color", takes: "one", choices: ["on", "off", "auto"] },
  { flag: "--no-sign-request", to: "signRequest", takes: "no" },
  { flag: "--ca-bundle", to: "caBundle", takes: "one" },
  { flag: "--cli-read-timeout", to: "readTimeout", takes: "one", number: "int" },
  { flag: "--cli-connect-timeout", to: "connectTimeout", takes: "one", number: "int" },
  { flag: "--cli-binary-format", to: "binaryFormat", takes: "one", choices: ["base64", "raw-in-base64-out"] },
  { flag: "--no-cli-pager", to: "pager", takes: "no" },
  { flag: "--cli-auto-prompt", to: "autoPrompt", takes: "yes" },
  { flag: "--no-cli-auto-prompt", to: "autoPrompt", takes: "no" },
  { flag: "--cli-error-format", to: "errorFormat", takes: "one", choices: errorFormats },
];

/** An option of an operation, and the member of its input that it sets. */
export interface MemberOption extends OptionSpec {
  member: string;
  shape: Shape;
  /** Its name in the model. */
  shapeName: string;
  /** It sets this member of that member: `--zip-file` is `Code.ZipFile`. */
  within?: string;
}

export interface OperationOptions {
  members: MemberOption[];
  /** `--cli-input-json` and its like, and the paging options. */
  general: OptionSpec[];
  paginator?: Paginator;
  /** Members' options that a paging option of the same name hides (`--max-items` of IAM). */
  hidden: MemberOption[];
  /** The member of the answer that goes to a file, which the command line must name last. */
  outfile?: string;
}

export function operationOptions(service: string, name: string, operation: OperationModel, model: ServiceModel): OperationOptions {
  const input = operation.input ? model.shapes[operation.input.shape] : undefined;
  const required = new Set(input?.required ?? []);
  const members: MemberOption[] = [];
  for (const [member, ref] of Object.entries(input?.members ?? {})) {
    const shape = model.shapes[ref.shape];
    const spelled = cliArgument(service, cliName(name), member);
    const base = { to: `member:${member}`, member, shape, shapeName: ref.shape };
    if (shape.type === "boolean")
      members.push({ ...base, flag: `--${spelled}`, takes: "yes" }, { ...base, flag: `--no-${spelled}`, takes: "no" });
    else
      members.push({
        ...base,
        flag: `--${spelled}`,
        takes: shape.type === "list" ? "many" : "one",
        required: required.has(member),
        ...(shape.type === "long"
          ? { number: "int" as const }
          : shape.type === "float" || shape.type === "double"
            ? { number: "float" as const }
            : {}),
      });
  }
  const outfile = outfileOf(operation, model);
  // The real command has none of these three where an answer goes to a file.
  const general: OptionSpec[] =
    outfile === undefined
      ? [
          { flag: "--cli-input-json", to: "cliInputJson", takes: "one" },
          { flag: "--cli-input-yaml", to: "cliInputYaml", takes: "one" },
        ]
      : [];
  const paginator = Object.hasOwn(model.paginators, name) ? model.paginators[name] : undefined;
  if (paginator) {
    const limit = paginator.limit_key ? model.shapes[input!.members![paginator.limit_key].shape].type : "integer";
    const number = limit === "string" ? {} : { number: "int" as const };
    general.push({ flag: "--starting-token", to: "startingToken", takes: "one" });
    if (paginator.limit_key) general.push({ flag: "--page-size", to: "pageSize", takes: "one", ...number });
    general.push({ flag: "--max-items", to: "maxItems", takes: "one", ...number });
  }
  if (outfile === undefined)
    general.push({
      flag: "--generate-cli-skeleton",
      to: "skeleton",
      takes: "optional",
      bare: "input",
      choices: ["input", "output", "yaml-input"],
    });
  const taken = new Set(general.map((option) => option.flag));
  return {
    members: withOwn(
      service,
      name,
      members.filter((option) => !taken.has(option.flag)),
    ),
    general,
    paginator,
    hidden: members.filter((option) => taken.has(option.flag)),
    outfile,
  };
}

/** Options of the command's own: a function's package is given by itself. Source: AWS CLI reference, lambda create-function. */
function withOwn(service: string, name: string, members: MemberOption[]): MemberOption[] {
  if (service !== "lambda" || name !== "CreateFunction") return members;
  const zip: MemberOption = { flag: "--zip-file", to: "own:zip-file", takes: "one", member: "Code", within: "ZipFile", shape: { type: "blob" }, shapeName: "Blob" };
  return [...members.map((option) => (option.member === "Code" ? { ...option, required: false, shape: withoutZip(option.shape) } : option)), zip];
}

const withoutZip = ({ members, ...shape }: Shape): Shape => ({ ...shape, members: Object.fromEntries(Object.entries(members!).filter(([name]) => name !== "ZipFile")) });

/** An answer whose body is bytes is written to a file. Source: AWS CLI reference, lambda invoke (outfile). */
function outfileOf({ output }: OperationModel, { shapes }: ServiceModel): string | undefined {
  const { payload, members } = (output && shapes[output.shape]) ?? {};
  return payload !== undefined && shapes[members![payload].shape].type === "blob" ? payload : undefined;
}
