import { type Node, PatternProblem, isWord, parsePattern } from "./pattern-syntax";

/**
 * Matches an AllowedPattern in a time that its writer cannot blow up: all ways are followed at once, character by
 * character (Thompson's construction), and the work has a ceiling. JavaScript's own RegExp backtracks, and
 * `^(a+)+$` on thirty letters would hang the page.
 */
type Instruction =
  | { op: "char"; test: (code: number) => boolean }
  | { op: "split"; to: number[] }
  | { op: "place"; at: Extract<Node, { kind: "place" }>["at"] }
  | { op: "look"; program: Program; negative: boolean }
  | { op: "match" };

interface Program {
  code: Instruction[];
  /** Lookaheads ask the same question at the same place many times. */
  known: Map<number, boolean>;
}

const maxInstructions = 20_000;
const maxSteps = 20_000_000;

/** Could not be read, or asks for more than this lab does; `text` says which. */
export type PatternVerdict = "matches" | "differs" | { problem: string };

/** Does the pattern match somewhere in the value? Anchors say where. Source: SSM API, PutParameter (AllowedPattern: `^\d+$`). */
export function matchPattern(pattern: string, value: string): PatternVerdict {
  try {
    const program = compile(parsePattern(pattern));
    const text = Array.from(value, (char) => char.codePointAt(0)!);
    return run(program, text, 0, false, { steps: 0 }) ? "matches" : "differs";
  } catch (error) {
    if (error instanceof PatternProblem) return { problem: error.message };
    throw error;
  }
}

function compile(node: Node): Program {
  const code: Instruction[] = [];
  const add = (instruction: Instruction): number => {
    if (code.length >= maxInstructions) throw new PatternProblem("The pattern is larger than Keyhole matches");
    return code.push(instruction) - 1;
  };
  const split = (): { op: "split"; to: number[] } => {
    const instruction = { op: "split" as const, to: [] as number[] };
    add(instruction);
    return instruction;
  };

  function write(item: Node): void {
    if (item.kind === "char") add({ op: "char", test: item.test });
    else if (item.kind === "place") add({ op: "place", at: item.at });
    else if (item.kind === "look") add({ op: "look", program: compile(item.item), negative: item.negative });
    else if (item.kind === "sequence") item.items.forEach(write);
    else if (item.kind === "either") {
      const fork = split();
      const ends = item.options.map((option) => {
        fork.to.push(code.length);
        write(option);
        return split();
      });
      for (const end of ends) end.to.push(code.length);
    } else {
      for (let i = 0; i < item.min; i++) write(item.item);
      if (item.max === Infinity) {
        const start = code.length;
        const fork = split();
        fork.to.push(code.length);
        write(item.item);
        split().to.push(start);
        fork.to.push(code.length);
      } else {
        const forks: { to: number[] }[] = [];
        for (let i = item.min; i < item.max; i++) {
          const fork = split();
          fork.to.push(code.length);
          forks.push(fork);
          write(item.item);
        }
        for (const fork of forks) fork.to.push(code.length);
      }
    }
  }

  write(node);
  add({ op: "match" });
  return { code, known: new Map() };
}

/** `anchored`: only a match that begins at `from` counts. */
function run({ code }: Program, text: number[], from: number, anchored: boolean, budget: { steps: number }): boolean {
  const seen = new Uint32Array(code.length);
  let now: number[] = [];
  let generation = 0;

  /** Follows everything that takes no character. True when it gets to the end of the pattern. */
  const follow = (start: number, at: number, into: number[]): boolean => {
    const open = [start];
    while (open.length) {
      const index = open.pop()!;
      if (seen[index] === generation) continue;
      seen[index] = generation;
      if (++budget.steps > maxSteps) throw new PatternProblem("Matching the value takes more steps than Keyhole allows");
      const instruction = code[index];
      if (instruction.op === "match") return true;
      if (instruction.op === "char") into.push(index);
      else if (instruction.op === "split") for (let i = instruction.to.length - 1; i >= 0; i--) open.push(instruction.to[i]);
      else if (instruction.op === "place" ? isAt(instruction.at, text, at) : looksAhead(instruction.program, text, at, budget) !== instruction.negative) open.push(index + 1);
    }
    return false;
  };

  for (let at = from; at <= text.length; at++) {
    generation++;
    const here: number[] = [];
    if (at > from) for (const index of now) {
      const instruction = code[index];
      budget.steps++;
      if (instruction.op === "char" && instruction.test(text[at - 1]) && follow(index + 1, at, here)) return true;
    }
    if ((at === from || !anchored) && follow(0, at, here)) return true;
    if (anchored && !here.length) return false;
    now = here;
  }
  return false;
}

function looksAhead(program: Program, text: number[], at: number, budget: { steps: number }): boolean {
  let answer = program.known.get(at);
  if (answer === undefined) program.known.set(at, (answer = run(program, text, at, true, budget)));
  return answer;
}

function isAt(place: Extract<Node, { kind: "place" }>["at"], text: number[], at: number): boolean {
  if (place === "start") return at === 0;
  if (place === "very end") return at === text.length;
  // Java's `$` also stands before a line end that closes the text.
  if (place === "end") return at === text.length || (at === text.length - 1 && text[at] === 10) || (at === text.length - 2 && text[at] === 13 && text[at + 1] === 10);
  const edge = (at > 0 && isWord(text[at - 1])) !== (at < text.length && isWord(text[at]));
  return place === "word" ? edge : !edge;
}
