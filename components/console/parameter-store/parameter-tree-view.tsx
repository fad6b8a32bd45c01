"use client";
import { useMemo, type ReactNode } from "react";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Icon from "@cloudscape-design/components/icon";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import TreeView from "@cloudscape-design/components/tree-view";
import { useFormDraft } from "../frame/lab";
import { GoLink } from "../frame/place";
import { folderIds, isComplete, parameterTree, type TreeNode } from "./parameter-tree";
import type { ParameterMetadata } from "./parameter-types";
import { parameterPath } from "./place-of";
import { TypeCell } from "./type-cell";

interface Props {
  header: ReactNode;
  filter: ReactNode;
  empty: ReactNode;
  parameters: ParameterMetadata[];
  keyIds: Record<string, string>;
  loading: boolean;
  /** Reads the next part of a list that goes on; undefined where all is here. */
  more?(): void;
}

/** A larger tree begins closed. */
const SMALL = 200;

/** What was closed is kept, so that a new folder opens by itself; of a large tree, what was opened. */
const initial: { closed: string[]; opened: string[] } = { closed: [], opened: [] };

const toggled = (ids: string[], id: string, present: boolean): string[] => (present ? [...ids.filter((each) => each !== id), id] : ids.filter((each) => each !== id));

export function ParameterTree({ header, filter, empty, parameters, keyIds, loading, more }: Props) {
  const nodes = useMemo(() => parameterTree(parameters), [parameters]);
  const folders = useMemo(() => folderIds(nodes), [nodes]);
  const [{ closed, opened }, change] = useFormDraft("parameter-store/tree", initial);
  const small = !more && parameters.length <= SMALL;
  const expanded = folders.filter((id) => (small ? !closed.includes(id) : opened.includes(id)));
  const lastName = more && parameters.at(-1)?.Name;
  const countOf = (node: TreeNode<ParameterMetadata>): string => {
    const count = node.count.toLocaleString("en");
    return isComplete(node, lastName) ? `${count} ${node.count === 1 ? "parameter" : "parameters"}` : `${count} parameters so far`;
  };
  return (
    <Container header={header} data-testid="parameter-tree">
      <SpaceBetween size="s">
        {filter}
        {loading ? (
          <Spinner />
        ) : nodes.length === 0 ? (
          empty
        ) : (
          <>
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="inline-link" onClick={() => change(small ? { closed: [] } : { opened: folders })}>
                Open all
              </Button>
              <Button variant="inline-link" onClick={() => change(small ? { closed: folders } : { opened: [] })}>
                Close all
              </Button>
            </SpaceBetween>
            <TreeView<TreeNode<ParameterMetadata>>
              ariaLabel="Parameters by path"
              connectorLines="vertical"
              items={nodes}
              getItemId={({ id, kind }) => `${kind}:${id}`}
              getItemChildren={({ children }) => children}
              expandedItems={expanded.map((id) => `folder:${id}`)}
              onItemToggle={({ detail }) =>
                change(small ? { closed: toggled(closed, detail.item.id, !detail.expanded) } : { opened: toggled(opened, detail.item.id, detail.expanded) })
              }
              i18nStrings={{
                expandButtonLabel: ({ label }) => `Open ${label}`,
                collapseButtonLabel: ({ label }) => `Close ${label}`,
              }}
              renderItem={(node) =>
                node.parameter
                  ? {
                      icon: <Icon name={node.parameter.Type === "SecureString" ? "lock-private" : "file"} />,
                      content: <GoLink to={parameterPath(node.parameter.Name)}>{node.label}</GoLink>,
                      secondaryContent: (
                        <Box variant="small">
                          <TypeCell parameter={node.parameter} keyIds={keyIds} /> · version {node.parameter.Version}
                        </Box>
                      ),
                      announcementLabel: node.parameter.Name,
                    }
                  : {
                      icon: <Icon name="folder" />,
                      content: node.label,
                      secondaryContent: <Box variant="small">{countOf(node)}</Box>,
                      announcementLabel: node.id,
                    }
              }
            />
            {more && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button onClick={more} data-testid="tree-more">
                  Show more
                </Button>
                <Box color="text-body-secondary" padding={{ top: "xxs" }}>
                  Read up to <code>{lastName}</code>. Filter by path to see what lies further on.
                </Box>
              </SpaceBetween>
            )}
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
