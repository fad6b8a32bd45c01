/** A plugin of remark (a transformer of MDX's syntax tree, with the file that it was read from). */
export default function wholeLines(): (tree: object, file: unknown) => void;
