"use client";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { SavedRequest } from "@/lib/engine/wafv2/requests/saved";
import { AwsErrorNote } from "../../../frame/aws-error-note";
import { useFlash } from "../../../frame/flash";
import { useMutation } from "../../../frame/use-mutation";
import { rulesInput, saveHolder } from "../../shared/holders";
import type { Change } from "../set/compare-tries";
import { isStopped } from "../set/compare-tries";
import { textProblem } from "./edit-draft";
import type { AclRef } from "../place";
import type { AclEdit } from "./use-edit";

/** What the edit does, and what becomes of it: saved or dropped. It stays in sight while one edits. */
export function EditBar({ edit, acl, changes, working }: { edit: AclEdit; acl: AclRef; changes: readonly Change<SavedRequest>[] | undefined; working: boolean }) {
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const { edit: next, draft, drop, change, loaded } = edit;
  if (!next && draft.open === undefined) return null;
  const unread = draft.open === undefined ? undefined : textProblem(draft.text ?? "");
  const save = async () => {
    const part = { ...rulesInput(next!.rules), DefaultAction: next!.action };
    if (!(await run(async (ask) => void (await saveHolder(ask, "WEB_ACL", acl.scope, { ...loaded.data!, LockToken: draft.token ?? loaded.data!.LockToken }, part as never))))) return;
    flash.success(`${acl.Name} was saved.`);
    drop();
  };
  return (
    <div className="bench-edit-bar" data-testid="edit-bar">
      {refused && (
        <SpaceBetween size="xs">
          <AwsErrorNote refused={refused} onDismiss={clear} />
          {refused.reply.error.code === "WAFOptimisticLockException" && (
            <Button
              iconName="refresh"
              onClick={() => {
                clear();
                change({ token: loaded.data!.LockToken });
              }}
            >
              Keep this edit, and save it over what is there now
            </Button>
          )}
        </SpaceBetween>
      )}
      <div className="bench-edit-row">
        <p role="status" data-testid="edit-says">
          {unread !== undefined ? "The JSON is not read yet: what is shown is of the last that was." : !next ? "Nothing is changed yet." : changesText(changes, working)}
        </p>
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={drop} disabled={busy} data-testid="edit-drop">
            {next || unread !== undefined ? "Drop the edit" : "Close"}
          </Button>
          <Button variant="primary" onClick={() => void save()} disabled={!next || unread !== undefined} loading={busy} data-testid="edit-save">
            Save to {acl.Name}
          </Button>
        </SpaceBetween>
      </div>
    </div>
  );
}

const plural = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

function changesText(changes: readonly Change<SavedRequest>[] | undefined, working: boolean): string {
  if (!changes) return working ? "Trying your edit" : "Your edit is not tried.";
  const ends = changes.filter(({ changed }) => changed === "outcome");
  const flips = ends.filter(({ before, after }) => isStopped(before.outcome) !== isStopped(after.outcome));
  const better = flips.filter(({ request, after }) => isStopped(after.outcome) === request.harmful).length;
  if (!changes.length) return "Your edit changes nothing for any of these requests.";
  if (!flips.length) return `Your edit stops and lets through the same requests; ${plural(changes.length, "of them takes", "of them take")} another way.`;
  return `Your edit turns ${plural(flips.length, "request")}: ${better} for the better, ${flips.length - better} for the worse.`;
}
