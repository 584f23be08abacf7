/** The method of the client that performs each operation. {@link probeMethod} finds out whether that is true. */
export const methodOf: Readonly<Record<string, string>> = {
  createAccessToken: "accessTokens.retrieve",
  createClientSession: "clientSessions.create",
  getClientSession: "clientSessions.retrieve",
  abortClientSession: "clientSessions.abort",
  createPayment: "payments.create",
  getPayment: "payments.retrieve",
  capturePayment: "payments.capture",
  refundPayment: "payments.refund",
  voidPayment: "payments.void",
  listEligibleSolutions: "eligibleSolutions.list",
  createPaymentLink: "paymentLinks.create",
  getSigningJwks: "signingKeys.list",
};
