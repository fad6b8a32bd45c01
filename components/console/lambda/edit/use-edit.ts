"use client";
import type { ReactNode } from "react";
import { useFlash } from "../../frame/flash";
import { useFormDraft, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import type { Ask } from "../../frame/use-load";
import { useMutation } from "../../frame/use-mutation";
import type { Subject } from "../lambda-types";
import { functionPath } from "../place-of";

/**
 * What every form under a function does: its fields survive a reload, Save makes the calls and goes back to where it came
 * from, Cancel forgets. `of`: the state of the thing that is edited; a draft of another state is begun anew.
 */
export function useEdit<Values extends object>({ subject, what, of, initial, back }: { subject: Subject; what: string; of: string; initial: Values; back: string[] }) {
  const { account, region } = useWhere();
  const { navigate } = usePlace();
  const flash = useFlash();
  const mutation = useMutation();
  const [values, change, clear] = useFormDraft<Values>(`lambda/edit/${what}/${account}/${region}/${subject.name}/${subject.qualifier ?? ""}/${of}`, initial);
  const leave = (): void => {
    clear();
    navigate(functionPath(subject, ...back));
  };
  return {
    values,
    change,
    mutation,
    leave,
    async save(work: (ask: Ask) => Promise<unknown>, done: ReactNode): Promise<void> {
      if (
        !(await mutation.run(async (ask) => {
          await work(ask);
        }))
      )
        return;
      flash.success(done);
      leave();
    },
  };
}
