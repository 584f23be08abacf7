// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.

/** The values of `ProblemType` known when this was generated; the service may send others. */
export const problemTypeValues = ["urn:eu.purse:write-conflict"] as const;
export type KnownProblemType = (typeof problemTypeValues)[number];

/** The values of `Currency` known when this was generated; the service may send others. */
export const currencyValues = ["CHF", "EUR", "GBP", "JPY", "USD"] as const;
export type KnownCurrency = (typeof currencyValues)[number];

/** The values of `CaptureMode` known when this was generated; the service may send others. */
export const captureModeValues = ["MANUAL", "AUTOMATIC"] as const;
export type KnownCaptureMode = (typeof captureModeValues)[number];

/** The values of `IntegrationMode` known when this was generated; the service may send others. */
export const integrationModeValues = ["EMBEDDED", "HOSTED_PAGE"] as const;
export type KnownIntegrationMode = (typeof integrationModeValues)[number];

/** The values of `ClientSessionStatus` known when this was generated; the service may send others. */
export const clientSessionStatusValues = ["CREATED", "SUBMITTED", "ABORTED_BY_MERCHANT"] as const;
export type KnownClientSessionStatus = (typeof clientSessionStatusValues)[number];

/** The values of `PaymentLinkStatus` known when this was generated; the service may send others. */
export const paymentLinkStatusValues = ["OPENED", "PAID"] as const;
export type KnownPaymentLinkStatus = (typeof paymentLinkStatusValues)[number];

/** The values of `AuthorizationStatus` known when this was generated; the service may send others. */
export const authorizationStatusValues = ["AUTHORIZED", "PENDING", "ERROR", "ABORTED", "REFUSED"] as const;
export type KnownAuthorizationStatus = (typeof authorizationStatusValues)[number];

/** The values of `OperationStatus` known when this was generated; the service may send others. */
export const operationStatusValues = ["SUCCESS", "PENDING", "FAILURE", "CONFLICT", "UNCERTAIN"] as const;
export type KnownOperationStatus = (typeof operationStatusValues)[number];

/** The values of `OverviewStatus` known when this was generated; the service may send others. */
export const overviewStatusValues = ["NOT", "PARTIALLY", "TOTALLY"] as const;
export type KnownOverviewStatus = (typeof overviewStatusValues)[number];

/** The values of `Gender` known when this was generated; the service may send others. */
export const genderValues = ["FEMALE", "MALE"] as const;
export type KnownGender = (typeof genderValues)[number];

/** The values of `CustomerType` known when this was generated; the service may send others. */
export const customerTypeValues = ["PERSON"] as const;
export type KnownCustomerType = (typeof customerTypeValues)[number];

/** The values of `DeliveryType` known when this was generated; the service may send others. */
export const deliveryTypeValues = ["EXTERNAL_PICKUP", "USER_DELIVERY"] as const;
export type KnownDeliveryType = (typeof deliveryTypeValues)[number];

/** The values of `DeliveryQuickness` known when this was generated; the service may send others. */
export const deliveryQuicknessValues = ["REGULAR", "EXPRESS"] as const;
export type KnownDeliveryQuickness = (typeof deliveryQuicknessValues)[number];

/** The values of `ItemLineType` known when this was generated; the service may send others. */
export const itemLineTypeValues = ["PHYSICAL", "SHIPPING_FEES"] as const;
export type KnownItemLineType = (typeof itemLineTypeValues)[number];

/** The values of `AuthenticationMethod` known when this was generated; the service may send others. */
export const authenticationMethodValues = ["MERCHANT_CREDENTIALS"] as const;
export type KnownAuthenticationMethod = (typeof authenticationMethodValues)[number];

/** The values of `AccountAgeIndicator` known when this was generated; the service may send others. */
export const accountAgeIndicatorValues = ["MORE_60_DAYS"] as const;
export type KnownAccountAgeIndicator = (typeof accountAgeIndicatorValues)[number];

