import { simulatedServices } from "./models";
import { cliName } from "./names";
import { type OperationOptions, globalOptions } from "./options";

// The real help is manual pages of many screens, of AWS's own text. Here: what can be typed.

const list = (words: string[]): string => words.map((word) => `       o ${word}\n`).join("");

export function mainHelp(): string {
  return `AWS()\n\nNAME\n       aws - the AWS command line, on this lab\n\nSYNOPSIS\n          aws [options] <command> <subcommand> [parameters]\n\nGLOBAL OPTIONS\n${list(globalOptions.map((option) => option.flag))}\nCOMMANDS SIMULATED HERE\n${list([...simulatedServices, "configure"].sort())}\nAWS has many more services; a command of theirs says that it is not simulated.\n`;
}

export function serviceHelp(service: string, fullName: string, here: string[], elsewhere: number): string {
  return `${service.toUpperCase()}()\n\nNAME\n       ${service} - ${fullName}\n\nAVAILABLE COMMANDS\n${list(here)}${elsewhere ? `\n${elsewhere} more operations exist in AWS and are not simulated here.\n` : ""}`;
}

export function operationHelp(service: string, name: string, options: OperationOptions): string {
  const synopsis = options.members.map((option) => {
    const value =
      option.takes === "yes" || option.takes === "no"
        ? ""
        : ` <${option.shape.type === "list" ? "value> ..." : `${option.shape.enum ? option.shape.enum.join("|") : option.shape.type}>`}`;
    return `          ${option.required ? `${option.flag}${value}` : `[${option.flag}${value}]`}\n`;
  });
  return `${cliName(name).toUpperCase()}()\n\nNAME\n       ${cliName(name)} - ${service} ${name}\n\nSYNOPSIS\n            ${cliName(name)}\n${synopsis.join("")}${options.general.map((option) => `          [${option.flag}${option.takes === "one" ? " <value>" : ""}]\n`).join("")}`;
}
