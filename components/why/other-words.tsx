"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useState } from "react";
import { catalog } from "@/lib/engine/catalog";
import { cloudTrailEvent } from "@/lib/engine/cloudtrail/records";
import type { JournalEntry } from "@/lib/engine/types";
import { sameCall } from "@/lib/store/same-call";
import { closeWhy } from "@/lib/store/why";
import { openInCode } from "../code/programs";
import { CopyButton } from "../ui/copy-button";
import { CodeGlyph } from "../ui/glyphs";
import { Tabs } from "../ui/tabs";

const forms = [
  { id: "cli", label: "AWS CLI" },
  { id: "javascript", label: "JavaScript" },
  { id: "python", label: "boto3" },
  { id: "cloudtrail", label: "CloudTrail" },
];

/** The same call as AWS CLI, SDK for JavaScript v3, boto3, and the record that CloudTrail keeps of it. */
export function OtherWords({ entry }: { entry: JournalEntry }) {
  const [form, setForm] = useState("cli");
  const { call, trace } = entry;
  const model = call && catalog.get(call.service)?.model;
  const words =
    call && model && model.operations[call.operation] ? sameCall({ ...call, region: call.region ?? trace.region }, model) : undefined;
  const event = cloudTrailEvent(entry);
  const text = form === "cloudtrail" ? (event ? JSON.stringify(event, null, 2) : undefined) : words?.[form as keyof typeof words];
  return (
    <section aria-labelledby="why-words">
      <h3 id="why-words" className="overline mb-1">
        The same call in other words
      </h3>
      <Tabs
        tabs={forms}
        chosen={form}
        onChoose={setForm}
        label="Form"
        aside={
          text ? (
            <>
              {form === "javascript" ? <OpenInCode text={text} /> : null}
              {form === "cloudtrail" && event ? (
                <Link href={`/console/cloudtrail/events/${event.eventID}`} className="button button-quiet min-h-8 text-[0.8125rem]">
                  Open in CloudTrail
                </Link>
              ) : null}
              <CopyButton text={text} what={forms.find(({ id }) => id === form)!.label} />
            </>
          ) : null
        }
      >
        {text ? (
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by keyboard
          <pre tabIndex={0} className="max-h-96 overflow-auto bg-sunk px-4 py-3 text-xs leading-relaxed" data-testid={`words-${form}`}>
            {text}
          </pre>
        ) : (
          <p className="px-4 py-3 text-soft">
            {form === "cloudtrail"
              ? "CloudTrail keeps no record of this: the call reached no API, or its credentials were not valid."
              : "Keyhole does not know the shapes of this call, and so cannot write it down."}
          </p>
        )}
      </Tabs>
    </section>
  );
}

/** The Code tab stands beside lessons. */
function OpenInCode({ text }: { text: string }) {
  if (!usePathname().startsWith("/lessons/")) return null;
  return (
    <button
      type="button"
      className="button button-quiet min-h-8 text-[0.8125rem]"
      onClick={() => {
        closeWhy();
        openInCode(text);
      }}
    >
      <CodeGlyph size={16} /> Open in Code
    </button>
  );
}
