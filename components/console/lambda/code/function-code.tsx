"use client";
import { useEffect, useMemo, useRef, useState } from "react";
import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Spinner from "@cloudscape-design/components/spinner";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { code, partId } from "@/lib/engine/lambda/state";
import { fromBase64 } from "@/lib/engine/crypto/bytes";
import { useSdkTypes } from "../../../code/use-sdk-types";
import { CodeEditor } from "../../../editor/code-editor";
import type { EditorHandle, EditorLanguage } from "../../../editor/types";
import { AwsErrorNote } from "../../frame/aws-error-note";
import { useFlash } from "../../frame/flash";
import { useRecords, useWhere } from "../../frame/lab";
import { usePlace } from "../../frame/place";
import { saveFile } from "../../frame/save-file";
import { useMutation } from "../../frame/use-mutation";
import { isPython, type FunctionConfiguration, type Subject } from "../lambda-types";
import { functionPath } from "../place-of";
import { spanOfLine } from "../test/invocation";
import { FileList } from "./file-list";
import { changedFiles, packed, pathsOf, renamed, textOf, withFile, withText, without, type PackageFiles } from "./package-draft";
import { UploadPackage } from "./upload-package";
import { useCodeDraft, usePackage } from "./use-package";

interface Props {
  subject: Subject;
  configuration: FunctionConfiguration;
  /** From the address: the file that is shown, and the line to go to. */
  file?: string;
  line?: number;
  /** Goes to the test of what is deployed. */
  onTest(): void;
}

/** Code source: the package's files in an editor, and Deploy. Of versions and aliases it shows, and changes nothing. */
export function FunctionCode(props: Props) {
  const pack = usePackage(props.configuration);
  if (!pack) return <Spinner size="large" />;
  return <CodeSource {...props} pack={pack} key={props.configuration.FunctionName} />;
}

