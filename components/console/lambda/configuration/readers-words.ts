import type { Reader } from "./readers";

/** How many read it, without the example. */
export const countOf = (readers: readonly Reader[], what: "variables" | "secret" | "parameter"): number => readers.filter((reader) => !reader.example && reader[what].got === "clear").length;
