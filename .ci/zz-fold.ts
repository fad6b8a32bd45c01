import { readFileSync } from "node:fs";
import { Reader } from "../lib/engine/wafv2/detect/sqli/reader";
import { Folder } from "../lib/engine/wafv2/detect/sqli/fold";
import { letters, signs } from "../lib/engine/wafv2/detect/sqli/kinds";
let bad = 0, n = 0;
for (const line of readFileSync("/work/shared/waf-corpus/libinjection-units.jsonl", "utf8").trim().split("\n")) {
  const { type, input, expected } = JSON.parse(line);
  const r = new Reader();
  if (type === "tokens") {
    r.begin(input, false);
    const got: string[] = [];
    while (r.next()) got.push(letters[r.kind] + " " + input.slice(r.start, r.end));
    n++;
    const same = got.length === expected.length && got.every((t, i) => t[0] === expected[i][0]);
    if (!same) { bad++; console.log("TOK", JSON.stringify(input), got, expected); }
  }
  if (type === "folding") {
    const f = new Folder(r);
    let ok = false; let shown = "";
    for (const my of [false]) {
    r.begin(input, my); f.run(0);
    const got = [...f.kinds.slice(0, f.count)].map((k) => letters[k]).join("");
    shown += got + " "; const want = expected.map((e: string) => e[0]).join("");
    ok ||= expected.length >= 5 ? got.startsWith(want) : got === want; }
    n++;
    if (!ok) { bad++; console.log("FOLD", JSON.stringify(input), shown, expected.join(" | ")); }
  }
}
console.log(bad, "of", n, signs.length, letters.length);
