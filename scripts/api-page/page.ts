import type { OperationEntry } from "../../generated/operations.js";
import { resolve, type Schema, type Spec } from "../spec/document.js";
import { isRecord, itemsOf, membersOf, valueAt } from "../spec/json.js";
import { attachedMarkOf, listOf, markOf, memberTable, nameOf, textOf, typeOf } from "./members.js";
import type { DescribedOperation } from "./operations.js";

/** How a call ends, by operation and status. */
export type Ends = ReadonlyMap<string, string | undefined>;

export function endKey(operationId: string, status: string): string {
  return `${operationId} ${status}`;
}

export interface PageParts {
  readonly spec: Spec;
  readonly operations: readonly DescribedOperation[];
  readonly entries: ReadonlyMap<string, OperationEntry>;
  readonly ends: Ends;
}

/** The whole page, not yet formatted. */
export function renderPage(parts: PageParts): string {
  const { spec, operations } = parts;
  return [
    "<!-- Written by `npm run docs:api` from openapi/purse-payment-api-v2.yaml. Do not edit. -->",
    "",
    // Or the formatter would pad every table to its widest cell.
    "<!-- prettier-ignore-start -->",
    "",
    "# API reference",
    "",
    "Every operation of the Purse Payment API v2, the method that performs it, and how it can end. The last column of",
    "the tables says where a statement comes from: **D** documented, **E** only shown by an example, **I** inferred,",
    "**G** a guess. Descriptions say which reading was chosen where sources are silent or contradict each other.",
    "",
    ...overview(operations),
    ...surroundings(spec),
    "## Operations",
    "",
    ...operations.flatMap((operation) => renderOperation(parts, operation)),
    "## Webhooks and returns",
    "",
    ...renderWebhooks(spec),
    "## Schemas",
    "",
    ...Object.entries(spec.components?.schemas ?? {}).flatMap(([name, schema]) =>
      renderSchema(spec, name, schema),
    ),
    "<!-- prettier-ignore-end -->",
    "",
  ].join("\n");
}

function overview(operations: readonly DescribedOperation[]): string[] {
  return [
    "| method | operation | |",
    "| --- | --- | --- |",
    ...operations.map(({ sdkMethod, operationId, method, path }) => {
      return `| \`purse.${sdkMethod}\` | [${operationId}](#${operationId.toLowerCase()}) | \`${method} ${path}\` |`;
    }),
    "",
  ];
}

function surroundings(spec: Spec): string[] {
  const schemes = membersOf(spec.components?.["securitySchemes"]);
  return [
    "## Servers and credentials",
    "",
    "| server | | source |",
    "| --- | --- | --- |",
    ...itemsOf(spec.servers).flatMap((server) =>
      isRecord(server) ? [`| \`${String(server["url"])}\` | ${textOf(server)} | ${markOf(server)} |`] : [],
    ),
    "",
    "| scheme | | source |",
    "| --- | --- | --- |",
    ...schemes.flatMap(([name, scheme]) =>
      isRecord(scheme) ? [`| \`${name}\` | ${textOf(scheme)} | ${markOf(scheme)} |`] : [],
    ),
    "",
  ];
}

function renderOperation(parts: PageParts, operation: DescribedOperation): string[] {
  const { spec, ends } = parts;
  const { operationId, node, sdkMethod, sdkArguments, method, path, request, responses } = operation;
  const answer = responses.find(({ status }) => status.startsWith("2"));
  return [
    `### ${operationId}`,
    "",
    `\`purse.${sdkMethod}(${sdkArguments.join(", ")})\` sends \`${method} ${path}\`.`,
    "",
    `${textOf(node)} (${markOf(node)})`,
    "",
    `- ${keySentence(parts, operationId)}`,
    `- ${securitySentence(node)}`,
    "",
    ...parameterTable(spec, node),
    ...(request === undefined ? [] : [`Request: ${typeOf(request)}`, "", ...memberTable(spec, request)]),
    ...(answer === undefined
      ? []
      : [`Answer: ${typeOf(answer.schema)} ${memberList(spec, answer.schema)}`, ""]),
    "| status | | the call ends with | source |",
    "| --- | --- | --- | --- |",
    ...responses.map((response) => {
      const end = ends.get(endKey(operationId, response.status));
      const cells = [
        response.status,
        textOf(response.node),
        endSentence(parts, operationId, response.status, end),
      ];
      return `| ${cells.join(" | ")} | ${attachedMarkOf(node, "x-response-provenance", response.status)} |`;
    }),
    "",
  ];
}