function CodeSource({ subject, configuration, file, line, onTest, pack }: Props & { pack: PackageFiles }) {
  const { narrow, navigate } = usePlace();
  const { account, region } = useWhere();
  const { draft, change, discard, changed, stale } = useCodeDraft(configuration, pack);
  const fixed = subject.qualifier !== undefined;
  const shown = useMemo(() => (fixed ? undefined : changedFiles(draft, pack)), [fixed, draft, pack]);
  const paths = fixed ? Object.keys(pack).sort() : pathsOf(draft);
  const chosen = file !== undefined && paths.includes(file) ? file : (entryFile(configuration, paths) ?? paths[0]);
  const text = textOf(fixed ? { base: "", files: Object.fromEntries(paths.map((path) => [path, { from: path }])) } : draft, pack, chosen) ;
  const language = languageOf(chosen);
  const { libs } = useSdkTypes(language === "javascript" && text ? text : "");
  const editor = useRef<EditorHandle>(null);
  const { busy, refused, run, clear } = useMutation();
  const flash = useFlash();
  const [uploading, setUploading] = useState(false);
  const read = useRecords();
  const go = (path: string): void => navigate(functionPath(subject, "code", path));
  const pending = configuration.State === "Pending";

  // An error that was clicked on: its line, when the text is here.
  useEffect(() => {
    if (line === undefined || text === undefined) return;
    const { offset, length } = spanOfLine(text, line);
    editor.current?.select(offset, length);
    // Only when one goes there, not while one types.
  }, [line, chosen, text === undefined]);

  const deploy = async () => {
    if (!changed || busy) return;
    const done = await run(async (ask) => {
      await ask("lambda", "UpdateFunctionCode", { FunctionName: configuration.FunctionName, ZipFile: packed(draft, pack) });
    });
    if (!done) return;
    discard();
    flash.success(<span data-testid="deployed">Successfully updated the function {configuration.FunctionName}.</span>);
  };
  const download = () => {
    const row = read && code(read({ account, region, service: "lambda" })).get(partId(configuration.FunctionName, configuration.CodeSha256));
    if (row) saveFile(`${configuration.FunctionName}.zip`, fromBase64(row.zip), "application/zip");
  };

  return (
    <SpaceBetween size="m">
      {refused && <AwsErrorNote refused={refused} onDismiss={clear} />}
      {stale && (
        <Alert
          type="warning"
          header="The function’s code was changed elsewhere"
          data-testid="code-stale"
          action={
            <Button onClick={discard} formAction="none">
              Discard my changes
            </Button>
          }
        >
          What you see here was begun on earlier code. Deploy puts your files in place of what is there now.
        </Alert>
      )}
      <Container
        disableContentPaddings
        header={
          <Header
            variant="h2"
            info={
              !fixed && (
                <span role="status" data-testid="code-state">
                  {changed ? <StatusIndicator type="warning">Changes not deployed</StatusIndicator> : <StatusIndicator type="success">Deployed</StatusIndicator>}
                </span>
              )
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <ButtonDropdown
                  data-testid="code-more"
                  items={[
                    ...(fixed ? [] : [{ id: "upload", text: "Upload from .zip file" }]),
                    { id: "download", text: "Download .zip file" },
                    ...(fixed ? [] : [{ id: "discard", text: "Discard changes", disabled: !changed, disabledReason: "Nothing was changed." }]),
                  ]}
                  onItemClick={({ detail }) => (detail.id === "upload" ? setUploading(true) : detail.id === "download" ? download() : discard())}
                >
                  {fixed ? "Actions" : "Upload from"}
                </ButtonDropdown>
                {!fixed && (
                  <Button onClick={() => void deploy()} loading={busy} disabled={!changed || pending} variant={changed ? "primary" : "normal"} data-testid="deploy">
                    Deploy
                  </Button>
                )}
                <Button onClick={onTest} disabled={pending} data-testid="code-test">
                  Test
                </Button>
              </SpaceBetween>
            }
          >
            Code source
          </Header>
        }
      >
        <div className="code-source" data-narrow={narrow || undefined}>
          <FileList
            paths={paths}
            chosen={chosen}
            changed={new Set([...(shown?.added ?? []), ...(shown?.changed ?? [])])}
            onChoose={go}
            {...(!fixed && {
              onAdd: (path: string) => {
                change(withFile(draft, path, startOf(path)));
                go(path);
              },
              onRename: (path: string, to: string) => {
                change(renamed(draft, path, to));
                go(to);
              },
              onDelete: (path: string) => {
                change(without(draft, path));
                const rest = paths.filter((each) => each !== path);
                go(entryFile(configuration, rest) ?? rest[0]);
              },
            })}
          />
          <div className="code-text">
            {text === undefined ? (
              <Box padding="l">This file is no text, and comes along with the package as it is.</Box>
            ) : (
              <CodeEditor
                key={chosen}
                ref={editor}
                value={text}
                {...(!fixed && { onChange: (next: string) => change(withText(draft, pack, chosen, next)) })}
                language={language}
                path={`file:///var/task/${encodeURIComponent(configuration.FunctionName)}/${chosen}`}
                label={chosen}
                extraLibs={libs}
                minLines={14}
                maxLines={32}
                onRun={() => void deploy()}
                foot={fixed ? "Published: cannot be changed" : changed ? "Kept in this browser until it is deployed" : undefined}
                data-testid="function-editor"
              />
            )}
          </div>
        </div>
      </Container>
      {shown?.removed.length ? <Box variant="small">Deleted, not deployed: {shown.removed.join(", ")}</Box> : null}
      {uploading && <UploadPackage configuration={configuration} onClose={() => setUploading(false)} onDone={discard} />}
    </SpaceBetween>
  );
}

const LANGUAGES: Record<string, EditorLanguage> = { py: "python", js: "javascript", mjs: "javascript", cjs: "javascript", json: "json", yaml: "yaml", yml: "yaml" };
const languageOf = (path: string): EditorLanguage => LANGUAGES[path.split(".").at(-1) ?? ""] ?? "plaintext";

/** The file that the handler names: `lib/app.handler` is in lib/app.py or lib/app.mjs. */
function entryFile({ Handler, Runtime }: FunctionConfiguration, paths: readonly string[]): string | undefined {
  const module = Handler.slice(0, Handler.lastIndexOf("."));
  const names = isPython(Runtime) ? [`${module}.py`, `${module.replaceAll(".", "/")}.py`] : [`${module}.mjs`, `${module}.js`, `${module}.cjs`];
  return names.find((name) => paths.includes(name));
}

/** What a new file begins with: JSON that is empty is none. */
const startOf = (path: string): string => (path.endsWith(".json") ? "{}\n" : "");
