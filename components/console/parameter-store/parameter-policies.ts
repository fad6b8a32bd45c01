/**
 * Parameter policies between the form and the JSON text that PutParameter takes.
 * Source: SSM User Guide, Assigning parameter policies; SSM API, PutParameter (Policies).
 */
export type Unit = "Days" | "Hours";

/** What the form edits; absent means that the policy is not set. */
export interface PolicyForm {
  /** ISO instant or with an offset, as written. */
  expiration?: string;
  expirationNotification?: { before: string; unit: Unit };
  noChangeNotification?: { after: string; unit: Unit };
}

export interface ParameterPolicy {
  Type: "Expiration" | "ExpirationNotification" | "NoChangeNotification";
  Version: "1.0";
  Attributes: Record<string, string>;
}

export function policiesOf(form: PolicyForm): ParameterPolicy[] {
  const policies: ParameterPolicy[] = [];
  if (form.expiration !== undefined) policies.push({ Type: "Expiration", Version: "1.0", Attributes: { Timestamp: form.expiration } });
  if (form.expirationNotification) {
    policies.push({
      Type: "ExpirationNotification",
      Version: "1.0",
      Attributes: { Before: form.expirationNotification.before, Unit: form.expirationNotification.unit },
    });
  }
  if (form.noChangeNotification) {
    policies.push({
      Type: "NoChangeNotification",
      Version: "1.0",
      Attributes: { After: form.noChangeNotification.after, Unit: form.noChangeNotification.unit },
    });
  }
  return policies;
}

/** The text for PutParameter, or undefined when the form sets nothing. */
export function policiesText(form: PolicyForm): string | undefined {
  const policies = policiesOf(form);
  return policies.length ? JSON.stringify(policies) : undefined;
}

/** What DescribeParameters returns for each policy: its text, type and status. */
export interface InlinePolicy {
  PolicyText: string;
  PolicyType: string;
  PolicyStatus: string;
}

/** Reads stored policies back into the form. A second policy of one type has no place in it and is returned apart. */
export function formOf(policies: readonly InlinePolicy[]): { form: PolicyForm; others: InlinePolicy[] } {
  const form: PolicyForm = {};
  const others: InlinePolicy[] = [];
  for (const policy of policies) {
    let attributes: Record<string, string> = {};
    try {
      attributes = (JSON.parse(policy.PolicyText) as ParameterPolicy).Attributes ?? {};
    } catch {
      others.push(policy);
      continue;
    }
    const unit: Unit = attributes.Unit === "Hours" ? "Hours" : "Days";
    if (policy.PolicyType === "Expiration" && form.expiration === undefined) form.expiration = attributes.Timestamp ?? "";
    else if (policy.PolicyType === "ExpirationNotification" && !form.expirationNotification)
      form.expirationNotification = { before: attributes.Before ?? "", unit };
    else if (policy.PolicyType === "NoChangeNotification" && !form.noChangeNotification)
      form.noChangeNotification = { after: attributes.After ?? "", unit };
    else others.push(policy);
  }
  return { form, others };
}
