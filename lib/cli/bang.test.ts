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
