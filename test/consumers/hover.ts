// What the editor shows for the first name after `const`. Names, and not what they are made of.
import { createSimulator, testCards } from "purse-payments/simulator";
import { isPurseError, Purse, type CreateClientSessionParams } from "purse-payments";

export const purse = new Purse(); // hover: const purse: Purse
export const payment = await purse.payments.retrieve("id"); // hover: const payment: Payment
export const session = await purse.clientSessions.retrieve("id"); // hover: const session: ClientSession
export const captured = await purse.payments.capture("id", { amount: 1 }).withResponse(); // hover: const captured: PurseResponse<Payment>
export const operation = captured.operation; // hover: const operation: Operation | undefined
export const status = payment.authorization.status; // hover: const status: AuthorizationStatus
export const amounts = payment.amounts; // hover: const amounts: Amounts
export declare const params: CreateClientSessionParams; // hover: const params: CreateClientSessionParams
export const claims = await purse.redirection.verify("token"); // hover: const claims: RedirectionClaims
export const simulator = createSimulator(); // hover: const simulator: Simulator
export const card = testCards.refused; // hover: const card: TestCard
const caught: unknown = new Error(status);
export const error = isPurseError(caught) ? caught : undefined; // hover: const error: AnyPurseError | undefined
