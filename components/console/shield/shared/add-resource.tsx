"use client";
import { useState } from "react";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useMutation } from "../../frame/use-mutation";
import { Choose, Line } from "../../waf/shared/choose";
import { type Resource, addToLab, kinds } from "./estate";

export interface AddResourceProps {
  /** For what an Elastic IP address can be on. */
  resources: readonly Resource[];
  onAdded(resource: Resource): void;
}

/** A name and an ARN in the lab: it has no services that would make them. */
export function AddResource({ resources, onAdded }: AddResourceProps) {
  const [type, setType] = useState("APPLICATION_LOAD_BALANCER");
  const [name, setName] = useState("");
  const [on, setOn] = useState("");
  const { busy, refused, run, clear } = useMutation();
  const problem = name === "" || /^[\w-]{1,32}$/.test(name) ? undefined : "Up to 32 letters, digits, - and _.";
  const carriers = resources.filter(({ ResourceType }) => ResourceType === "INSTANCE" || ResourceType === "NETWORK_LOAD_BALANCER");
  const add = () =>
    run(async (ask) => {
      onAdded(await addToLab(ask, { type, name, ...(type === "ELASTIC_IP" && on ? { on } : {}) }));
      setName("");
    });
  return (
    <ExpandableSection headerText="Add a resource to the lab" data-testid="add-resource-section">
      <SpaceBetween size="s">
        {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
        <div className="shield-fields">
          <Choose label="Resource type" value={type} options={Object.entries(kinds).map(([value, { words }]) => ({ value, label: words }))} onChange={setType} testId="resource-type" />
          <Line label="Resource name" value={name} onChange={setName} errorText={problem} placeholder="shop" mono testId="resource-name" />
          {type === "ELASTIC_IP" && (
            <Choose
              label="Associated with"
              value={on}
              options={[{ value: "", label: "Nothing" }, ...carriers.map(({ Arn, Name, ResourceType }) => ({ value: Arn, label: Name, hint: kinds[ResourceType].words }))]}
              onChange={setOn}
              placeholder="Nothing"
              testId="resource-on"
            />
          )}
        </div>
        <Button formAction="none" loading={busy} disabled={name === "" || problem !== undefined} onClick={() => void add()} data-testid="add-resource">
          Add resource
        </Button>
      </SpaceBetween>
    </ExpandableSection>
  );
}
