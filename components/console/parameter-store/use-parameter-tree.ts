"use client";
import { useEffect, useState } from "react";
import { useLoad } from "../frame/use-load";
import { SHEET, loadParameters } from "./load-parameters";
import type { ParameterStringFilter } from "./parameter-filters";

/** The parameters of the tree, from the first name on: as many as were asked for. Undefined filters read nothing. */
export function useParameterTree(filters: ParameterStringFilter[] | undefined) {
  const key = filters && `parameter-tree|${JSON.stringify(filters)}`;
  const [wanted, setWanted] = useState({ key, count: SHEET });
  const count = wanted.key === key ? wanted.count : SHEET;
  const { reload, ...loaded } = useLoad(key, (ask) => loadParameters(ask, filters!, undefined, count));
  // What is there stays in sight while more is read.
  useEffect(() => {
    if (count > SHEET) reload();
  }, [count, reload]);
  const { data } = loaded;
  return {
    ...loaded,
    reload,
    counter: data && `(${data.items.length.toLocaleString("en")}${data.next === undefined ? "" : "+"})`,
    more: data?.next === undefined ? undefined : () => setWanted({ key, count: count + SHEET }),
  };
}
