import { TypeScriptWorker, initialize, ts } from "monaco-editor/language/typescript/ts.worker";
import { compileProgram, type Compiled } from "./compile-program";

/** Monaco's TypeScript, and beside what it does for the editor: `compileProgram`, for what is to be run. */
class ProgramWorker extends TypeScriptWorker {
  async compileProgram(text: string): Promise<Compiled> {
    return compileProgram(ts.typescript, text);
  }
}

self.onmessage = () => initialize((context, data) => new ProgramWorker(context, data));
