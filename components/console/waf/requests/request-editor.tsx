"use client";
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import Textarea from "@cloudscape-design/components/textarea";
import { locate } from "@/lib/engine/traffic/addresses";
import type { Outcome } from "@/lib/engine/wafv2/requests/types";
import { Choose, Line } from "../shared/choose";
import { countryName, countryOptions } from "../shared/countries";
import { formWords, forms, readSender, standsApart, switched, typedIn, type DraftRead, type FormName, type RequestDraft } from "./request-draft";

const about: Record<FormName, string> = {
  raw: "As it goes over the wire: a first line, headers, an empty line, a body.",
  form: "Its parts one by one. They go out as they stand: encode what must be encoded.",
  curl: "A command as browsers copy it, for sh, bash or cmd.",
};

/** A request in three forms: whichever is typed in, the others follow. */
export function RequestEditor({ draft, change, read }: { draft: RequestDraft; change(part: Partial<RequestDraft>): void; read: Outcome<DraftRead> }) {
  const apart = standsApart(draft);
  const problem = !read.ok && draft.tab === draft.counts ? read.problem : undefined;
  const sent = readSender(draft);
  const wrong = (field: string): string | undefined => (sent.ok || sent.problem.field !== field ? undefined : sent.problem.message);
  const place = sent.ok ? locate(sent.value.ip) : undefined;
  const rows = (text: string): number => Math.min(18, Math.max(8, text.split("\n", 19).length + 1));
  const source = (form: "raw" | "curl") => (
    <FormField label={formWords[form]} description={about[form]} errorText={problem?.message} stretch>
      <div className="bench-source">
        <Textarea value={draft[form]} rows={rows(draft[form])} spellcheck={false} onChange={({ detail }) => change(typedIn(draft, form, detail.value))} data-testid={`request-${form}`} />
      </div>
    </FormField>
  );
  const at = (...fields: string[]): string | undefined => (problem && (problem.field === undefined ? fields.includes("body") : fields.includes(problem.field)) ? problem.message : undefined);
  return (
    <SpaceBetween size="m">
      <Tabs
        ariaLabel="The request as"
        activeTabId={draft.tab}
        onChange={({ detail }) => change(switched(draft, detail.activeTabId as FormName))}
        data-testid="request-forms"
        tabs={forms.map((form) => ({
          id: form,
          label: formWords[form],
          content: (
            <SpaceBetween size="s">
              {apart !== undefined && draft.tab === form && (
                <Alert type="info" data-testid="request-apart">
                  <span className="aws-words">{apart}</span>
                </Alert>
              )}
              {form === "form" ? (
                <SpaceBetween size="s">
                  <div className="bench-first-line">
                    <Line label="Method" value={draft.form.method} onChange={(method) => change(typedIn(draft, "form", { method }))} errorText={at("method")} mono testId="form-method" />
                    <Line label="Path" value={draft.form.path} onChange={(path) => change(typedIn(draft, "form", { path }))} errorText={at("path")} mono testId="form-path" />
                  </div>
                  <Line label="Query - optional" value={draft.form.query} onChange={(query) => change(typedIn(draft, "form", { query }))} errorText={at("query")} mono testId="form-query" stretch />
                  <FormField label="Headers, one in a line" errorText={at("headers")} stretch>
                    <div className="bench-source">
                      <Textarea value={draft.form.headers} rows={5} spellcheck={false} onChange={({ detail }) => change(typedIn(draft, "form", { headers: detail.value }))} data-testid="form-headers" />
                    </div>
                  </FormField>
                  <FormField label="Body - optional" errorText={at("body")} stretch>
                    <div className="bench-source">
                      <Textarea value={draft.form.body} rows={4} spellcheck={false} onChange={({ detail }) => change(typedIn(draft, "form", { body: detail.value }))} data-testid="form-body" />
                    </div>
                  </FormField>
                </SpaceBetween>
              ) : (
                source(form)
              )}
            </SpaceBetween>
          ),
        }))}
      />
      {read.ok && draft.tab === draft.counts && read.value.notes.length > 0 && (
        <ul className="bench-notes" data-testid="request-notes">
          {read.value.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <div className="waf-fields">
        <FormField label="Source IP address" errorText={wrong("clientIp")}>
          <Input value={draft.ip} onChange={({ detail }) => change({ ip: detail.value })} spellcheck={false} autoComplete={false} data-testid="request-from" />
        </FormField>
        <Choose
          label="Country of the address"
          value={draft.country}
          placeholder={place?.country ? `From the address: ${countryName(place.country)}` : "Not known"}
          options={[{ value: "", label: place?.country ? `From the address: ${countryName(place.country)}` : "Not known" }, ...countryOptions]}
          filtering
          errorText={wrong("country")}
          onChange={(country) => change({ country })}
          testId="request-from-country"
        />
      </div>
    </SpaceBetween>
  );
}
