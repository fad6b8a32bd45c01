import { findUser } from "@/lib/engine/iam/state";
import { theLab } from "@/lib/store/lab-store";

/**
 * Whether a user has a console password. AWS answers GetLoginProfile with NoSuchEntity where there is none; the console
 * asks only where there is one, so that the strip shows no error that nobody made.
 */
export function hasPassword(account: string, name: string): boolean {
  const lab = theLab();
  return !!lab && !!findUser(lab.read({ account, region: "global", service: "iam" }), account, name)?.loginProfile;
}
