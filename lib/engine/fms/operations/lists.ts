import { toBase64 } from "../../crypto/bytes";
import { ok } from "../../errors";
import type { Context, JsonObject, Operation } from "../../types";
import { adminHere } from "../admins";
import { askAll, askList, fmsArn, requestTags } from "../authorise";
import { fmsErrors, isFailure } from "../errors";
import { page } from "../page";
import { type ListRow, type Tag, lists, seconds } from "../state";
import { readTags } from "../tags";

/**
 * Lists of applications and of protocols. Policies of managed audit rules use them, which the lab has not: here they are kept as they are.
 * AWS's own lists (DefaultLists) are not there. Source: AWS Firewall Manager API Reference, PutAppsList, PutProtocolsList and their kin.
 */

/** Source: AWS WAF Developer Guide, "AWS Firewall Manager quotas". */
const mostLists = 10;
const mostEntries = { apps: 50, protocols: 5 } as const;
/** Earlier versions that an answer shows. */
const mostPrevious = 10;

type Kind = ListRow["kind"];
type Entry = string | JsonObject;

const words = { apps: { list: "AppsList", arn: "applications-list" }, protocols: { list: "ProtocolsList", arn: "protocols-list" } } as const;

interface Given {
  ListId?: string;
  ListName: string;
  ListUpdateToken?: string;
  AppsList?: Entry[];
  ProtocolsList?: Entry[];
}

function view({ ListId, ListName, ListUpdateToken, CreateTime, LastUpdateTime, kind, entries, previous }: Readonly<ListRow>): JsonObject {
  const { list } = words[kind];
  return structuredClone({ ListId, ListName, ListUpdateToken, CreateTime: seconds(CreateTime), LastUpdateTime: seconds(LastUpdateTime), [list]: entries, [`Previous${list}`]: previous }) as JsonObject;
}

const ofKind = (ctx: Context, kind: Kind): Readonly<ListRow>[] => lists(ctx.db).having("kind", kind);

/** Makes a list, or with its id and token changes it. Errors: AccessDeniedException, ResourceNotFoundException, InvalidOperationException, LimitExceededException, InvalidInputException. */
const putting = (kind: Kind, name: string): Operation => {
  const { list, arn } = words[kind];
  type Put = { [member: string]: Given | Tag[] | undefined; TagList?: Tag[] };
  const given = (input: Put): Given => input[list] as Given;
  return {
    name,
    authorise: (input: Put, ctx) => askList(ctx, name, kind, given(input).ListId ?? "*", requestTags(input.TagList)),
    handle(input: Put, ctx) {
      const found = adminHere(ctx, name);
      if (isFailure(found)) return found;
      const { ListId, ListName, ListUpdateToken, [list]: entries = [] } = given(input);
      const known = ListId === undefined ? undefined : lists(ctx.db).get(ListId);
      if (ListId !== undefined && known?.kind !== kind) return fmsErrors.noList(ListId);
      if (known && known.ListUpdateToken !== ListUpdateToken) return fmsErrors.staleToken("ListUpdateToken");
      if (entries.length > mostEntries[kind]) return fmsErrors.limit("entries in a list", mostEntries[kind]);
      if (!known && ofKind(ctx, kind).length >= mostLists) return fmsErrors.limit("lists", mostLists);
      const tags = input.TagList === undefined ? (known?.tags ?? []) : readTags(input.TagList);
      if (isFailure(tags)) return tags;
      const id = known?.ListId ?? ctx.newId();
      const kept = Object.entries(known?.previous ?? {}).slice(1 - mostPrevious);
      const previous = known ? Object.fromEntries([...kept, [String(Number(kept.at(-1)?.[0] ?? 0) + 1), known.entries]]) : {};
      const row = structuredClone({ ListId: id, ListArn: fmsArn(ctx, arn, id), ListName, kind, ListUpdateToken: `1:${toBase64(ctx.random(16))}`, CreateTime: known?.CreateTime ?? ctx.now, LastUpdateTime: ctx.now, entries, previous, tags }) as ListRow;
      lists(ctx.db).put(id, row);
      return ok({ [list]: view(row), [`${list}Arn`]: row.ListArn });
    },
  };
};

const listHere = (ctx: Context, kind: Kind, name: string, id: string) => {
  const found = adminHere(ctx, name);
  if (isFailure(found)) return found;
  const row = lists(ctx.db).get(id);
  return row?.kind === kind ? row : fmsErrors.noList(id);
};

interface ById {
  ListId: string;
  DefaultList?: boolean;
}

/** Errors: AccessDeniedException, ResourceNotFoundException. */
const getting = (kind: Kind, name: string): Operation => ({
  name,
  authorise: ({ ListId }: ById, ctx) => askList(ctx, name, kind, ListId),
  handle({ ListId, DefaultList }: ById, ctx) {
    const row = listHere(ctx, kind, name, ListId);
    if (isFailure(row)) return row;
    return DefaultList ? fmsErrors.noList(ListId) : ok({ [words[kind].list]: view(row), [`${words[kind].list}Arn`]: row.ListArn });
  },
});

/** Errors: AccessDeniedException, ResourceNotFoundException. */
const deleting = (kind: Kind, name: string): Operation => ({
  name,
  authorise: ({ ListId }: ById, ctx) => askList(ctx, name, kind, ListId),
  handle({ ListId }: ById, ctx) {
    const row = listHere(ctx, kind, name, ListId);
    if (isFailure(row)) return row;
    lists(ctx.db).delete(ListId);
    return ok({});
  },
});

/** Errors: AccessDeniedException, InvalidInputException (token). */
const listing = (kind: Kind, name: string): Operation => ({
  name,
  authorise: () => askAll(name),
  handle({ DefaultLists = false, ...paging }: { DefaultLists?: boolean; NextToken?: string; MaxResults?: number }, ctx) {
    const found = adminHere(ctx, name);
    if (isFailure(found)) return found;
    const part = page(name, paging, DefaultLists ? [] : ofKind(ctx, kind).map(({ ListId }) => ListId));
    if (isFailure(part)) return part;
    const shown = part.shown.map((id) => {
      const { ListArn, ListId, ListName, entries } = lists(ctx.db).get(id)!;
      return { ListArn, ListId, ListName, [words[kind].list]: structuredClone(entries) };
    });
    return ok({ [`${words[kind].list}s`]: shown, ...part.more } as JsonObject);
  },
});

export const listOperations: Operation[] = [
  putting("apps", "PutAppsList"), getting("apps", "GetAppsList"), deleting("apps", "DeleteAppsList"), listing("apps", "ListAppsLists"),
  putting("protocols", "PutProtocolsList"), getting("protocols", "GetProtocolsList"), deleting("protocols", "DeleteProtocolsList"), listing("protocols", "ListProtocolsLists"),
];
