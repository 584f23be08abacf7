// What the editor shows for the first name after `const`. Names, and not what they are made of.
import { createSimulator, testCards } from "purse-payments/simulator";
import { isPurseError, Purse, type CreateClientSessionParams } from "purse-payments";

const purse = new Purse(); // hover: const purse: Purse
const payment = await purse.payments.retrieve("id"); // hover: const payment: Payment
const session = await purse.clientSessions.retrieve("id"); // hover: const session: ClientSession
const captured = await purse.payments.capture("id", { amount: 1 }).withResponse(); // hover: const captured: PurseResponse<Payment>
const operation = captured.operation; // hover: const operation: Operation | undefined
const status = payment.authorization.status; // hover: const status: AuthorizationStatus
const amounts = payment.amounts; // hover: const amounts: Amounts
declare const params: CreateClientSessionParams; // hover: const params: CreateClientSessionParams
const claims = await purse.redirection.verify("token"); // hover: const claims: RedirectionClaims
const simulator = createSimulator(); // hover: const simulator: Simulator
const card = testCards.refused; // hover: const card: TestCard
const caught: unknown = new Error(status);
if (isPurseError(caught)) {
  const code = caught; // hover: const code: AnyPurseError
}
