"use client";
import Box from "@cloudscape-design/components/box";
import { ConfirmModal } from "../../frame/confirm-modal";

/** Rotation on demand. `imported`: what waits becomes current, and KMS makes nothing. Source: KMS API, RotateKeyOnDemand. */
export function RotateNow({ keyId, imported, onClose }: { keyId: string; imported?: boolean; onClose(): void }) {
  return (
    <ConfirmModal
      title="Rotate key now"
      action="Rotate key"
      testId="rotate-now"
      done="The rotation was started."
      onClose={onClose}
      work={(ask) => ask("kms", "RotateKeyOnDemand", { KeyId: keyId })}
    >
      <Box variant="p">
        {imported
          ? "The imported key material that waits becomes current. What was encrypted before is decrypted with the old material, of which you keep your copy."
          : "The key gets new material."}{" "}
        The first and the second rotation of a key each add to its monthly price; later ones do not.
      </Box>
    </ConfirmModal>
  );
}
