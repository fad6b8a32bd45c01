// A plugin of remark, named in next.config.js. MDX takes up to two blanks from the start of each line inside braces
// (micromark-factory-mdx-expression, `indentSize`); a template or a program typed into the terminal needs them all.

/** Gives an expression that is one template text without `${}` its lines back, as they stand in the lesson's file. */
export default function wholeLines() {
  return (tree, file) => visit(tree, String(file));
}

function visit(node, source) {
  if (node.type === "mdxFlowExpression" || node.type === "mdxTextExpression") mend(node, source);
  node.children?.forEach((child) => visit(child, source));
}

function mend(node, source) {
  const literal = node.data?.estree?.body[0]?.expression;
  if (literal?.type !== "TemplateLiteral" || literal.quasis.length !== 1) return;
  const whole = source.slice(node.position.start.offset, node.position.end.offset);
  const raw = whole.slice(whole.indexOf("`") + 1, whole.lastIndexOf("`"));
  // What an escape means does not depend on blanks at the start of a line, so it is read from the text itself.
  literal.quasis[0].value = { raw, cooked: raw.replace(/\\([`$\\])/g, "$1") };
  node.value = whole.slice(1, -1);
}
