/**
 * What QuickJS says of an error, said as V8 says it: Lambda's Node.js is V8, and what a learner reads here should be what is read
 * there. `text` is the line of code, `column` (from 1) where in it; undefined where there is nothing better.
 */
export function v8Words(name: string, message: string, text: string | undefined, column: number): string | undefined {
  for (const [pattern, words] of sentences) {
    const found = pattern.exec(message);
    if (found) return typeof words === "string" ? found[0].replace(pattern, words) : words(found, text, column);
  }
  void name;
  return undefined;
}

type Words = string | ((found: RegExpExecArray, text: string | undefined, column: number) => string | undefined);

/** What is called at a place: `q.foo` of `q.foo()`. */
function called(text: string | undefined, column: number): string | undefined {
  if (text === undefined) return undefined;
  const at = column - 1;
  const before = /[\w$.?#]*$/.exec(text.slice(0, at))![0];
  const after = /^[\w$]*/.exec(text.slice(at))![0];
  const whole = (before + after).replaceAll("?.", ".");
  const call = before.startsWith(".") ? /([A-Za-z_$][\w$.]*)\([^()]*\)$/.exec(text.slice(0, at - before.length))?.[1] : undefined;
  if (call) return `${call}(...)${whole}`;
  if (!/^[A-Za-z_$#]/.test(whole)) return undefined;
  return whole;
}

const sentences: [RegExp, Words][] = [
  [/^cannot read property 'Symbol\.iterator' of (undefined|null)$/, (found, text, column) => `${called(text, column) ?? found[1]} is not iterable`],
  [/^cannot read property '(.*)' of (undefined|null)$/, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot read property of (undefined|null)$/, "Cannot read properties of $1"],
  [/^cannot set property '(.*)' of (undefined|null)$/, "Cannot set properties of $2 (setting '$1')"],
  [/^'(.*)' is read-only$/, "Assignment to constant variable."],
  [/^not a function$/, (_, text, column) => (called(text, column) ? `${called(text, column)} is not a function` : undefined)],
  [/^not a constructor$/, (_, text, column) => (called(text, column + 4) ? `${called(text, column + 4)} is not a constructor` : undefined)],
  [/^value is not iterable$/, "object is not iterable (cannot read property Symbol(Symbol.iterator))"],
  [/^'(.*)' is not defined$/, "$1 is not defined"],
  [/^(.*) is not initialized$/, "Cannot access '$1' before initialization"],
  [/^lexical variable is not initialized$/, "Cannot access variable before initialization"],
  [/^invalid array length$/, "Invalid array length"],
  [/^invalid array index$/, "Invalid typed array length"],
  [/^invalid repeat count$/, "Invalid count value: -1"],
  [/^cannot convert BigInt to number$/i, "Cannot mix BigInt and other types, use explicit conversions"],
  [/^cannot convert symbol to string$/, "Cannot convert a Symbol value to a string"],
  [/^BigInt are forbidden in JSON\.stringify$/, "Do not know how to serialize a BigInt"],
  [/^circular reference$/, "Converting circular structure to JSON"],
  [/^object is not extensible$/, "Cannot add property, object is not extensible"],
  [/^empty array$/, "Reduce of empty array with no initial value"],
  [/^expecting hex digit$/, "URI malformed"],
  [/^malformed (URI|UTF-8).*$/, "URI malformed"],
  [/^private class field '(.*)' does not exist$/, "Cannot read private member $1 from an object whose class did not declare it"],
  [/^stack overflow$/, "Maximum call stack size exceeded"],
  [/^string too long$/, "Invalid string length"],
];
