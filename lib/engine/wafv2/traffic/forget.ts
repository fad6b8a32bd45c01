import type { Db } from "../../types";
import { forgetRates } from "./rates";
import { forgetSamples } from "./samples";

/** Takes away what traffic left behind at a web ACL that is deleted. */
export function forgetTraffic(db: Db, aclId: string): void {
  forgetRates(db, aclId);
  forgetSamples(db, `${aclId}\0`);
}
