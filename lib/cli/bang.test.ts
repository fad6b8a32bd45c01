import { expect, test } from "vitest";
import { expandHistory } from "./bang";

const history = ["ls -l", "aws kms list-keys", "cat 'a b.txt'"];

test.each([
  // typed                        what runs
  ["!!", "cat 'a b.txt'"],
  ["sudo !!", "sudo cat 'a b.txt'"],
  ["!1", "ls -l"],
  ["!-2 --output text", "aws kms list-keys --output text"],
  ["!aws | head", "aws kms list-keys | head"],
  ["!?list?", "aws kms list-keys"],
  ["!?kms", "aws kms list-keys"],
  ["echo !$", "echo b.txt'"],
  ['echo "!ls"', 'echo "ls -l"'],
  // what stays as it is
  ["echo '!!'", "echo '!!'"],
  ["echo \\!!", "echo \\!!"],
  ['echo "hello!"', 'echo "hello!"'],
  ["[ 1 != 2 ]", "[ 1 != 2 ]"],
  ["! true", "! true"],
  ["echo $!", "echo $!"],
  ["echo ${!name}", "echo ${!name}"],
  ["ls [!a]*", "ls [!a]*"],
  ["!(a)", "!(a)"],
  ["a !", "a !"],
  // A template typed into a file keeps its !Ref, and what follows it is a command line again.
  ["cat > t <<'EOF'\na: !Ref B\nEOF\n!1", "cat > t <<'EOF'\na: !Ref B\nEOF\nls -l"],
  ["cat <<-END\n\t!nosuch\n\tEND", "cat <<-END\n\t!nosuch\n\tEND"],
  ["cat <<'A' <<B\n!x\nA\n!y\nB", "cat <<'A' <<B\n!x\nA\n!y\nB"],
  ["cat <<< x; echo !$", "cat <<< x; echo b.txt'"],
])("%s", (typed, line) => {
  expect(expandHistory(typed, history)).toEqual({ line, changed: line !== typed });
});

test.each([
  ["!9", "!9: event not found"],
  ["!0", "!0: event not found"],
  ["!-4", "!-4: event not found"],
  ["!nosuch x", "!nosuch: event not found"],
  ["!?nosuch? x", "!?nosuch?: event not found"],
])("%s is not there", (typed, problem) => {
  expect(expandHistory(typed, history)).toEqual({ problem });
});
