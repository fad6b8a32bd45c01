import { javascriptCode } from "./javascript";
import type { Language, RotationTemplate } from "./list";
import { pythonCode } from "./python";

/** A function's code, and what CreateFunction needs to know of it. */
export interface TemplateCode {
  runtime: string;
  handler: string;
  /** The one file of the deployment package. */
  file: string;
  text: string;
}

/** The code of a template. Load this file when it is needed: nothing of it belongs to a page's first script. */
export function codeOf(template: RotationTemplate, language: Language): TemplateCode {
  return language === "python"
    ? { runtime: "python3.13", handler: "lambda_function.lambda_handler", file: "lambda_function.py", text: pythonCode(template) }
    : { runtime: "nodejs22.x", handler: "index.handler", file: "index.mjs", text: javascriptCode(template) };
}
