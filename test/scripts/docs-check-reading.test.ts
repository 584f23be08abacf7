import { describe, expect, it } from "vitest";
import { constantsOf } from "../../scripts/docs-check/constants.js";
import { isHtml, textOfHtml } from "../../scripts/docs-check/html.js";
import { findExamples } from "../../scripts/docs-check/json-examples.js";
import { looksLikeTitle, statusOf } from "../../scripts/docs-check/titles.js";

function linesOf(html: string): string[] {
  return textOfHtml(html)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

describe("HTML", () => {
  it.each([
    ["<p>one\n two</p><div>three</div>", ["one two", "three"]],
    ["a<br>b<br/>c", ["a", "b", "c"]],
    ["<b>bo</b>ld", ["bold"]],
    ["<pre>{\n  &quot;a&quot;: 1\n}</pre>", ["{", '"a": 1', "}"]],
    ["&lt;&amp;&gt; &#65;&#x42;&nbsp;&unknown;", ["<&> AB &unknown;"]],
    ['<a title="1 > 0">x</a>', ["x"]],
    ["<script>if (a < b) {}</script >y<style>z</style>", ["y"]],
    ["<!-- <p>no</p> -->yes", ["yes"]],
    ["1 < 2 <3", ["1 < 2 <3"]],
    ["<svg><path/></svg>t", ["t"]],
    ["open <script>never closed", ["open"]],
    ["cut <span class=", ["cut"]],
  ])("%s", (html, lines) => {
    expect(linesOf(html)).toEqual(lines);
  });

  it("is told from text by its beginning", () => {
    expect(isHtml("\n <!DOCTYPE html>")).toBe(true);
    expect(isHtml('A < B\n{"a": 1}')).toBe(false);
  });
});

describe("examples", () => {
  it.each([
    ['{"a": {"b": "}"}}', [{ a: { b: "}" } }]],
    ['{"a": "\\"{"} {"b": 1}', [{ a: '"{' }, { b: 1 }]],
    ['x: {\n "a": [ {"b": 1} ]\n}\ny', [{ a: [{ b: 1 }] }]],
    ['{\r\n"a": 1\r\n}', [{ a: 1 }]],
    ["/payments/{id} and {} and { a }", []],
  ])("in %j", (text, values) => {
    const { examples, broken } = findExamples(text);
    expect(examples.map(({ value }) => value)).toEqual(values);
    expect(broken).toEqual([]);
  });

  it("after one that never ends are found, those inside it are not", () => {
    const { examples, broken } = findExamples(
      '{\n  "a": {\n    "b": 1\n  },\n  "c": "cut\n{"d": 1}\n{"e": 2}',
    );
    expect(broken).toMatchObject([{ line: 1, why: "it never ends" }]);
    expect(examples).toEqual([
      { line: 6, value: { d: 1 } },
      { line: 7, value: { e: 2 } },
    ]);
  });

  it("with faults are named with the fault", () => {
    const { broken } = findExamples('one\n{"a": 1,}');
    expect(broken).toEqual([{ line: 2, text: '{"a": 1,}', why: expect.stringMatching(/JSON/) as string }]);
  });
});

describe("constants", () => {
  it.each([
    ["MANUAL", ["MANUAL"]],
    [' "MORE_60_DAYS" ', ["MORE_60_DAYS"]],
    ['Enum: "A_B" "CD", "EF"', ["A_B", "CD", "EF"]],
    ["must be sent as SOME_VALUE.", ["SOME_VALUE"]],
    ["an ISO code in the URL", []],
    ["Default: false", ["false"]],
    ["true", ["true"]],
    ["whether that is true", []],
    ["with the x-trace-id header", ["x-trace-id"]],
    ["/a/b_c", ["/a/b_c"]],
    ["capture_delay", ["capture_delay"]],
    ["see capture_delay", []],
    ["Card", []],
  ])("in %j", (text, constants) => {
    expect(constantsOf({ line: 1, text }).map((constant) => constant.text)).toEqual(constants);
  });
});

describe("titles", () => {
  it.each([
    ["OK", "200"],
    ["not found", "404"],
    ["Session Not Found", "404"],
    ["Conflict - key used", "409"],
    ["Gateway timeout", "504"],
    ["503", "503"],
    ["429 Slow down", "429"],
    ["999", undefined],
    ["The session was not found.", undefined],
    ["Conflict of interests", undefined],
  ])("of the response %s", (text, status) => {
    expect(statusOf(text)).toBe(status);
  });

  it.each([
    ["Update a session", true],
    ["List payments", true],
    ["A list of payments", false],
    ["Capture mode of the payment.", false],
    ["Payments", false],
  ])("of an operation: %s, %s", (text, isTitle) => {
    expect(looksLikeTitle(text)).toBe(isTitle);
  });
});
