/** How AWS prints a key policy: two spaces, a space before each colon, a list's brackets on the line of its elements. */
export function policyText(document: string): string {
  let value: unknown;
  try {
    value = JSON.parse(document);
  } catch {
    // A policy is only ever stored after it was read as JSON.
    return document;
  }
  return printed(value, 0);
}

function printed(value: unknown, depth: number): string {
  if (Array.isArray(value)) return value.length ? `[ ${value.map((entry) => printed(entry, depth)).join(", ")} ]` : "[ ]";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value);
  if (!members.length) return "{ }";
  const indent = "  ".repeat(depth + 1);
  return `{\n${members.map(([name, part]) => `${indent}${JSON.stringify(name)} : ${printed(part, depth + 1)}`).join(",\n")}\n${"  ".repeat(depth)}}`;
}
