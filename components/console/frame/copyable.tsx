"use client";
import { Fragment, useEffect, useState, type ReactNode } from "react";
import Button from "@cloudscape-design/components/button";
import LiveRegion from "@cloudscape-design/components/live-region";
import { copyText } from "../../ui/copy-text";

/** `what` names the text for the button's label: "Copy ARN". With `label` it is a button with words. */
export function CopyButton({ text, what, label }: { text: string; what: string; label?: boolean }) {
  const [done, setDone] = useState<boolean>();
  useEffect(() => {
    if (done === undefined) return;
    const timer = setTimeout(() => setDone(undefined), 2000);
    return () => clearTimeout(timer);
  }, [done]);
  const name = `Copy ${what}`;
  return (
    <>
      <Button
        variant={label ? "normal" : "inline-icon"}
        iconName={done === undefined ? "copy" : done ? "status-positive" : "status-negative"}
        formAction="none"
        ariaLabel={label ? undefined : name}
        onClick={() => void copyText(text).then(setDone)}
      >
        {label ? name : undefined}
      </Button>
      <LiveRegion hidden>{done === undefined ? "" : done ? `${what} copied` : `${what} could not be copied`}</LiveRegion>
    </>
  );
}

/** An ARN or a path that may go on in the next line after each of its parts. */
export function Parts({ text }: { text: string }) {
  return text.split(/(?<=[:/])(?![:/])/).map((part, i) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}

/** A value with its copy button in front, as the AWS console shows ARNs and ids. */
export function Copyable({ text, what, children }: { text: string; what: string; children?: ReactNode }) {
  return (
    <span className="copyable">
      <CopyButton text={text} what={what} /> <span className="copyable-text">{children ?? <Parts text={text} />}</span>
    </span>
  );
}
