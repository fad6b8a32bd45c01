"use client";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Toggle from "@cloudscape-design/components/toggle";
import type { CustomHTTPHeader, CustomResponse, CustomResponseBody, RuleAction } from "@/lib/engine/wafv2/inspect/types";
import { Choose, Line, Whole } from "../shared/choose";
import { actionNames, actionOf, actionWords, type ActionName } from "./words";

export interface ActionEditorProps {
  action: RuleAction | undefined;
  onChange(action: RuleAction): void;
  /** Only these: a web ACL's default action is Allow or Block. */
  names?: readonly ActionName[];
  bodies?: Record<string, CustomResponseBody>;
  id: string;
  label: string;
  errorText?: string;
}

/** What is done with a request, and what is said or handed on with it. */
export function ActionEditor({ action, onChange, names = actionNames, bodies, id, label, errorText }: ActionEditorProps) {
  const name = actionOf(action);
  const response = action?.Block?.CustomResponse;
  const handling = name && name !== "Block" ? action?.[name]?.CustomRequestHandling : undefined;
  return (
    <SpaceBetween size="m">
      <FormField label={label} errorText={errorText}>
        <RadioGroup
          ariaLabel={label}
          value={name ?? null}
          items={names.map((value) => ({ value, label: actionWords[value].label, description: actionWords[value].hint }))}
          onChange={({ detail }) => onChange({ [detail.value]: {} })}
          data-testid={`${id}-action`}
        />
      </FormField>
      {name === "Block" && (
        <Toggle checked={response !== undefined} onChange={({ detail }) => onChange({ Block: detail.checked ? { CustomResponse: { ResponseCode: 403 } } : {} })} description="Else the answer is 403 without a text." data-testid={`${id}-custom`}>
          Custom response
        </Toggle>
      )}
      {response && <Response response={response} onChange={(CustomResponse) => onChange({ Block: { CustomResponse } })} bodies={bodies} id={id} />}
      {name && name !== "Block" && (
        <Headers
          title="Custom request headers"
          hint="AWS WAF adds them to the request, each with x-amzn-waf- before its name."
          headers={handling?.InsertHeaders ?? []}
          onChange={(InsertHeaders) => onChange({ [name]: InsertHeaders.length ? { CustomRequestHandling: { InsertHeaders } } : {} })}
          id={id}
        />
      )}
    </SpaceBetween>
  );
}

function Response({ response, onChange, bodies = {}, id }: { response: CustomResponse; onChange(response: CustomResponse): void; bodies?: Record<string, CustomResponseBody>; id: string }) {
  const { CustomResponseBodyKey: key, ResponseHeaders, ...rest } = response;
  const write = (bodyKey: string | undefined, headers: CustomHTTPHeader[]) =>
    onChange({ ...rest, ...(bodyKey ? { CustomResponseBodyKey: bodyKey } : {}), ...(headers.length ? { ResponseHeaders: headers } : {}) });
  return (
    <SpaceBetween size="m">
      <div className="waf-fields">
        <Whole label="Response code" constraintText="200 to 599" value={response.ResponseCode} onChange={(ResponseCode) => onChange({ ...response, ResponseCode })} testId={`${id}-code`} />
        <Choose
          label="Response body - optional"
          value={key}
          options={[{ value: "", label: "None" }, ...Object.entries(bodies).map(([value, { ContentType }]) => ({ value, label: value, hint: ContentType }))]}
          placeholder="None"
          onChange={(next) => write(next || undefined, ResponseHeaders ?? [])}
          testId={`${id}-body`}
        />
      </div>
      <Headers title="Response headers" hint="Any name but content-type." headers={ResponseHeaders ?? []} onChange={(headers) => write(key, headers)} id={id} />
    </SpaceBetween>
  );
}

function Headers({ title, hint, headers, onChange, id }: { title: string; hint: string; headers: readonly CustomHTTPHeader[]; onChange(headers: CustomHTTPHeader[]): void; id: string }) {
  const change = (at: number, part: Partial<CustomHTTPHeader>) => onChange(headers.map((each, index) => (index === at ? { ...each, ...part } : each)));
  return (
    <FormField label={`${title} - optional`} description={hint} stretch>
      <SpaceBetween size="xs">
        {headers.map(({ Name, Value }, at) => (
          <div key={at} className="waf-header-row">
            <Line label={<span className="waf-hidden">Header {at + 1}, name</span>} value={Name} onChange={(next) => change(at, { Name: next })} placeholder="Name" mono testId={`${id}-header-${at + 1}-name`} />
            <Line label={<span className="waf-hidden">Header {at + 1}, value</span>} value={Value} onChange={(next) => change(at, { Value: next })} placeholder="Value" mono testId={`${id}-header-${at + 1}-value`} />
            <Button variant="icon" iconName="remove" formAction="none" ariaLabel={`Remove header ${at + 1}`} onClick={() => onChange(headers.filter((_, index) => index !== at))} />
          </div>
        ))}
        <Button formAction="none" iconName="add-plus" onClick={() => onChange([...headers, { Name: "", Value: "" }])} data-testid={`${id}-add-header`}>
          Add header
        </Button>
      </SpaceBetween>
    </FormField>
  );
}
