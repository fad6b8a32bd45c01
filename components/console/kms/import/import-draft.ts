import type { WrapStep } from "./make-material";
import { wrappingAlgorithms, WRAPPING_KEY_SPECS } from "./wrapping";

/** A file that was chosen or made, as the draft keeps it. */
export interface KeptFile {
  name: string;
  base64: string;
}

/** An answer of GetParametersForImport with what it was asked for. Public key and token are base64. */
export interface ImportParameters {
  PublicKey: string;
  ImportToken: string;
  /** Epoch seconds. */
  ParametersValidTo: number;
  wrappingSpec: string;
  algorithm: string;
}

/** What the import pages have been told so far; kept over a reload. */
export interface ImportDraft {
  step: number;
  wrappingSpec: string;
  /** Undefined: the first that goes with key and wrapping key. */
  algorithm?: string;
  parameters?: ImportParameters;
  wrapped?: KeptFile;
  token?: KeptFile;
  expires: boolean;
  /** `YYYY-MM-DD` and `hh:mm`, UTC. */
  date: string;
  time: string;
  description: string;
  /** Key material as it was typed or made in this page, hexadecimal or base64. */
  material: string;
  /** How it was wrapped. */
  steps: WrapStep[];
}

export const emptyImport: ImportDraft = {
  step: 0,
  wrappingSpec: WRAPPING_KEY_SPECS[0],
  expires: false,
  date: "",
  time: "00:00",
  description: "",
  material: "",
  steps: [],
};

/** Which material is imported: the key's first, further material, or by its id what the key had before. */
export type ImportMode = "initial" | "new" | (string & {});

export const algorithmOf = ({ algorithm, wrappingSpec }: ImportDraft, keySpec: string): string => {
  const offered = wrappingAlgorithms(keySpec, wrappingSpec).map(({ value }) => value);
  return algorithm && offered.includes(algorithm) ? algorithm : offered[0];
};

/** Epoch seconds; undefined while date or time is not whole. */
export function validTo({ date, time }: Pick<ImportDraft, "date" | "time">): number | undefined {
  const hour = /^\d\d:\d\d$/.test(time) ? time : time === "" ? "00:00" : undefined;
  const ms = hour && /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T${hour}:00Z`) : NaN;
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** Why the upload cannot be sent yet. The rest is for KMS to say. */
export function uploadProblem(draft: ImportDraft): string | undefined {
  if (!draft.wrapped) return "Choose the file with your wrapped key material.";
  if (!draft.token) return "Choose the file with the import token.";
  if (draft.expires && validTo(draft) === undefined) return "Enter the date and time at which the key material expires.";
  return undefined;
}

/** Input of ImportKeyMaterial. What belongs to symmetric encryption keys alone is sent for them alone. */
export function importInput(draft: ImportDraft, key: { KeyId: string; KeySpec: string }, mode: ImportMode) {
  const symmetric = key.KeySpec === "SYMMETRIC_DEFAULT";
  return {
    KeyId: key.KeyId,
    EncryptedKeyMaterial: draft.wrapped?.base64,
    ImportToken: draft.token?.base64,
    ExpirationModel: draft.expires ? "KEY_MATERIAL_EXPIRES" : "KEY_MATERIAL_DOES_NOT_EXPIRE",
    ...(draft.expires && { ValidTo: validTo(draft) }),
    ...(symmetric && mode === "new" && { ImportType: "NEW_KEY_MATERIAL" }),
    ...(symmetric && mode !== "new" && mode !== "initial" && { ImportType: "EXISTING_KEY_MATERIAL", KeyMaterialId: mode }),
    ...(symmetric && draft.description.trim() && { KeyMaterialDescription: draft.description.trim() }),
  };
}
