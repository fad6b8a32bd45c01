/** Parameter names as the folders they look like. A name without a leading slash stands at the top by itself. */
export interface TreeNode<T> {
  /** Full path: `/my-app/dev`, or the parameter's name. Unique in the tree. */
  id: string;
  /** What the row shows: the last part of the path, folders with a trailing slash. */
  label: string;
  kind: "folder" | "parameter";
  parameter?: T;
  children: TreeNode<T>[];
  /** Parameters in it, at any depth. */
  count: number;
}

/**
 * Builds the tree. `/a/b` can be both a parameter and a folder (`/a/b/c` exists): then both rows are there.
 * Folders come first, then parameters, each in the order of their labels.
 */
export function parameterTree<T extends { Name: string }>(parameters: readonly T[]): TreeNode<T>[] {
  const root: TreeNode<T> = { id: "", label: "", kind: "folder", children: [], count: 0 };
  const folders = new Map<string, TreeNode<T>>([["", root]]);

  const folder = (path: string): TreeNode<T> => {
    const known = folders.get(path);
    if (known) return known;
    const cut = path.lastIndexOf("/");
    const node: TreeNode<T> = { id: `${path}/`, label: `${path.slice(cut + 1)}/`, kind: "folder", children: [], count: 0 };
    folders.set(path, node);
    folder(path.slice(0, cut)).children.push(node);
    return node;
  };

  for (const parameter of parameters) {
    const name = parameter.Name;
    const parent = name.startsWith("/") ? name.slice(0, name.lastIndexOf("/")) : "";
    folder(parent).children.push({
      id: name,
      label: name.startsWith("/") ? name.slice(parent.length + 1) : name,
      kind: "parameter",
      parameter,
      children: [],
      count: 1,
    });
  }

  const finish = (node: TreeNode<T>): number => {
    if (node.kind === "parameter") return 1;
    node.count = node.children.reduce((sum, child) => sum + finish(child), 0);
    node.children.sort((a, b) => (a.kind === b.kind ? (a.label < b.label ? -1 : a.label > b.label ? 1 : 0) : a.kind === "folder" ? -1 : 1));
    return node.count;
  };
  finish(root);
  return root.children;
}

/** Ids of all folders, for "expand all". */
export function folderIds<T>(nodes: readonly TreeNode<T>[]): string[] {
  return nodes.flatMap((node) => (node.kind === "folder" ? [node.id, ...folderIds(node.children)] : []));
}

/**
 * Whether a folder has all that belongs to it, where the list was read up to `lastName` in the order of names: only the
 * folders that this name is in may have more.
 */
export const isComplete = ({ kind, id }: Pick<TreeNode<unknown>, "kind" | "id">, lastName: string | undefined): boolean =>
  kind !== "folder" || lastName === undefined || !lastName.startsWith(id);
