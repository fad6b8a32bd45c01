import { describe, expect, test } from "vitest";
import { savedRequests } from "@/content/waf/saved-requests";
import type { HttpMessage } from "@/lib/engine/wafv2/requests/types";
import { draftOf, forms, readMessage, standsApart, switched, titleOf, typedIn, type FormName, type RequestDraft } from "./request-draft";

const client = { ip: "192.0.2.10" };
const to = (draft: RequestDraft, tab: FormName): RequestDraft => ({ ...draft, ...switched(draft, tab) });
const messageOf = (draft: RequestDraft): HttpMessage | string => {
  const read = readMessage(draft);
  return read.ok ? read.value.message : read.problem.message;
};
const start = draftOf({ method: "POST", uri: "/a?b=c", httpVersion: "HTTP/1.1", headers: [["Host", "a"], ["Content-Length", "4"]], body: "x\r\ny" }, client);

describe("a request in three forms", () => {
  test.each(savedRequests.map((each) => [each.id, each] as const))("%s is the same in each, and back", (_, { message, client: from = client }) => {
    const draft = draftOf(message, from);
    for (const form of forms) {
      const there = to(draft, form);
      expect(there.counts === form ? messageOf(there) : message).toEqual(message);
      expect(messageOf(to(there, "raw"))).toEqual(message);
    }
  });
  test("what is typed in one stands in the others", () => {
    const typed = { ...start, ...typedIn(start, "raw", start.raw.replace("/a?b=c", "/new?d=e").replaceAll("\r", "")) };
    // The body keeps its carriage return though the field gave it back without.
    expect(messageOf(typed)).toMatchObject({ uri: "/new?d=e", body: "x\r\ny" });
    const form = to(typed, "form");
    expect(form.form).toMatchObject({ method: "POST", path: "/new", query: "d=e", headers: "Host: a\nContent-Length: 4" });
    const put = to({ ...form, ...typedIn(form, "form", { method: "PUT" }) }, "curl");
    expect(put.curl).toContain("-X PUT");
    expect(messageOf(to({ ...put, ...typedIn(put, "curl", "curl https://b/z -d q=1") }, "raw"))).toMatchObject({ method: "POST", uri: "/z", body: "q=1" });
  });
  test("bad input is kept as typed, says so with its line, and stands in no other form", () => {
    const bad = { ...start, ...typedIn(start, "raw", "GET / HTTP/1.1\nHost a\n\n") };
    expect(messageOf(bad)).toContain("Line 2, column 1: \"Host a\" has no colon");
    const other = to(bad, "form");
    expect(other).toMatchObject({ tab: "form", counts: "raw", raw: bad.raw });
    expect(bad.raw.replaceAll("\r", "")).toBe("GET / HTTP/1.1\nHost a\n\n");
    expect(standsApart(other)).toContain("Raw HTTP cannot be read, so it is not written here. It is kept there as typed: Line 2");
    expect(standsApart(to(other, "raw"))).toBeUndefined();
    const form = { ...start, ...typedIn(start, "form", { headers: "Host: a\n\nno header" }), tab: "form" as const };
    expect(readMessage(form)).toMatchObject({ ok: false, problem: { field: "headers", line: 3 } });
  });
  test("what a form cannot hold is said in its place, and the request goes on to count", () => {
    const second = draftOf({ method: "GET", uri: "/", httpVersion: "HTTP/2.0", headers: [["host", "a"]] }, client);
    const form = to(second, "form");
    expect([form.counts, standsApart(form)]).toEqual(["raw", "A form writes HTTP/1.1, and this is HTTP/2.0: keep it as raw HTTP."]);
    const bytes: HttpMessage = { method: "POST", uri: "/", httpVersion: "HTTP/1.1", headers: [["Host", "a"], ["Content-Length", "1"]], body: "\xff" };
    expect(draftOf(bytes, client)).toMatchObject({ tab: "curl", counts: "curl" });
    const neither = draftOf({ ...bytes, body: "\0\xff", headers: [["Host", "a"], ["Content-Length", "2"]] }, client);
    expect([neither.counts, messageOf(neither), standsApart(neither)]).toEqual(["message", { ...bytes, body: "\0\xff", headers: [["Host", "a"], ["Content-Length", "2"]] }, expect.stringContaining("bytes that are no text")]);
  });
  test("text that says the same stays as it was typed", () => {
    const own = { ...start, ...typedIn(start, "curl", "curl   'https://a/x'   # mine"), tab: "curl" as const };
    expect(to(to(own, "raw"), "curl").curl).toBe("curl   'https://a/x'   # mine");
  });
});

test("a title is short and holds nothing that acts", () => {
  expect(titleOf({ method: "GET", uri: "/a", httpVersion: "HTTP/1.1", headers: [] })).toBe("GET /a");
  expect(titleOf({ method: "GET", uri: `/\xe2\x80\xae${"\xf0\x9f\x98\x80".repeat(60)}`, httpVersion: "HTTP/1.1", headers: [] })).toMatch(/^GET \/\?(\u{1f600}){26,27}$/u);
});
