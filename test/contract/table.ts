import {
  listOperations,
  requestSchema,
  resolve,
  type Schema,
  type Spec,
} from "../../scripts/spec/document.js";

/** One documented answer of one operation: what there has to be a case for. */
export interface ContractRow {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Of the answer's examples; each is asked for. */
  readonly example: string;
  /** Of its answer; the others are only held to the schema. */
  readonly isFirstExample: boolean;
  readonly request: { readonly mediaType: string; readonly schema: Schema } | undefined;
  readonly answer: { readonly mediaType: string; readonly schema: Schema };
  readonly headers: readonly HeaderParameter[];
}

export interface HeaderParameter {
  readonly name: string;
  readonly schema: Schema;
}

interface ResponseNode {
  $ref?: string;
  content?: Record<string, { schema: Schema; examples?: Record<string, unknown> }>;
}

/** Every operation × every documented status × every example of it, read from the spec. */
export function contractTable(spec: Spec): ContractRow[] {
  return listOperations(spec).flatMap(({ path, method, operation }) => {
    const { responses } = operation as unknown as { responses: Record<string, ResponseNode> };
    return Object.entries(responses).flatMap(([status, node]) => {
      const place = `${operation.operationId} ${status}`;
      if (!/^[1-5]\d\d$/.test(status)) throw new Error(`${place}: a case needs a single status code`);
      const content = Object.entries(resolve(spec, node).content ?? {});
      if (content.length === 0) throw new Error(`${place}: the answer has no content to compare with`);
      return content.flatMap(([mediaType, { schema, examples = {} }]) => {
        const names = Object.keys(examples);
        if (names.length === 0) throw new Error(`${place}: the answer has no example to ask for`);
        return names.map((example, index) => ({
          operationId: operation.operationId,
          method,
          path,
          status: Number(status),
          example,
          isFirstExample: index === 0,
          request: requestSchema(operation),
          answer: { mediaType, schema },
          headers: headerParameters(spec, operation.parameters),
        }));
      });
    });
  });
}

function headerParameters(
  spec: Spec,
  parameters: readonly { $ref?: string; name: string; in: string }[] = [],
): HeaderParameter[] {
  return parameters
    .map((parameter) => resolve(spec, parameter))
    .filter((parameter) => parameter.in === "header")
    .map((parameter) => ({ name: parameter.name, schema: (parameter as unknown as HeaderParameter).schema }));
}