function endSentence(
  { entries }: PageParts,
  operationId: string,
  status: string,
  end: string | undefined,
): string {
  if (end === undefined) return "the answer";
  const isRecoverable = status === "409" && entries.get(operationId)?.idempotency === "honoured";
  return isRecoverable ? `the payment, if the key made this very operation; else \`${end}\`` : `\`${end}\``;
}

function keySentence({ entries }: PageParts, operationId: string): string {
  const entry = entries.get(operationId);
  if (entry === undefined) throw new Error(`${operationId} is not in generated/operations.ts`);
  if (entry.idempotency === "honoured") {
    return "Idempotency key: honoured. A used key is answered with 409, and an unclear outcome is tried again under the same key.";
  }
  if (entry.idempotency === "unconfirmed") {
    return "Idempotency key: sent, but not known to be honoured. An unclear outcome is not tried again.";
  }
  return entry.isRead
    ? "Idempotency key: none needed. It changes nothing, so an unclear outcome is tried again."
    : "Idempotency key: none.";
}

function securitySentence(node: Record<string, unknown>): string {
  const alternatives = itemsOf(node["security"]).map((alternative) => {
    const names = membersOf(alternative).map(([name]) => `\`${name}\``);
    return names.length === 0 ? "nothing" : names.join(" with ");
  });
  return `Credentials: ${alternatives.join(", or ")}.`;
}

function parameterTable(spec: Spec, node: Record<string, unknown>): string[] {
  const parameters = itemsOf(node["parameters"]).map((parameter) => {
    const resolved = resolve(spec, parameter as { $ref?: string }) as Record<string, unknown>; // By OpenAPI.
    const name = String(resolved["name"]);
    const isShared = resolved !== parameter;
    const mark = isShared ? attachedMarkOf(node, "x-parameter-provenance", name) : markOf(resolved);
    return { ...resolved, name, mark };
  });
  if (parameters.length === 0) return [];
  return [
    "| parameter | in | required | description | source |",
    "| --- | --- | --- | --- | --- |",
    ...parameters.map((parameter: Record<string, unknown> & { name: string; mark: string }) => {
      const isRequired = parameter["required"] === true ? "yes" : "";
      return `| \`${parameter.name}\` | ${String(parameter["in"])} | ${isRequired} | ${textOf(parameter)} | ${parameter.mark} |`;
    }),
    "",
  ];
}

/** The members of an answer; their table stands with the schema, which several operations share. */
function memberList(spec: Spec, node: Schema): string {
  const { properties = {}, required = [] } = resolve(spec, node);
  const names = Object.keys(properties).map((name) => `\`${name}\`${required.includes(name) ? "" : "?"}`);
  return `{ ${names.join(", ")} }`;
}

function renderWebhooks(spec: Spec): string[] {
  const { webhooks } = spec as unknown as { webhooks?: unknown };
  return membersOf(webhooks).flatMap(([name, item]) =>
    membersOf(item).flatMap(([method, node]) => {
      if (!isRecord(node)) return [];
      const body = membersOf(valueAt(node, "/requestBody/content"))[0]?.[1];
      const schema = valueAt(body, "/schema");
      return [
        `### ${name}`,
        "",
        `\`${method.toUpperCase()}\` to an address of yours. ${textOf(node)} (${markOf(node)})`,
        "",
        ...parameterTable(spec, node),
        ...(isRecord(schema) ? [`Body: ${typeOf(schema)}`, ""] : []),
      ];
    }),
  );
}

function renderSchema(spec: Spec, name: string, schema: Schema): string[] {
  const variants = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].map(({ $ref = "" }) => nameOf($ref));
  return [
    `### ${name}`,
    "",
    `${textOf(schema)} (${markOf(schema)})`,
    "",
    ...(schema["x-extensible-enum"] === undefined ? [] : [`${listOf(schema)}.`, ""]),
    ...(variants.length === 0
      ? []
      : [`One of ${variants.map((each) => `[${each}](#${each.toLowerCase()})`).join(", ")}.`, ""]),
    ...memberTable(spec, schema),
  ];
}
