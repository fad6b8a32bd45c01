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
import { folderIds, parameterTree, type TreeNode } from "./parameter-tree";
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
}

/** What was closed is kept, so that a new folder opens by itself. */
const initial: { closed: string[] } = { closed: [] };

export function ParameterTree({ header, filter, empty, parameters, keyIds, loading }: Props) {
  const nodes = useMemo(() => parameterTree(parameters), [parameters]);
  const folders = useMemo(() => folderIds(nodes), [nodes]);
  const [{ closed }, change] = useFormDraft("parameter-store/tree", initial);
  const expanded = folders.filter((id) => !closed.includes(id));
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
              <Button variant="inline-link" onClick={() => change({ closed: [] })}>
                Open all
              </Button>
              <Button variant="inline-link" onClick={() => change({ closed: folders })}>
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
                change({ closed: detail.expanded ? closed.filter((id) => id !== detail.item.id) : [...closed, detail.item.id] })
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
                      secondaryContent: <Box variant="small">{node.count === 1 ? "1 parameter" : `${node.count} parameters`}</Box>,
                      announcementLabel: node.id,
                    }
              }
            />
          </>
        )}
      </SpaceBetween>
    </Container>
  );
}
