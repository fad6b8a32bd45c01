/** Runs in the page that `bench-functions.ts` opens: a lab whose functions run as the page's do. */
import { createLab } from "../lib/engine/lab";
import { seededPorts } from "../lib/engine/ports";
import { runFunction } from "../lib/store/functions";
import { type Language, functionTimes } from "./bench-functions-work";

(globalThis as unknown as { times: unknown }).times = (language: Language) => functionTimes(createLab({ ports: { ...seededPorts(1, Date.now()), functions: runFunction } }), language);
