import { type Failure, fail, ok } from "../../errors";
import type { Context, Operation } from "../../types";
import { type ApplicationRow, applications, connectionId, connections, keptConnections } from "../state";
import { connectOnce, planNext, stop } from "../tick";
import { applicationView, connectionView, entriesAt, outageView, outagesOf } from "../view";

interface Named {
  Name: string;
}

const notFound = (Name: string): Failure => fail("ApplicationNotFound", `There is no application ${Name} here.`);

/** An operation on an application that is there. */
const about = <Input extends Named>(name: string, handle: (row: Readonly<ApplicationRow>, input: Input, ctx: Context) => ReturnType<Operation["handle"]>): Operation => ({
  name,
  authorise: () => undefined,
  cost: () => [],
  handle(input: Input, ctx) {
    const row = applications(ctx.db).get(input.Name);
    return row ? handle(row, input, ctx) : notFound(input.Name);
  },
});

export const StopApplication = about("StopApplication", (known, { Name }, ctx) => {
  const row = applications(ctx.db).edit(Name);
  if (known.State === "Running") stop(ctx, row, "It was stopped.");
  return ok({ Application: applicationView(ctx.db, row, ctx.now) });
});

/** Stops it, and forgets it with its entries. */
export const DeleteApplication = about("DeleteApplication", ({ entries }, { Name }, ctx) => {
  stop(ctx, applications(ctx.db).edit(Name), "It was deleted.");
  for (let number = Math.max(0, entries - keptConnections); number < entries; number++) connections(ctx.db).delete(connectionId(Name, number));
  applications(ctx.db).delete(Name);
  return ok({});
});

/** Connects out of turn, once; an application that is stopped too. */
export const ConnectNow = about("ConnectNow", ({ State }, { Name }, ctx) => {
  const row = applications(ctx.db).edit(Name);
  const entry = connectOnce(ctx, row);
  if (State === "Running") planNext(ctx, row);
  return ok({ Connection: connectionView(entry) });
});

/** With its last connections, newest last, and the times in which none succeeded. */
export const DescribeApplication = about<Named & { MaxConnections?: number }>("DescribeApplication", (row, { MaxConnections = 50 }, ctx) => {
  const entries = entriesAt(ctx.db, row, ctx.now);
  return ok({ Application: applicationView(ctx.db, row, ctx.now), Connections: entries.slice(-MaxConnections).map(connectionView), Outages: outagesOf(entries).map(outageView) });
});

export const ListApplications: Operation = {
  name: "ListApplications",
  authorise: () => undefined,
  cost: () => [],
  handle: (_input: unknown, ctx) => ok({ Applications: applications(ctx.db).all().map((row) => applicationView(ctx.db, row, ctx.now)) }),
};
