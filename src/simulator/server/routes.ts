import { Hono } from "hono";
import {
  abortClientSession,
  capturePayment,
  createAccessToken,
  createClientSession,
  createPayment as createPaymentOperation,
  createPaymentLink as createPaymentLinkOperation,
  getClientSession,
  getPayment,
  getSigningJwks,
  idempotencyKeyHeader,
  listEligibleSolutions as listEligibleSolutionsOperation,
  refundPayment,
  voidPayment,
  type OperationEntry,
  type OperationList,
} from "../../../generated/operations.js";
import * as validators from "../../../generated/request-validators.js";
import type {
  AbortClientSessionRequest,
  CreateClientSessionRequest,
  CreatePaymentLinkRequest,
  CreatePaymentRequest,
  ListEligibleSolutionsRequest,
  OperationRequest,
} from "../../../generated/schema.js";
import {
  hostedPageRoute,
  paymentLinkRoute,
  toRoute,
  widgetPath,
  widgetSessionRoute,
} from "../protocol/addresses.js";
import { answerTokenRequest, requireToken } from "./authentication.js";
import { abortSession, createSession, findSession, showSession } from "../payments/client-sessions.js";
import type { Context } from "../context.js";
import { listEligibleSolutions } from "../payments/eligible-solutions.js";
import { answerHostedPage, answerHostedPageForm, answerPaymentLink } from "../checkout/hosted-page.js";
import { executeOperation } from "../payments/operations.js";
import { createPaymentLink } from "../payments/payment-links.js";
import { createPayment, findPayment } from "../payments/payments.js";
import { idempotencyConflict, Refusal, toProblemResponse, unknownResource } from "../protocol/problems.js";
import { parseJsonBody, readBody, readIdempotencyKey } from "../protocol/validation.js";
import {
  answerWidgetForm,
  answerWidgetPreflight,
  answerWidgetScript,
  answerWidgetSession,
} from "../checkout/widget.js";

type Answer = Response | Promise<Response>;
type Handler = (request: Request, id: string) => Answer;

/** Routes every operation of the API description, and the pages, to their handlers. */
export function createRoutes(
  context: Context,
  onError: (error: unknown) => void,
): (request: Request) => Answer {
  const app = new Hono();
  // The simulator's time: from it, the client can tell which operations are older than its call.
  app.use(async (call, next) => {
    await next();
    call.header("date", new Date(context.clock.nowMs()).toUTCString());
  });

  function serve(operation: OperationEntry, handler: Handler): void {
    app.on(operation.method, toRoute(operation), (call) => {
      if (operation.authentication === "token") requireToken(context, call.req.raw);
      return handler(call.req.raw, call.req.param("id") ?? "");
    });
  }

  serve(createAccessToken, (request) => answerTokenRequest(context, request));
  serve(createClientSession, (request) => answerCreateSession(context, request));
  serve(getClientSession, (_request, id) => Response.json(showSession(context, findSession(context, id))));
  serve(abortClientSession, (request, id) => answerAbort(context, request, id));
  serve(createPaymentOperation, (request) => answerCreatePayment(context, request));
  // max-age has no effect: the partners are simulated too, so there is nothing newer to fetch from them.
  serve(getPayment, (_request, id) => Response.json(findPayment(context, id)));
  for (const operation of [capturePayment, refundPayment, voidPayment]) {
    const list = operation.operationList;
    if (list !== undefined) serve(operation, (request, id) => answerOperation(context, list, request, id));
  }
  serve(listEligibleSolutionsOperation, (request) => answerEligibleSolutions(context, request));
  serve(createPaymentLinkOperation, (request) => answerCreatePaymentLink(context, request));
  serve(getSigningJwks, async () => Response.json(await context.signingKeys.list()));

  app.get(hostedPageRoute, (call) => answerHostedPage(context, call.req.raw, toAddress(call.req.param())));
  app.post(hostedPageRoute, (call) =>
    answerHostedPageForm(context, call.req.raw, toAddress(call.req.param())),
  );
  app.get(paymentLinkRoute, (call) => answerPaymentLink(context, call.req.raw, call.req.param("id")));
  app.get(widgetPath, (call) => answerWidgetScript(call.req.raw));
  app.options(widgetSessionRoute, () => answerWidgetPreflight());
  app.get(widgetSessionRoute, (call) => {
    const { entity, session } = call.req.param();
    return answerWidgetSession(context, call.req.raw, entity, session);
  });
  app.post(widgetSessionRoute, (call) => {
    const { entity, session } = call.req.param();
    return answerWidgetForm(context, call.req.raw, entity, session);
  });

  app.notFound((call) => toProblemResponse(call.req.raw, unknownResource("resource")));
  app.onError((error, call) => {
    if (error instanceof Refusal) return toProblemResponse(call.req.raw, error);
    onError(error);
    return toProblemResponse(call.req.raw, new Refusal(500, "The simulator failed. Please report this."));
  });
  return (request) => app.fetch(request);
}

async function answerCreateSession(context: Context, request: Request): Promise<Response> {
  const body = await readBody(request);
  readIdempotencyKey(request, idempotencyKeyHeader);
  const wanted = parseJsonBody<CreateClientSessionRequest>(body, validators.CreateClientSessionRequest);
  return Response.json(showSession(context, createSession(context, wanted)));
}

async function answerAbort(context: Context, request: Request, id: string): Promise<Response> {
  const body = await readBody(request);
  const session = findSession(context, id);
  readIdempotencyKey(request, idempotencyKeyHeader);
  const { status } = parseJsonBody<AbortClientSessionRequest>(body, validators.AbortClientSessionRequest);
  abortSession(context, session, status);
  return Response.json(showSession(context, session));
}

async function answerCreatePayment(context: Context, request: Request): Promise<Response> {
  const body = await readBody(request);
  const key = readIdempotencyKey(request, idempotencyKeyHeader);
  const wanted = parseJsonBody<CreatePaymentRequest>(body, validators.CreatePaymentRequest);
  return Response.json(createPayment(context, wanted, key));
}

async function answerEligibleSolutions(context: Context, request: Request): Promise<Response> {
  const body = await readBody(request);
  const wanted = parseJsonBody<ListEligibleSolutionsRequest>(body, validators.ListEligibleSolutionsRequest);
  return Response.json(listEligibleSolutions(context, wanted));
}

async function answerCreatePaymentLink(context: Context, request: Request): Promise<Response> {
  const body = await readBody(request);
  readIdempotencyKey(request, idempotencyKeyHeader);
  const wanted = parseJsonBody<CreatePaymentLinkRequest>(body, validators.CreatePaymentLinkRequest);
  return Response.json(createPaymentLink(context, wanted));
}

async function answerOperation(
  context: Context,
  list: OperationList,
  request: Request,
  id: string,
): Promise<Response> {
  const body = await readBody(request);
  const payment = findPayment(context, id);
  const key = readIdempotencyKey(request, idempotencyKeyHeader);
  const usedBy = key === undefined ? undefined : context.state.operationIds[key];
  // Checked before the body: a used key is a conflict with any body.
  if (usedBy !== undefined) throw idempotencyConflict(usedBy);
  executeOperation(
    context,
    list,
    payment,
    parseJsonBody<OperationRequest>(body, validators.OperationRequest),
    key,
  );
  return Response.json(payment);
}

function toAddress(parameters: { readonly entity: string; readonly session: string }): {
  entityId: string;
  sessionId: string;
} {
  return { entityId: parameters.entity, sessionId: parameters.session };
}
