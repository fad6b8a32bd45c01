import type { MDXComponents } from "mdx/types";

/** Lessons get their vocabulary from the page (`blocksFor`); Markdown itself stays plain elements. */
export const useMDXComponents = (components: MDXComponents = {}): MDXComponents => components;