/** The values of `AccountChangeIndicator` known when this was generated; the service may send others. */
export const accountChangeIndicatorValues = ["MORE_60_DAYS"] as const;
export type KnownAccountChangeIndicator = (typeof accountChangeIndicatorValues)[number];

/** The values of `ChallengeIndicator` known when this was generated; the service may send others. */
export const challengeIndicatorValues = ["NO_CHALLENGE_REQUESTED", "CHALLENGE_REQUESTED_BY_MERCHANT", "CHALLENGE_REQUESTED_BY_MANDATE"] as const;
export type KnownChallengeIndicator = (typeof challengeIndicatorValues)[number];

/** The values of `ThreeDsFlow` known when this was generated; the service may send others. */
export const threeDsFlowValues = ["CHALLENGE", "FRICTIONLESS"] as const;
export type KnownThreeDsFlow = (typeof threeDsFlowValues)[number];

/** The values of `AuthenticationStatus` known when this was generated; the service may send others. */
export const authenticationStatusValues = ["IN_PROGRESS", "SUCCESS"] as const;
export type KnownAuthenticationStatus = (typeof authenticationStatusValues)[number];

/** The values of `TriggeredBy` known when this was generated; the service may send others. */
export const triggeredByValues = ["MERCHANT"] as const;
export type KnownTriggeredBy = (typeof triggeredByValues)[number];

/** The values of `LinkMethod` known when this was generated; the service may send others. */
export const linkMethodValues = ["GET", "POST"] as const;
export type KnownLinkMethod = (typeof linkMethodValues)[number];

/** The values of `CardNetwork` known when this was generated; the service may send others. */
export const cardNetworkValues = ["CARTE_BANCAIRE", "VISA", "MASTERCARD", "AMERICAN_EXPRESS", "MAESTRO", "DINERS_CLUB", "DISCOVER", "UNIONPAY", "JCB", "ONEY", "OTHER"] as const;
export type KnownCardNetwork = (typeof cardNetworkValues)[number];

/** The values of `WebhookEventType` known when this was generated; the service may send others. */
export const webhookEventTypeValues = ["PAYMENT_CAPTURE", "PAYMENT_REFUND", "PAYMENT_VOID"] as const;
export type KnownWebhookEventType = (typeof webhookEventTypeValues)[number];

/** The values of `Partner` known when this was generated; the service may send others. */
export type KnownPartner = "aci" | "adyen" | "alma" | "ancv" | "axepta" | "braintree" | "centralpay" | "checkout" | "cofidis" | "dalenys" | "easycollect" | "easy2play" | "fintecture" | "floa" | "gocardless" | "hipay" | "illicado" | "ingenico" | "klarna" | "mercanet" | "oney" | "oneycard" | "paybox" | "payline" | "paypal" | "payzen" | "purse" | "redsys" | "riverty" | "scalapay" | "scellius" | "sipsv2" | "slimpay" | "sogecommerce" | "sogenactif" | "stripe" | "systempay" | "worldpay" | "younited" | "uspmock";

/** The values of `PaymentMethod` known when this was generated; the service may send others. */
export type KnownPaymentMethod = "connect" | "applepay" | "bancontact" | "bizum" | "bnpl" | "buybox" | "cb2x" | "cb3x" | "cb3xsansfrais" | "cb4x" | "cb4xsansfrais" | "cb10x" | "cb10xsansfrais" | "cb12x" | "cb12xsansfrais" | "3x" | "6x" | "9x" | "12x" | "comptant" | "creditcard" | "giftcard" | "googlepay" | "ideal" | "installments" | "instantpayment" | "invoice" | "loan" | "maxxing" | "mbway" | "multibanco" | "paybylink" | "cb3x-paybylink" | "cb4x-paybylink" | "paylater" | "paypal" | "revolving" | "sepa" | "sdd" | "sepainstant" | "separecurrent" | "sepasingle" | "slimcollect" | "smart_transfer" | "twint" | "voucher" | "wallet" | "xpay" | "primary";
