import { KeyMark } from "../frame/key-mark";
import type { ParameterMetadata } from "./parameter-types";

/** The type, with the mark of the key that a SecureString is under. */
export function TypeCell({ parameter, keyIds }: { parameter: ParameterMetadata; keyIds: Record<string, string> }) {
  if (parameter.Type !== "SecureString") return <>{parameter.Type}</>;
  const key = parameter.KeyId && (keyIds[parameter.KeyId] ?? (parameter.KeyId.startsWith("alias/") ? undefined : parameter.KeyId));
  return (
    <span className="key-line">
      {parameter.Type} {key && <KeyMark keyId={key} name={parameter.KeyId?.replace(/^alias\//, "")} />}
    </span>
  );
}
