"use client";
import { useFlash } from "../../frame/flash";
import { useFormDraft } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { useMutation } from "../../frame/use-mutation";

/** What every create flow needs: a draft that survives a reload, calls, and the way out. `list` is where Cancel leads. */
export function useCreation<Draft extends { step: number }>(key: string, empty: Draft, list: string) {
  const { navigate } = usePlace();
  const [draft, change, clear, begun] = useFormDraft(key, empty);
  const { busy, refused, run, clear: forget } = useMutation();
  const flash = useFlash();
  const leave = (to: string) => {
    clear();
    navigate(to);
  };
  const wizard = {
    step: draft.step,
    onStep: (step: number) => change({ step } as Partial<Draft>),
    busy,
    refused,
    onDismissRefusal: forget,
    begun,
    onLeave: () => leave(list),
  };
  return { draft, change, run, flash, leave, wizard };
}
