// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.

/** Form body of the access token call. How the credentials travel in version 2 is not shown; version 1 takes HTTP Basic together with `x-api-key`. Members other than the grant are left open. */
export type TokenRequest = {
    /**
     * OAuth2 grant; always the client credentials one.
     * @constant
     */
    grant_type: "client_credentials";
};
/** Access token granted to a merchant back end. */
export type AccessToken = {
    /** Opaque token; send it in the `Authorization` header as a bearer token. */
    access_token: string;
    /** How to present the token; `Bearer` in the sample. */
    token_type: "Bearer" | (string & {});
    /** Lifetime of the token in seconds; 3600 in the sample. */
    expires_in: number;
};
/** Refusal by the token endpoint, in the usual OAuth2 shape. Only the titles of the error answers are documented; the members follow RFC 6749. */
export type TokenProblem = {
    /** OAuth2 error code, for example `invalid_client`. */
    error?: string;
    /** Explanation for a developer; not for shoppers. */
    error_description?: string;
};
/** What is needed to open a client session. */
export type CreateClientSessionRequest = {
    /**
     * Id of the entity (business unit) that opens the session, as handed out by Purse. A UUID in every sample.
     * @example 5e3a0862-7cc3-4427-92ba-9e1e9595f571
     */
    entity_id: string;
    /** Amount to pay, in the currency's smallest unit. Zero is accepted only together with `allow_future_usage: true`: the card is checked and nothing is charged. Earlier pages ask for more than zero, later ones for zero or more; the later and wider rule is described here. */
    amount: MinorUnits;
    /** Currency of `amount` and of every amount of the order. */
    currency: Currency;
    /**
     * Who captures the authorized amount: the merchant (`MANUAL`) or Purse (`AUTOMATIC`). Gift cards and wallets may be captured at once, whichever mode is set.
     * @default MANUAL
     * @enum {string}
     */
    capture_mode?: "MANUAL" | "AUTOMATIC";
    /**
     * Delay before an automatic capture as an ISO 8601 duration, for example `PT24H`. Has no effect with `MANUAL`. Added by a later edition of the API page.
     */
    capture_delay?: string;
    /**
     * Where the shopper pays: in a widget on the merchant's page (`EMBEDDED`) or on a page hosted by Purse (`HOSTED_PAGE`).
     * @default EMBEDDED
     * @enum {string}
     */
    integration_mode?: "EMBEDDED" | "HOSTED_PAGE";
    /**
     * Where the shopper's browser is sent, by HTTP GET, when the payment process ends. Purse adds a signed token to the query, so keep the address short.
     */
    shopper_redirection_url: string;
    /** What is being bought. */
    order: OrderRequest;
    /** Who is buying. Recommended, and needed by some partners. */
    customer?: Customer;
    /** Preferences for the 3-D Secure authentication. With `allow_future_usage: true` and a card, the challenge indicator in it must be `CHALLENGE_REQUESTED_BY_MERCHANT`. */
    three_ds_authentication_options?: PaymentThreeDsAuthenticationOptions;
    /** Where Purse notifies the merchant. Sources name two triggers: changes of the session's status, and changes in the payment's `amounts` (authorization obtained; capture started, failed or succeeded; refund; void). Expect both. */
    webhook?: WebhookRequest;
    /**
     * Whether later merchant-initiated payments may reuse this payment. For cards, `three_ds_authentication_options.challenge_indicator` must then be `CHALLENGE_REQUESTED_BY_MERCHANT`; a later edition says that it is treated as `CHALLENGE_REQUESTED_BY_MANDATE`. Sending `CHALLENGE_REQUESTED_BY_MERCHANT` satisfies both.
     * @default false
     */
    allow_future_usage?: boolean;
};
/** The order to find payment solutions for. */
export type ListEligibleSolutionsRequest = {
    /**
     * Id of the entity (business unit) that would take the payment. A UUID in every sample.
     * @example 5e3a0862-7cc3-4427-92ba-9e1e9595f571
     */
    entity_id: string;
    /** Amount to pay, in the currency's smallest unit. */
    amount: MinorUnits;
    /** Currency of every amount in the request. */
    currency: Currency;
    /** What is being bought. */
    order: OrderRequest;
    /** Who is buying, if known. */
    customer?: Customer;
    /** Whether later merchant-initiated payments may reuse the payment. */
    allow_future_usage?: boolean;
};
/** Payment solutions that an order may be paid with. */
export type EligibleSolutionList = {
    /** Amount that was asked about. */
    amount: MinorUnits;
    /** Currency of the amount. */
    currency: Currency;
    /** The payment solutions that may be used. */
    eligible_solutions: EligibleSolution[];
};
/** What is needed to make a payment link. */
export type CreatePaymentLinkRequest = {
    /**
     * Id of the entity (business unit) that takes the payment. A UUID in every sample.
     * @example 5e3a0862-7cc3-4427-92ba-9e1e9595f571
     */
    entity_id: string;
    /** Amount to pay, in the currency's smallest unit. */
    amount: MinorUnits;
    /** Currency of every amount in the request. */
    currency: Currency;
    /**
     * Who captures the authorized amount: the merchant (`MANUAL`) or Purse (`AUTOMATIC`). Documented for client sessions, of which a link is taken to be a longer-lived kind.
     * @enum {string}
     */
    capture_mode?: "MANUAL" | "AUTOMATIC";
    /**
     * Where the shopper's browser is sent, by HTTP GET, when the payment process ends. Keep it short.
     */
    shopper_redirection_url: string;
    /** What is being bought. */
    order: OrderRequest;
    /** Who is buying. Documented for client sessions, of which a link is taken to be a longer-lived kind. */
    customer?: Customer;
    /** Where Purse notifies the merchant of the link and of the payments made by it. That it does so is documented, where the address is given is not. */
    webhook?: WebhookRequest;
};
/** A link that a shopper can pay by. The answer is not documented, so it may contain more than this, and any of this may be missing. */
export type PaymentLink = {
    /**
     * Id of the link, by which it could be told from others.
     * @example 9a14962c-bdcf-49d1-8673-e75dfb48013f
     */
    id?: string;
    /** State of the link. The values are documented, the name of the member is not. */
    status?: PaymentLinkStatus;
    /**
     * Address to send to the shopper.
     */
    url?: string;
    /** Calls related to the link, and possibly the address to send to the shopper. */
    links?: {
        [key: string]: Link;
    };
};
/** A payment attempt offered to a shopper, from the opening of the payment page to its outcome. */
export type ClientSession = {
    /**
     * Id of the session. A UUID in every sample.
     * @example 9753ec77-fc16-4886-92af-c7dcf9b7352d
     */
    id: string;
    /** State of the session. Webhooks are sent when it changes, one page says. */
    status: ClientSessionStatus;
    /** Amount to pay, as requested. */
    amount: MinorUnits;
    /** Currency of every amount of the session. */
    currency: Currency;
    /**
     * Id of the entity that opened the session. A UUID in every sample.
     * @example 5e3a0862-7cc3-4427-92ba-9e1e9595f571
     */
    entity_id: string;
    /** Who captures: as requested, or the default. */
    capture_mode: CaptureMode;
    /** Where the shopper pays: as requested, or the default. */
    integration_mode: IntegrationMode;
    /** Whether later merchant-initiated payments may reuse the payment. Shown on creation only, so it is optional. */
    allow_future_usage?: boolean;
    /** What is being bought. */
    order: Order;
    /** Who is buying. Shown by one glossary sample only, so it is optional. */
    customer?: Customer;
    /**
     * End of validity; the session cannot be paid afterwards. How long a session is valid is not documented.
     */
    expires_at: string;
    /**
     * Where the shopper is sent at the end.
     */
    shopper_redirection_url: string;
    /** What the merchant's front end needs to show the payment widget. */
    widget: Widget;
    /**
     * Id of the payment, once the shopper has submitted one; absent from a session just created. A UUID in every sample.
     * @example e3a6516b-0ec4-4a5b-92b0-7bb9693e82c1
     */
    payment_id?: string;
    /** Payment solutions that this order may be paid with. */
    eligible_solutions: EligibleSolution[];
    /** Calls related to the session. */
    links: ClientSessionLinks;
};
/** Request to abort a client session before it is paid. */
export type AbortClientSessionRequest = {
    /**
     * New status of the session. The hosted page guide shows another body (`session_id` and `AbortedByCustomer`), read as the hosted page's own call.
     * @constant
     */
    status: "ABORTED_BY_MERCHANT";
};
/** What is needed to pay without a client session: an advanced checkout, or a merchant-initiated payment. */
export type CreatePaymentRequest = {
    /**
     * Id of the entity (business unit) that takes the payment. A UUID in every sample.
     * @example 5e3a0862-7cc3-4427-92ba-9e1e9595f571
     */
    entity_id: string;
    /** Amount to pay, in the currency's smallest unit. */
    amount: MinorUnits;
    /** Currency of every amount in the request. */
    currency: Currency;
    /**
     * Who captures the authorized amount: the merchant (`MANUAL`) or Purse (`AUTOMATIC`). No default is documented here; client sessions have `MANUAL`.
     * @enum {string}
     */
    capture_mode?: "MANUAL" | "AUTOMATIC";
    /**
     * Delay before an automatic capture as an ISO 8601 duration, for example `PT24H`. Documented for client sessions only; taken to go with `capture_mode` here, too.
     */
    capture_delay?: string;
    /**
     * Whether later merchant-initiated payments may reuse this payment. `three_ds_authentication_options.challenge_indicator` must then be `CHALLENGE_REQUESTED_BY_MERCHANT`.
     * @default false
     */
    allow_future_usage?: boolean;
    /** What is being bought. In every sample, so it is required here. */
    order: OrderRequest;
    /** Who is buying. Its `reference` is needed when a saved card is used, and its `ip_address` for 3-D Secure. */
    customer?: Customer;
    /** How the amount is spread over payment solutions. The parts should add up to `amount`; those of the documented sample do not, so the sum is not enforced here. */
    split: SplitRequest[];
    /** The shopper's browser, as collected by the front end. Required in the advanced flow, where the shopper is present; needed for 3-D Secure. The sample of a merchant-initiated payment has it as well. */
    browser?: Browser;
    /**
     * Where the shopper is sent after a redirection to a partner. Give it whenever a redirection is possible.
     */
    shopper_redirection_url?: string;
    /** Preferences for the 3-D Secure authentication. The text points to the root of the body, newer samples have it on each part of `split`; both are accepted here. With `allow_future_usage: true` its challenge indicator must be `CHALLENGE_REQUESTED_BY_MERCHANT`. */
    three_ds_authentication_options?: PaymentThreeDsAuthenticationOptions;
    /** Where Purse notifies the merchant. Not in the request samples; payments show one and guides say that the outcome arrives by webhook. */
    webhook?: WebhookRequest;
};
/** One part of a new payment. It reuses an earlier authorization (a `parent_` member names it), or asks for a new one: what the vendor calls `NewAuthorizationCandidate`, with an amount, a partner and a method, and with the tokens of a card (`vault_form_token`, `wallet_token`) where there is one. The sample application sends all three; guides with card tokens leave them out. Members of several variants may be combined, because a sample of an answer does so; what the service makes of that is not documented. Only samples of parts were seen, so further members are let through. */
export type SplitRequest = ParentPaymentSplit | ParentTransactionSplit | ParentTokenSplit | SavedCardSplit | NewCardSplit | SolutionSplit;
/** Part paid by reusing an earlier payment, for a merchant-initiated payment. */
export type ParentPaymentSplit = {
    /** Share of the payment that this part takes. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `dalenys`. Shown beside it by an answer. */
    partner?: Partner;
    /** Payment method at the partner, for example `creditcard`. Shown beside it by an answer. */
    method?: PaymentMethod;
    /**
     * Id of the earlier payment to reuse. It must have been made with `allow_future_usage: true`.
     * @example a1b2c3d4-abcd-1234-a1b2-123456abcdef
     */
    parent_payment_id: string;
};
/** Part paid by reusing one partner transaction of an earlier payment. That transactions can be reused is documented; how to name them is read from an answer. */
export type ParentTransactionSplit = {
    /** Share of the payment that this part takes. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `dalenys`. Shown beside it by an answer. */
    partner?: Partner;
    /** Payment method at the partner, for example `creditcard`. Shown beside it by an answer. */
    method?: PaymentMethod;
    /**
     * Id of the earlier partner transaction to reuse. Shown on answers; read as accepted by requests, too.
     * @example 1a2b3c4d-1a2b-abcd-1234-123456789abc
     */
    parent_partner_transaction_id: string;
};
/** Part paid by reusing a token that a partner gave for an earlier authorization. Its members are shown by an answer; what they are for is read from their names. */
export type ParentTokenSplit = {
    /** Share of the payment that this part takes. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `dalenys`. */
    partner?: Partner;
    /** Payment method at the partner, for example `creditcard`. */
    method?: PaymentMethod;
    /** Partner token of an earlier authorization to reuse. Shown on answers; read as accepted by requests, too. */
    parent_partner_token: string;
    /** The partner's own reference of an earlier authorization to reuse. Shown on an answer, as a number there; a string like every other partner reference. */
    parent_partner_reference?: string;
};
/** Part paid by a card saved earlier. The guides send a `vault_form_token` with it, for the security code entered anew, and leave out amount, partner and method. */
export type SavedCardSplit = {
    /** Share of the payment that this part takes. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `dalenys`. */
    partner?: Partner;
    /** Payment method at the partner, for example `creditcard`. */
    method?: PaymentMethod;
    /** Id of a saved card. The customer's `reference` is then needed, so that the card can be tied to its owner. */
    wallet_token: string;
    /** Short-lived token of the card form filled in by the shopper. */
    vault_form_token?: string;
    /** Whether to save the card once authorized. The shopper must have agreed. */
    save_token?: boolean;
    /** Preferences for the 3-D Secure authentication of this part. */
    three_ds_authentication_options?: PaymentThreeDsAuthenticationOptions;
    /** Id of a 3-D Secure transaction begun on the front end, which starts Purse's own authentication. At most one part may carry it. Spelled `threeds_server_trans_id` in an older sample application. */
    three_ds_server_trans_id?: string;
};
/** Part paid by a card that the shopper has just entered, as short as the guides show it: they leave out amount, partner and method, which the sample application sends. */
export type NewCardSplit = {
    /** Share of the payment that this part takes. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `dalenys`. */
    partner?: Partner;
    /** Payment method at the partner, for example `creditcard`. */
    method?: PaymentMethod;
    /** Short-lived token of the card form filled in by the shopper. */
    vault_form_token: string;
    /** Whether to save the card once authorized. The shopper must have agreed. */
    save_token?: boolean;
    /** Preferences for the 3-D Secure authentication of this part. */
    three_ds_authentication_options?: PaymentThreeDsAuthenticationOptions;
    /** Id of a 3-D Secure transaction begun on the front end, which starts Purse's own authentication. At most one part may carry it. Spelled `threeds_server_trans_id` in an older sample application. */
    three_ds_server_trans_id?: string;
};
/** Part paid by a named solution, for example a gift card. One of the forms of what the vendor calls `NewAuthorizationCandidate`, which always has an amount, a partner and a method in the sample application. */
export type SolutionSplit = {
    /** Share of the payment that this part takes. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `illicado`. */
    partner: Partner;
    /** Payment method at the partner, for example `giftcard`. */
    method: PaymentMethod;
};
/** What card issuers ask to know about the shopper's browser. Required in the advanced flow. The shopper's IP address goes to `customer.ip_address`. Only samples of it were seen, so further members are let through. */
export type Browser = {
    /** Value of the browser's User-Agent header. */
    user_agent?: string;
    /**
     * Address of the page that the shopper pays from.
     */
    referrer?: string;
    /** Value of the browser's Accept header. */
    accept_header?: string;
    /** Value of the browser's Accept-Language header. Seen in the vendor's sample application only. */
    accept_language?: string;
    /** Color depth of the screen in bits per pixel. */
    color_depth?: number;
    /** Whether the browser runs Java. */
    java_enabled?: boolean;
    /** Whether the browser runs JavaScript. */
    javascript_enabled?: boolean;
    /** Language of the browser. Shown as `fra` and elsewhere as `fr-FR`, so no format is enforced. */
    locale?: string;
    /** Height of the screen in pixels. */
    screen_height?: number;
    /** Width of the screen in pixels. */
    screen_width?: number;
    /** Offset of the time zone in minutes, positive east of Greenwich: samples for France have 60. One guide names JavaScript's `getTimezoneOffset`, which has the opposite sign; the samples and the vendor's sample application (`-getTimezoneOffset()`) are followed. */
    utc_time_zone?: number;
};
/** A payment: its authorization and everything done with the authorized amount since. */
export type Payment = {
    /**
     * Id of the payment. A UUID in every sample.
     * @example 9a14962c-bdcf-49d1-8673-e75dfb48013f
     */
    id: string;
    /**
     * When the payment was created.
     */
    created_at: string;
    /** How much of the payment has been used, in words. */
    overview: Overview;
    /**
     * Id of the session that the payment came from. In every sample, yet it may be missing from payments made without a session, so it is optional.
     * @example 9753ec77-fc16-4886-92af-c7dcf9b7352d
     */
    client_session_id?: string;
    /**
     * Id of the entity that took the payment. A UUID in every sample.
     * @example 5e3a0862-7cc3-4427-92ba-9e1e9595f571
     */
    entity_id: string;
    /** Version of the payment: 7 and 3 in the samples. That it grows with each change is a reading of its name. Missing from one tutorial sample, so it is optional. */
    version?: number;
    /** The merchant's order reference. Some samples show a value that differs from `order.reference`; derive nothing from either. */
    order_reference: string;
    /** The order that was paid. */
    order: Order;
    /** Who bought. Shown by one tutorial sample only, so it is optional. */
    customer?: Customer;
    /** Amount of the payment, as requested. */
    amount: MinorUnits;
    /** Currency of every amount of the payment. */
    currency: Currency;
    /** Who captures: as requested, or the default. */
    capture_mode: CaptureMode;
    /** Whether later merchant-initiated payments may reuse this one. Absent from one sample. */
    allow_future_usage?: boolean;
    /** Captures so far, failed and pending ones included. */
    captures: Operation[];
    /** Voids so far, failed and pending ones included. */
    voids: Operation[];
    /** Refunds so far, failed and pending ones included. */
    refunds: Operation[];
    /** Outcome of the authorization, over all partners. */
    authorization: Authorization;
    /** What was done and what can still be done, in figures. Webhooks are sent when they change. */
    amounts: Amounts;
    /** Calls related to the payment. */
    links: PaymentHrefs;
    /** How the amount is spread over payment solutions. */
    split: Split[];
    /** Where the merchant is notified. Shown by one sample only, so it is optional. */
    webhook?: Webhook;
    /** Where the shopper has to go while the authorization is pending. Shown by one sample only, so it is optional. */
    redirection?: PaymentRedirection;
    /** 3-D Secure authentication run by Purse itself. Newer; seen in the vendor's sample application only. */
    authentication?: Authentication;
};
/** A capture, refund or void to carry out. By default a capture takes gift cards first and a refund takes cards first. A glossary page documents a list that overrides this order: entries of `partner` and `method`, `*` for any, and an entry of two `*` for everything that no other entry names. The name of its member is not known, so further members are let through here. */
export type OperationRequest = {
    /** Part of the payment to process, in the currency's smallest unit. */
    amount: MinorUnits;
    /** Order lines that the operation is about; only some payment methods need them. */
    order?: OperationOrderRequest;
    /** The merchant's own reference of the operation, for example `CAP#1223445`. */
    merchant_reference?: string;
};
/** One capture, refund or void, spread by Purse over partner transactions. */
export type Operation = {
    /**
     * Id of the operation: the one that a 409 names in `resource_id`. A UUID in every sample.
     * @example 9a14962c-bdcf-49d1-8673-e75dfb48013f
     */
    id: string;
    /** Amount that was asked for. */
    amount: MinorUnits;
    /**
     * When the operation was asked for.
     */
    created_at: string;
    /**
     * When the operation last changed.
     */
    updated_at: string;
    /** Who asked for the operation. */
    triggered_by: TriggeredBy;
    /** The merchant's own reference of the operation. In every sample, but optional in the request, hence optional here. */
    merchant_reference?: string;
    /** Outcome over all partner transactions. HTTP 200 does not mean `SUCCESS`. */
    status: OperationStatus;
    /** What was sent to each partner, and its outcome. */
    partner_transactions: OperationTransaction[];
    /** Order lines that the operation is about. Shown by one sample only, so it is optional. */
    order?: OperationOrder;
};
/** Part of an order that an operation is about. Only some payment methods need it. */
export type OperationOrder = {
    /** Deliveries that the operation is about. */
    shipments?: OperationShipment[];
    /** The merchant's own data, with free members. */
    additional_data?: {
        [key: string]: unknown;
    };
};
/** Part of an order that an operation is about. Only some payment methods need it. As sent; members that a generated sample does not list are refused. */
export type OperationOrderRequest = {
    /** Deliveries that the operation is about. */
    shipments?: OperationShipmentRequest[];
    /** The merchant's own data, with free members. */
    additional_data?: {
        [key: string]: unknown;
    };
};
/** Part of a delivery that an operation is about. */
export type OperationShipment = {
    /** Amount of this part, tax included. */
    net_amount?: MinorUnits;
    /** Order lines that the operation is about. */
    item_lines?: ItemLine[];
};
/** Part of a delivery that an operation is about. As sent; members that a generated sample does not list are refused. */
export type OperationShipmentRequest = {
    /** Amount of this part, tax included. */
    net_amount?: MinorUnits;
    /** Order lines that the operation is about. */
    item_lines?: ItemLineRequest[];
};
/** Share of a capture, refund or void handled by one partner. */
export type OperationTransaction = {
    /**
     * Id given by Purse to the partner transaction. A UUID in every sample.
     * @example 9a14962c-bdcf-49d1-8673-e75dfb48013f
     */
    id: string;
    /**
     * When the partner transaction was created.
     */
    created_at: string;
    /**
     * When the partner transaction last changed.
     */
    updated_at: string;
    /** Amount handled by this partner. */
    amount: MinorUnits;
    /** Partner that handles this share. */
    partner: Partner;
    /** Payment method at the partner. */
    method: PaymentMethod;
    /** The partner's own id of the transaction. */
    partner_reference?: string;
    /** Raw code of the partner, for information only. In every sample; optional because a partner that has not answered has no code to report. */
    partner_status?: string;
    /** Raw text of the partner, for information only. In every sample; optional because a partner that has not answered has no text to report. */
    partner_status_description?: string;
    /** Reusable token given by the partner. */
    partner_token?: string;
    /** Status as normalized by Purse; the one to rely on. */
    status: OperationStatus;
    /** Amount that is left to use on this transaction. */
    remaining_amount?: MinorUnits;
};
/** Authorization of a payment, over all its partner transactions. */
export type Authorization = {
    /**
     * When the authorization last changed. Absent from two samples, so it is optional.
     */
    updated_at?: string;
    /** Outcome over all partner transactions. */
    status: AuthorizationStatus;
    /** What each partner answered. With `allow_future_usage` these are what later payments can reuse. */
    partner_transactions: AuthorizationTransaction[];
};
/** Share of an authorization handled by one partner. */
export type AuthorizationTransaction = {
    /**
     * Id given by Purse to the partner transaction. A UUID in every sample.
     * @example 9a14962c-bdcf-49d1-8673-e75dfb48013f
     */
    id: string;
    /**
     * When the partner transaction was created. Missing from one glossary sample, so it is optional.
     */
    created_at?: string;
    /**
     * When the partner transaction last changed. Missing from one glossary sample, so it is optional.
     */
    updated_at?: string;
    /** Amount handled by this partner. */
    amount: MinorUnits;
    /** Partner that handles this share. */
    partner: Partner;
    /** Payment method at the partner. */
    method: PaymentMethod;
    /** The partner's own id of the transaction. */
    partner_reference?: string;
    /** Raw code of the partner, for information only. Optional because a partner that has not answered has no code to report. */
    partner_status?: string;
    /** Raw text of the partner, for information only. Optional because a partner that has not answered has no text to report. */
    partner_status_description?: string;
    /** Reusable token given by the partner. */
    partner_token?: string;
    /** Status as normalized by Purse; the one to rely on. */
    status: AuthorizationStatus;
    /** The card, for card solutions. */
    card?: Card;
    /** Amount that is left to use on this transaction. */
    remaining_amount?: MinorUnits;
    /** Further data of the partner, such as parameters of a redirection. */
    partner_additional_data?: PartnerAdditionalData;
};
/** What a partner sends beyond the usual, such as parameters of a redirection. Partners differ, so rely on none of it being there. */
export type PartnerAdditionalData = {
    /** Code of the payment offer that was used, to judge by the sample (`3x002`). */
    opc?: string;
    /** Address to send the shopper to. With `redirection_json` it goes before the payment's own redirection. Newer; seen in the vendor's sample application only. */
    redirection_url?: string;
    /** HTTP method to open `redirection_url` with. Newer; seen in the vendor's sample application only. */
    redirection_method?: string;
    /** Parameters to post to `redirection_url`, as JSON. Newer; seen in the vendor's sample application only. */
    redirection_json?: string;
    /** Parameters to post to the `href` of the payment's redirection, as JSON or as a query string. Newer; seen in the vendor's sample application only. */
    redirect_url_post_params?: string;
    /** Result code of the partner. Newer; seen in the vendor's sample application only. */
    result_code?: string;
} & {
    [key: string]: unknown;
};
/** 3-D Secure authentication run by Purse. Newer; seen in the vendor's sample application only. */
export type Authentication = {
    /** State of the authentication. */
    status?: AuthenticationStatus;
    /** Opaque data for the front end, present when the card issuer asks for a challenge. */
    challenge_data?: string;
    /** Whether the shopper is challenged. */
    flow?: ThreeDsFlow;
    /** Electronic commerce indicator (ECI) of the authentication. */
    eci?: string;
    /** What each authentication partner answered. */
    partner_authentications?: {
        /** Raw code of the authentication partner. */
        partner_status?: string;
        /** Status as normalized by Purse. */
        status?: AuthenticationStatus;
        /** Card that was authenticated. */
        card?: {
            /** Outcome of the authentication for the card. */
            three_ds?: ThreeDsResult;
        };
    }[];
};
/** Totals of a payment, in the currency's smallest unit. They lag behind while an operation is pending, so do not check sums on live data. */
export type Amounts = {
    /** Amount whose authorization is not settled yet. Absent from the sample of the capture answer, so it is optional. */
    authorize_pending?: MinorUnits;
    /** Amount that was authorized. */
    total_authorized: MinorUnits;
    /** Amount released by voids. */
    total_voided: MinorUnits;
    /** Amount that can still be voided. */
    available_to_void: MinorUnits;
    /** Amount captured. Increases when a capture has succeeded. */
    total_captured: MinorUnits;
    /** Amount that can still be captured. Decreases when a capture starts; restored if it fails. */
    available_to_capture: MinorUnits;
    /** Amount refunded to the shopper. */
    total_refunded: MinorUnits;
    /** Amount that can still be refunded. */
    available_to_refund: MinorUnits;
};
/** How much of a payment has been used, for each kind of operation. */
export type Overview = {
    /** How much of the authorized amount was captured or voided, to judge by the samples. */
    consumed: OverviewStatus;
    /** How much of the authorized amount was captured. */
    captured: OverviewStatus;
    /** How much of the authorized amount was voided. */
    voided: OverviewStatus;
    /** How much of the captured amount was refunded. */
    refunded: OverviewStatus;
};
/** Part of a payment taken by one payment solution. */
export type Split = {
    /** Partner that processes the part. */
    partner: Partner;
    /** Payment method at the partner. */
    method: PaymentMethod;
    /** Share of the payment that this part takes. */
    amount: MinorUnits;
    /**
     * Id of the earlier partner transaction that was reused. A UUID in every sample.
     * @example 1a14962c-bdcf-49d1-8673-e75dfb48013f
     */
    parent_partner_transaction_id?: string;
    /**
     * Id of the earlier payment that was reused. A UUID in every sample.
     * @example 1a14962c-bdcf-49d1-8673-e75dfb48013f
     */
    parent_payment_id?: string;
    /** Partner token that was reused. */
    parent_partner_token?: string;
    /** The partner's own reference of what was reused. The sample shows a bare number, which a sample generator left without quotes; a string by meaning. */
    parent_partner_reference?: string;
};
/** How to send the shopper to a partner's page. The vendor's sample application takes the first that applies: (1) `redirection_url` with `redirection_json` of the partner's additional data, posted as a form; (2) `href` with the partner's `redirect_url_post_params`, posted as a form; (3) `href` with `method` POST and a `body`, posted as a form; (4) `href` alone, opened by GET; (5) `form`, submitted as it is. Parameters are JSON or a query string; nested objects become `key[sub]`. One sample of the API page shows an address and a method; the rest is seen in the sample application only. */
export type PaymentRedirection = FormRedirection | PostRedirection | LinkRedirection;
/** A ready-made form that the browser has to submit. Used last, when there is no address. Newer; seen in the vendor's sample application only. */
export type FormRedirection = {
    /** HTML of the form, ready to be submitted. */
    form: string;
    /** HTTP method of the form. */
    method?: LinkMethod;
};
/** An address that the browser has to post a body to. Goes before opening the address by GET. Newer; seen in the vendor's sample application only. */
export type PostRedirection = {
    /**
     * Address of the partner's page.
     */
    href: string;
    /** HTTP method to open the address with. */
    method?: LinkMethod;
    /** Media type of the body. */
    media_type?: string;
    /** Parameters to post, as JSON or as a query string. */
    body: string;
};
/** An address that the browser has to open, by GET unless parameters are to be posted to it. */
export type LinkRedirection = {
    /**
     * Address of the partner's page.
     */
    href: string;
    /** HTTP method to open the address with. */
    method?: LinkMethod;
};
/** Masked card of a partner transaction. */
export type Card = {
    /** First digits of the card number, six in the samples. */
    bin: string;
    /** Last four digits of the card number. */
    last_four_digits: string;
    /** Name of the holder as on the card. */
    holder_name?: string;
    /** Month of expiry, in two digits. */
    expiry_month: string;
    /** Year of expiry, as `24` or as `2029`: samples disagree, so both are possible. */
    expiry_year: string;
    /** Country of the card, ISO 3166-1 alpha-2; of its issuer, to judge by the name. */
    country_code?: string;
    /** Fingerprint of the card, in base64. That it is the same for the same card is a reading of its name. */
    fingerprint?: string;
    /** Card network that the payment went through. */
    selected_network?: CardNetwork;
    /** Kind of card, for example `VISA_CREDIT`. Shown by one tutorial sample only. */
    type?: string;
    /** Outcome of the 3-D Secure authentication. */
    three_ds?: ThreeDsResult;
};
/** Outcome of a 3-D Secure authentication; may be empty. */
export type ThreeDsResult = {
    /** Electronic commerce indicator (ECI) of the authentication. */
    eci?: string;
    /** Version of the 3-D Secure protocol, for example `2.2.0`. */
    version?: string;
    /** Whether the shopper was challenged. */
    flow?: ThreeDsFlow;
    /** Id given by the directory server. */
    ds_transaction_id?: string;
    /** Id given by the issuer's access control server. */
    acs_transaction_id?: string;
    /** Answer of the directory server, for example `Y`. Newer; seen in the vendor's sample application only. */
    directory_response?: string;
    /** Cardholder authentication verification value. Newer; seen in the vendor's sample application only. */
    cavv?: string;
};
/** What is bought. A message of the service says that the amount of a payment must not exceed the order's net amount less what was paid already; by what orders are matched is not documented. */
export type Order = {
    /** The merchant's order number. In every sample, so it is required here. */
    reference: string;
    /** The merchant's own data, with free members. */
    additional_data?: {
        [key: string]: unknown;
    };
    /** Total to pay for the order, tax included. In every sample, so it is required here. */
    net_amount: MinorUnits;
    /** Discount on the whole order. */
    discount_amount?: MinorUnits;
    /** Tax contained in the net amount. */
    tax_amount?: MinorUnits;
    /** Deliveries; they also feed the cart shown by the hosted page. */
    shipments?: Shipment[];
    /** Address that the invoice goes to. */
    billing_address?: Address;
    /** Discounts of the order, one by one. */
    discounts?: Discount[];
};
/** What is bought. A message of the service says that the amount of a payment must not exceed the order's net amount less what was paid already; by what orders are matched is not documented. As sent; members that a generated sample does not list are refused. */
export type OrderRequest = {
    /** The merchant's order number. In every sample, so it is required here. */
    reference: string;
    /** The merchant's own data, with free members. */
    additional_data?: {
        [key: string]: unknown;
    };
    /** Total to pay for the order, tax included. In every sample, so it is required here. */
    net_amount: MinorUnits;
    /** Discount on the whole order. */
    discount_amount?: MinorUnits;
    /** Tax contained in the net amount. */
    tax_amount?: MinorUnits;
    /** Deliveries; they also feed the cart shown by the hosted page. */
    shipments?: ShipmentRequest[];
    /** Address that the invoice goes to. */
    billing_address?: AddressRequest;
    /** Discounts of the order, one by one. */
    discounts?: DiscountRequest[];
};
/** One discount of an order. */
export type Discount = {
    /** Amount of the discount, tax included. */
    net_amount?: MinorUnits;
    /** Tax contained in the discount. */
    tax_amount?: MinorUnits;
    /** Code that gave the discount. */
    coupon_code?: string;
    /** Reference of the seller that grants the discount. */
    seller_reference?: string;
};
/** One discount of an order. As sent; members that a generated sample does not list are refused. */
export type DiscountRequest = {
    /** Amount of the discount, tax included. */
    net_amount?: MinorUnits;
    /** Tax contained in the discount. */
    tax_amount?: MinorUnits;
    /** Code that gave the discount. */
    coupon_code?: string;
    /** Reference of the seller that grants the discount. */
    seller_reference?: string;
};
/** One delivery of an order. */
export type Shipment = {
    /** Amount of the delivery, tax included. */
    net_amount?: MinorUnits;
    /** Where the goods are delivered. */
    delivery_type?: DeliveryType;
    /** How fast the goods are delivered. */
    delivery_quickness?: DeliveryQuickness;
    /** Carrier or delivery option, as named by the merchant. */
    delivery_method_reference?: string;
    /**
     * When the goods should arrive.
     */
    estimated_delivery_date_time?: string;
    /** Where the goods are sent. */
    shipping_address?: ShippingAddress;
    /** Order lines of the delivery. */
    item_lines?: ItemLine[];
};
/** One delivery of an order. As sent; members that a generated sample does not list are refused. */
export type ShipmentRequest = {
    /** Amount of the delivery, tax included. */
    net_amount?: MinorUnits;
    /** Where the goods are delivered. */
    delivery_type?: DeliveryType;
    /** How fast the goods are delivered. */
    delivery_quickness?: DeliveryQuickness;
    /** Carrier or delivery option, as named by the merchant. */
    delivery_method_reference?: string;
    /**
     * When the goods should arrive.
     */
    estimated_delivery_date_time?: string;
    /** Where the goods are sent. */
    shipping_address?: ShippingAddressRequest;
    /** Order lines of the delivery. */
    item_lines?: ItemLineRequest[];
};
/** One line of a delivery: goods or a fee. */
export type ItemLine = {
    /** Kind of order line. */
    type?: ItemLineType;
    /** Article code of the merchant. */
    sku_reference?: string;
    /** Label of the line. */
    name?: string;
    /** Brand of the article. */
    brand?: string;
    /** Price of one unit. Whether tax and discount are in it is not documented, and samples contradict each other. */
    unit_gross_price?: MinorUnits;
    /** Total of the line, after discount and with tax. */
    net_amount?: MinorUnits;
    /** Discount on the line. */
    discount_amount?: MinorUnits;
    /** Number of units in the line. */
    quantity?: number;
    /** Tax contained in the line. */
    tax_amount?: MinorUnits;
    /** Tax rate in percent. Samples show whole numbers; decimals are taken to be possible. */
    tax_rate?: number;
    /** Reference of the article's seller. */
    seller_reference?: string;
    /** Name of the seller. */
    seller_name?: string;
    /** Whether the seller sells on the merchant's marketplace. */
    is_marketplace_seller?: boolean;
};
/** One line of a delivery: goods or a fee. As sent; members that a generated sample does not list are refused. */
export type ItemLineRequest = {
    /** Kind of order line. */
    type?: ItemLineType;
    /** Article code of the merchant. */
    sku_reference?: string;
    /** Label of the line. */
    name?: string;
    /** Brand of the article. */
    brand?: string;
    /** Price of one unit. Whether tax and discount are in it is not documented, and samples contradict each other. */
    unit_gross_price?: MinorUnits;
    /** Total of the line, after discount and with tax. */
    net_amount?: MinorUnits;
    /** Discount on the line. */
    discount_amount?: MinorUnits;
    /** Number of units in the line. */
    quantity?: number;
    /** Tax contained in the line. */
    tax_amount?: MinorUnits;
    /** Tax rate in percent. Samples show whole numbers; decimals are taken to be possible. */
    tax_rate?: number;
    /** Reference of the article's seller. */
    seller_reference?: string;
    /** Name of the seller. */
    seller_name?: string;
    /** Whether the seller sells on the merchant's marketplace. */
    is_marketplace_seller?: boolean;
};
/** A postal address with its person. */
export type Address = {
    /** Name of the company. */
    company_name?: string;
    /** Gender of the person. */
    gender?: Gender;
    /** First name of the person. */
    first_name?: string;
    /** Middle name of the person. */
    middle_name?: string;
    /** Last name of the person. */
    last_name?: string;
    /** Street, number and the like, line by line. */
    address_lines?: string[];
    /** Name of the city. */
    city?: string;
    /** Postal code of the city. */
    postal_code?: string;
    /** Country, ISO 3166-1 alpha-2. */
    country_code?: string;
    /** Province, ISO 3166-2, for example `FR-HDF`. One sample shows `NY`; no format is enforced. */
    province_code?: string;
    /** Phone number: a plus sign and digits in the samples, as in E.164. */
    phone_number?: string;
    /** Mobile phone number: a plus sign and digits in the samples, as in E.164. */
    mobile_phone_number?: string;
    /** Work phone number: a plus sign and digits in the samples, as in E.164. */
    work_phone_number?: string;
};
/** A postal address with its person. As sent; members that a generated sample does not list are refused. */
export type AddressRequest = {
    /** Name of the company. */
    company_name?: string;
    /** Gender of the person. */
    gender?: Gender;
    /** First name of the person. */
    first_name?: string;
    /** Middle name of the person. */
    middle_name?: string;
    /** Last name of the person. */
    last_name?: string;
    /** Street, number and the like, line by line. */
    address_lines?: string[];
    /** Name of the city. */
    city?: string;
    /** Postal code of the city. */
    postal_code?: string;
    /** Country, ISO 3166-1 alpha-2. */
    country_code?: string;
    /** Province, ISO 3166-2, for example `FR-HDF`. One sample shows `NY`; no format is enforced. */
    province_code?: string;
    /** Phone number: a plus sign and digits in the samples, as in E.164. */
    phone_number?: string;
    /** Mobile phone number: a plus sign and digits in the samples, as in E.164. */
    mobile_phone_number?: string;
    /** Work phone number: a plus sign and digits in the samples, as in E.164. */
    work_phone_number?: string;
};
/** A postal address that goods are sent to: an address with the name of the place. */
export type ShippingAddress = Address & {
    /** Name of the pick-up point or of the place. */
    delivery_point_name?: string;
};
/** A postal address that goods are sent to: an address with the name of the place. As sent; members that a generated sample does not list are refused. */
export type ShippingAddressRequest = {
    /** Name of the company. */
    company_name?: string;
    /** Gender of the person. */
    gender?: Gender;
    /** First name of the person. */
    first_name?: string;
    /** Middle name of the person. */
    middle_name?: string;
    /** Last name of the person. */
    last_name?: string;
    /** Street, number and the like, line by line. */
    address_lines?: string[];
    /** Name of the city. */
    city?: string;
    /** Postal code of the city. */
    postal_code?: string;
    /** Country, ISO 3166-1 alpha-2. */
    country_code?: string;
    /** Province, ISO 3166-2, for example `FR-HDF`. One sample shows `NY`; no format is enforced. */
    province_code?: string;
    /** Phone number: a plus sign and digits in the samples, as in E.164. */
    phone_number?: string;
    /** Mobile phone number: a plus sign and digits in the samples, as in E.164. */
    mobile_phone_number?: string;
    /** Work phone number: a plus sign and digits in the samples, as in E.164. */
    work_phone_number?: string;
    /** Name of the pick-up point or of the place. */
    delivery_point_name?: string;
};
/** The person or company that buys. Only samples of it were seen, so further members are let through. */
export type Customer = {
    /** The merchant's customer id. Needed when a saved card is used. */
    reference?: string;
    /** Kind of customer: a person, or perhaps a company. */
    type?: CustomerType;
    /**
     * E-mail address of the customer.
     */
    email?: string;
    /** Gender of the customer. */
    gender?: Gender;
    /** First name of the customer. */
    first_name?: string;
    /** Middle name of the customer. */
    middle_name?: string;
    /** Last name of the customer. */
    last_name?: string;
    /** National id or tax id, for example `MX-1234567890`. */
    national_identifier?: string;
    /**
     * Date of birth. Some partners, for example Oney, need it.
     */
    birth_date?: string;
    /** Public IP address of the shopper. Needed for 3-D Secure. */
    ip_address?: string;
    /** Language of the shopper as a BCP 47 tag, for example `fr-FR`. The hosted page follows it. One sample shows `fr_FR`; no format is enforced. */
    locale?: string;
    /** The customer's account in the shop. */
    account?: CustomerAccount;
};
/** History of the customer's account in the shop, for risk scoring. Only samples of it were seen, so further members are let through. */
export type CustomerAccount = {
    /**
     * When the account was opened.
     */
    creation_date_time?: string;
    /**
     * When the account was last changed.
     */
    update_date_time?: string;
    /**
     * When the password was last changed.
     */
    password_update_date_time?: string;
    /** Number of purchases in the last day. */
    purchase_count_last_day?: number;
    /** Number of purchases in the last six months. */
    purchase_count_last_six_months?: number;
    /** Number of purchases in the last year. */
    purchase_count_last_year?: number;
    /** How the customer signed in. */
    authentication_method?: AuthenticationMethod;
    /**
     * When the customer signed in.
     */
    authentication_date_time?: string;
    /** How old the account is. */
    age_indicator?: AccountAgeIndicator;
    /** How long ago the account was changed. */
    change_indicator?: AccountChangeIndicator;
    /** How long ago the password was changed. */
    password_change_indicator?: AccountChangeIndicator;
};
/** Preferences of the merchant for the 3-D Secure authentication. Only one member was seen, so further ones are let through. */
export type PaymentThreeDsAuthenticationOptions = {
    /** Whether the shopper should be challenged. Must be `CHALLENGE_REQUESTED_BY_MERCHANT` when `allow_future_usage` is true. */
    challenge_indicator?: ChallengeIndicator;
};
/** Where and how Purse notifies the merchant. */
export type Webhook = {
    /**
     * Address that receives the notifications, by POST.
     */
    url: string;
    /** Restricts notifications to these events. The sample is a sentence that names three values; read as a list of strings. */
    event_types?: WebhookEventType[];
    /** Extra HTTP headers that Purse sends along. A secret here lets the receiver recognize Purse, because no signature is documented. */
    headers?: WebhookHeader[];
};
/** Where and how Purse notifies the merchant. As sent; members that a generated sample does not list are refused. */
export type WebhookRequest = {
    /**
     * Address that receives the notifications, by POST.
     */
    url: string;
    /** Restricts notifications to these events. The sample is a sentence that names three values; read as a list of strings. */
    event_types?: WebhookEventType[];
    /** Extra HTTP headers that Purse sends along. A secret here lets the receiver recognize Purse, because no signature is documented. */
    headers?: WebhookHeaderRequest[];
};
/** One extra HTTP header of a notification. */
export type WebhookHeader = {
    /** Name of the header. */
    name: string;
    /** Values of the header. Strings in the request sample, bare numbers in a generated one; strings by meaning. */
    values: string[];
};
/** One extra HTTP header of a notification. As sent; members that a generated sample does not list are refused. */
export type WebhookHeaderRequest = {
    /** Name of the header. */
    name: string;
    /** Values of the header. Strings in the request sample, bare numbers in a generated one; strings by meaning. */
    values: string[];
};
/** A way to pay: a method at a partner. */
export type EligibleSolution = {
    /** Partner that would process the payment. */
    partner: Partner;
    /** Payment method at the partner. */
    method: PaymentMethod;
};
/** What starts the payment widget in the browser. */
export type Widget = {
    /** Opaque string for the front-end SDK. */
    data: string;
    /**
     * Address of the script to load.
     */
    js_url: string;
};
/** A related call of the API. */
export type Link = {
    /**
     * Address of the call. Samples show paths such as `/v2/payments/…`, while public addresses begin with `/payment/v2/`: put `/payment` in front, or build the address from the id.
     */
    href: string;
    /** HTTP method of the call. */
    method: LinkMethod;
};
/** Calls related to a session. All but `self` may be absent. */
export type ClientSessionLinks = {
    /** Call that reads the session. */
    self: Link;
    /** Aborts the session. Shown on a submitted session only. */
    abort?: Link;
    /** Reads the payment. Absent from the abort answer, although that has a payment id. */
    payment?: Link;
    /** Payment page of Purse, for `HOSTED_PAGE` sessions. */
    hosted_page?: Link;
};
/**
 * Links of a payment
 * Calls related to a payment. A link may be absent when the action is impossible.
 */
export type PaymentHrefs = {
    /** Reads the payment. Do not rely on it: samples point to `/v2/payment/{id}` and to `/v2/client-sessions/{id}`, neither of which is documented. Build the address from the id. */
    self: Link;
    /** Call that captures the payment. */
    capture?: Link;
    /** Call that refunds the payment. */
    refund?: Link;
    /** Call that voids the payment. */
    void?: Link;
};
/**
 * JSON Web Key (JWK)
 * A public key as defined by RFC 7517.
 */
export type PurseJsonWebKey = {
    /** Key type; `RSA` in the samples. */
    kty: string;
    /** Exponent of the RSA key, base64url. */
    e: string;
    /**
     * Id of the key, as named by signed tokens. A bare number in one generated sample, which lost its quotes; a string in another, and a UUID in a real token. Compare as text.
     * @example 12345
     */
    kid: string;
    /** RSA modulus, base64url. Shortened with dots in the sample, so no pattern is enforced. */
    n: string;
};
/** Header of the signed token in the shopper's return address. */
export type RedirectionHeader = {
    /** Signature algorithm: RS256, to judge by the kind of the keys. */
    alg: string;
    /** Id of the signing key; a UUID in the sample. Compare as text. */
    kid: string;
};
/** What the signed token in the shopper's return address says. No expiry, issuer or audience is documented. */
export type RedirectionClaims = {
    /**
     * Id of the client session.
     * @example 9753ec77-fc16-4886-92af-c7dcf9b7352d
     */
    client_session_id: string;
    /** Status of the client session. */
    client_session_status: ClientSessionStatus;
    /**
     * Id of the payment. Taken to be absent when the session ended without one, which is not documented.
     * @example e3a6516b-0ec4-4a5b-92b0-7bb9693e82c1
     */
    payment_id?: string;
    /** Status of the authorization. Taken to be absent when there is no payment, which is not documented. */
    authorization_status?: AuthorizationStatus;
};
/**
 * JSON Web Key Set (JWKS)
 * Public keys that redirection tokens are signed with.
 */
export type PurseJsonWebKeySet = {
    /** The public keys. Several during a rotation. */
    keys: PurseJsonWebKey[];
};
/**
 * Kind of problem, as a URI that is compared and never fetched.
 */
export type ProblemType = "urn:eu.purse:write-conflict" | (string & {});
/** What went wrong, as defined by RFC 9457 (formerly RFC 7807). The media type is stated for a neighbouring API of the vendor and assumed here. Gateways in front of the API may answer otherwise. */
export type Problem = {
    /** Kind of problem, for programs. */
    type?: ProblemType;
    /** Short name of the kind of problem. */
    title?: string;
    /** HTTP status code of the answer. */
    status?: number;
    /** Explanation of this case. Documented for a neighbouring API of the vendor. */
    detail?: string;
    /**
     * Path of the call, as the service sees it (without `/payment`).
     */
    instance?: string;
    /**
     * Id of the operation that an idempotency key has already created.
     * @example 1a14962c-bdcf-49d1-8673-e75dfb48013f
     */
    resource_id?: string;
    /** Error code of the service. Documented for a neighbouring API of the vendor. */
    error?: string;
    /** What is wrong, member by member. Documented for a neighbouring API of the vendor. */
    errors?: ProblemError[];
};
/** One faulty member of a request. Documented for a neighbouring API of the vendor. */
export type ProblemError = {
    /** What is wrong with the member. */
    detail?: string;
    /** JSON Pointer to the member. */
    pointer?: string;
};
/**
 * Amount in the currency's smallest unit: 4299 is 42.99 EUR, and 4299 JPY are 4299 yen. The number of decimals follows ISO 4217.
 */
export type MinorUnits = number;
/** Currency, as an ISO 4217 code. Five are listed; the conventions also speak of KWD, so other codes are let through. */
export type Currency = "CHF" | "EUR" | "GBP" | "JPY" | "USD" | (string & {});
/** Who captures the authorized amount. */
export type CaptureMode = "MANUAL" | "AUTOMATIC" | (string & {});
/** Where the shopper pays. */
export type IntegrationMode = "EMBEDDED" | "HOSTED_PAGE" | (string & {});
/** State of a client session. An abort by the shopper and an expiry surely have values of their own, which are not documented. */
export type ClientSessionStatus = "CREATED" | "SUBMITTED" | "ABORTED_BY_MERCHANT" | (string & {});
/** State of a payment link. The list is surely longer. */
export type PaymentLinkStatus = "OPENED" | "PAID" | (string & {});
/** Outcome of an authorization. */
export type AuthorizationStatus = "AUTHORIZED" | "PENDING" | "ERROR" | "ABORTED" | "REFUSED" | (string & {});
/** Outcome of a capture, refund or void. */
export type OperationStatus = "SUCCESS" | "PENDING" | "FAILURE" | "CONFLICT" | "UNCERTAIN" | (string & {});
/** How much of an amount is concerned. */
export type OverviewStatus = "NOT" | "PARTIALLY" | "TOTALLY" | (string & {});
/** Gender of a person. */
export type Gender = "FEMALE" | "MALE" | (string & {});
/** Kind of customer. A value for companies is likely, but not documented. */
export type CustomerType = "PERSON" | (string & {});
/** Where goods are delivered. A value for digital goods is likely, but not documented. */
export type DeliveryType = "EXTERNAL_PICKUP" | "USER_DELIVERY" | (string & {});
/** How fast goods are delivered; the list is surely longer. */
export type DeliveryQuickness = "REGULAR" | "EXPRESS" | (string & {});
/** Kind of order line. A value for digital goods is likely, but not documented. */
export type ItemLineType = "PHYSICAL" | "SHIPPING_FEES" | (string & {});
/** How a customer signed in to the shop; the list is surely longer. */
export type AuthenticationMethod = "MERCHANT_CREDENTIALS" | "GUEST" | (string & {});
/** Age of a shop account. Samples show one value; the others are those of version 1. */
export type AccountAgeIndicator = "GUEST" | "NEW" | "LESS_30_DAYS" | "BETWEEN_30_60_DAYS" | "MORE_60_DAYS" | (string & {});
/** Time since a change of a shop account. Samples show one value; the others are those of version 1. */
export type AccountChangeIndicator = "NEW" | "LESS_30_DAYS" | "BETWEEN_30_60_DAYS" | "MORE_60_DAYS" | (string & {});
/** Whether the shopper should be challenged by the card issuer. */
export type ChallengeIndicator = "NO_CHALLENGE_REQUESTED" | "CHALLENGE_REQUESTED_BY_MERCHANT" | "CHALLENGE_REQUESTED_BY_MANDATE" | (string & {});
/** How a shopper was authenticated. */
export type ThreeDsFlow = "CHALLENGE" | "FRICTIONLESS" | (string & {});
/** State of an authentication; any other value means that it failed. Seen in the vendor's sample application only. */
export type AuthenticationStatus = "IN_PROGRESS" | "SUCCESS" | (string & {});
/** Who asked for an operation. Automatic captures likely have a value of their own. */
export type TriggeredBy = "MERCHANT" | (string & {});
/** HTTP method of a link. */
export type LinkMethod = "GET" | "POST" | (string & {});
/** Card network, as listed by the vendor's front-end SDK. */
export type CardNetwork = "CARTE_BANCAIRE" | "VISA" | "MASTERCARD" | "AMERICAN_EXPRESS" | "MAESTRO" | "DINERS_CLUB" | "DISCOVER" | "UNIONPAY" | "JCB" | "ONEY" | "OTHER" | (string & {});
/** Event that notifications can be restricted to. */
export type WebhookEventType = "PAYMENT_CAPTURE" | "PAYMENT_REFUND" | "PAYMENT_VOID" | (string & {});
/** Payment partner, in lower case. The known ones are those of the vendor's front-end SDK; which are available depends on the merchant's contracts. */
export type Partner = "aci" | "adyen" | "alma" | "ancv" | "axepta" | "braintree" | "centralpay" | "checkout" | "cofidis" | "dalenys" | "easycollect" | "easy2play" | "fintecture" | "floa" | "gocardless" | "hipay" | "illicado" | "ingenico" | "klarna" | "mercanet" | "oney" | "oneycard" | "paybox" | "payline" | "paypal" | "payzen" | "purse" | "redsys" | "riverty" | "scalapay" | "scellius" | "sipsv2" | "slimpay" | "sogecommerce" | "sogenactif" | "stripe" | "systempay" | "worldpay" | "younited" | "uspmock" | (string & {});
/** Payment method at a partner, in lower case. The known ones are those of the vendor's front-end SDK. */
export type PaymentMethod = "connect" | "applepay" | "bancontact" | "bizum" | "bnpl" | "buybox" | "cb2x" | "cb3x" | "cb3xsansfrais" | "cb4x" | "cb4xsansfrais" | "cb10x" | "cb10xsansfrais" | "cb12x" | "cb12xsansfrais" | "3x" | "6x" | "9x" | "12x" | "comptant" | "creditcard" | "giftcard" | "googlepay" | "ideal" | "installments" | "instantpayment" | "invoice" | "loan" | "maxxing" | "mbway" | "multibanco" | "paybylink" | "cb3x-paybylink" | "cb4x-paybylink" | "paylater" | "paypal" | "revolving" | "sepa" | "sdd" | "sepainstant" | "separecurrent" | "sepasingle" | "slimcollect" | "smart_transfer" | "twint" | "voucher" | "wallet" | "xpay" | "primary" | (string & {});
export interface paths {
    "/oauth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get an access token
         * Exchanges client credentials for a short-lived access token (OAuth2 client credentials). The operation is documented, its path is not: `/oauth/token` is that of version 1, where HTTP Basic goes together with `x-api-key`. The page of version 2 shows no authorization for this call.
         */
        post: operations["createAccessToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/client-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a client session
         * Opens a session that a shopper can pay, in a widget or on the hosted page. With `allow_future_usage: true` and a card, the challenge indicator must be `CHALLENGE_REQUESTED_BY_MERCHANT`. Whether the service honors an idempotency key here is not documented.
         */
        post: operations["createClientSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/client-sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a client session
         * Reads a session, with the id of its payment once there is one. The path is that of the links; its `/payment` prefix is inferred.
         */
        get: operations["getClientSession"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/client-sessions/{id}/abort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Abort a client session
         * Aborts a session so that it can no longer be paid. Which statuses allow it is not documented. Whether the service honors an idempotency key here is not documented.
         */
        post: operations["abortClientSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay without a client session
         * Pays without a client session. A successful response does not mean the payment is authorized: look at `authorization.status`, and send the shopper to `redirection` if it is `PENDING`. A glossary page asks for a session before any payment; later guides pay without one, as here. `browser` is required in the advanced flow. Whether the service honors an idempotency key here is not documented.
         */
        post: operations["createPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a payment
         * Reads a payment. By default Purse refreshes the payment from its partners. The path is that of a session's link to its payment; its `/payment` prefix is inferred, and self links of payments contradict each other.
         */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/payments/{id}/captures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Capture a payment
         * Captures all or part of the authorized amount, gift cards first by default. HTTP 200 does not mean captured: look at the status of the operation. Repeating a used idempotency key is answered with 409, never with the first answer. The only sample call has no `/payment` in its path; the prefix is inferred.
         */
        post: operations["capturePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refund a payment
         * Refunds all or part of the captured amount, cards first by default. HTTP 200 does not mean refunded: look at the status of the operation. Repeating a used idempotency key is answered with 409, never with the first answer. The prefix `/payment` of the path is inferred.
         */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/payments/{id}/voids": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Void a payment
         * Releases all or part of the authorized amount that was not captured. HTTP 200 does not mean voided: look at the status of the operation. Repeating a used idempotency key is answered with 409, never with the first answer. The prefix `/payment` of the path is inferred.
         */
        post: operations["voidPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/eligible-solutions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List the ways to pay an order
         * Lists the payment solutions that an order may be paid with, without opening a session. Documented by a guide only. Nothing is created or charged, to judge by the answer, so the call may be repeated freely. Its error answers are taken to be those of opening a session.
         */
        post: operations["listEligibleSolutions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/payment-links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a payment link
         * Makes a link that a shopper can pay by. It can be used until it is paid. Documented by a guide only; its answer is not shown, and its error answers are taken to be those of opening a session. Whether the service honors an idempotency key here is not documented.
         */
        post: operations["createPaymentLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payment/v2/signing-jwks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the public signing keys
         * Lists the public keys that verify the `purse-redirection-data` token added to the shopper's return address. Whether a token is needed is not documented; public keys are assumed to be open.
         */
        get: operations["getSigningJwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    paymentChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A payment has changed
         * Purse posts the whole payment to `webhook.url`. Sources name two triggers: changes in the payment's `amounts` (authorization obtained; capture started, failed or succeeded; refund; void), and changes of the session's status. No signature is documented: check a secret sent in `webhook.headers`, and read the payment back before acting on it.
         */
        post: operations["paymentChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    paymentLinkChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A payment link has changed
         * Purse notifies of the link apart from the payments made by it. That it does is documented, the body is not shown. No signature is documented.
         */
        post: operations["paymentLinkChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    shopperReturned: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The shopper comes back
         * At the end Purse sends the shopper's browser to `shopper_redirection_url`, with a signed token added to its query. The call comes from a browser: trust nothing but the verified token, and redirect the shopper to an address without it.
         */
        get: operations["shopperReturned"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        TokenRequest: TokenRequest;
        AccessToken: AccessToken;
        TokenProblem: TokenProblem;
        CreateClientSessionRequest: CreateClientSessionRequest;
        ListEligibleSolutionsRequest: ListEligibleSolutionsRequest;
        EligibleSolutionList: EligibleSolutionList;
        CreatePaymentLinkRequest: CreatePaymentLinkRequest;
        PaymentLink: PaymentLink;
        ClientSession: ClientSession;
        AbortClientSessionRequest: AbortClientSessionRequest;
        CreatePaymentRequest: CreatePaymentRequest;
        SplitRequest: SplitRequest;
        ParentPaymentSplit: ParentPaymentSplit;
        ParentTransactionSplit: ParentTransactionSplit;
        ParentTokenSplit: ParentTokenSplit;
        SavedCardSplit: SavedCardSplit;
        NewCardSplit: NewCardSplit;
        SolutionSplit: SolutionSplit;
        Browser: Browser;
        Payment: Payment;
        OperationRequest: OperationRequest;
        Operation: Operation;
        OperationOrder: OperationOrder;
        OperationOrderRequest: OperationOrderRequest;
        OperationShipment: OperationShipment;
        OperationShipmentRequest: OperationShipmentRequest;
        OperationTransaction: OperationTransaction;
        Authorization: Authorization;
        AuthorizationTransaction: AuthorizationTransaction;
        PartnerAdditionalData: PartnerAdditionalData;
        Authentication: Authentication;
        Amounts: Amounts;
        Overview: Overview;
        Split: Split;
        PaymentRedirection: PaymentRedirection;
        FormRedirection: FormRedirection;
        PostRedirection: PostRedirection;
        LinkRedirection: LinkRedirection;
        Card: Card;
        ThreeDsResult: ThreeDsResult;
        Order: Order;
        OrderRequest: OrderRequest;
        Discount: Discount;
        DiscountRequest: DiscountRequest;
        Shipment: Shipment;
        ShipmentRequest: ShipmentRequest;
        ItemLine: ItemLine;
        ItemLineRequest: ItemLineRequest;
        Address: Address;
        AddressRequest: AddressRequest;
        ShippingAddress: ShippingAddress;
        ShippingAddressRequest: ShippingAddressRequest;
        Customer: Customer;
        CustomerAccount: CustomerAccount;
        PaymentThreeDsAuthenticationOptions: PaymentThreeDsAuthenticationOptions;
        Webhook: Webhook;
        WebhookRequest: WebhookRequest;
        WebhookHeader: WebhookHeader;
        WebhookHeaderRequest: WebhookHeaderRequest;
        EligibleSolution: EligibleSolution;
        Widget: Widget;
        Link: Link;
        ClientSessionLinks: ClientSessionLinks;
        PaymentHrefs: PaymentHrefs;
        PurseJsonWebKey: PurseJsonWebKey;
        RedirectionHeader: RedirectionHeader;
        RedirectionClaims: RedirectionClaims;
        PurseJsonWebKeySet: PurseJsonWebKeySet;
        ProblemType: ProblemType;
        Problem: Problem;
        ProblemError: ProblemError;
        MinorUnits: MinorUnits;
        Currency: Currency;
        CaptureMode: CaptureMode;
        IntegrationMode: IntegrationMode;
        ClientSessionStatus: ClientSessionStatus;
        PaymentLinkStatus: PaymentLinkStatus;
        AuthorizationStatus: AuthorizationStatus;
        OperationStatus: OperationStatus;
        OverviewStatus: OverviewStatus;
        Gender: Gender;
        CustomerType: CustomerType;
        DeliveryType: DeliveryType;
        DeliveryQuickness: DeliveryQuickness;
        ItemLineType: ItemLineType;
        AuthenticationMethod: AuthenticationMethod;
        AccountAgeIndicator: AccountAgeIndicator;
        AccountChangeIndicator: AccountChangeIndicator;
        ChallengeIndicator: ChallengeIndicator;
        ThreeDsFlow: ThreeDsFlow;
        AuthenticationStatus: AuthenticationStatus;
        TriggeredBy: TriggeredBy;
        LinkMethod: LinkMethod;
        CardNetwork: CardNetwork;
        WebhookEventType: WebhookEventType;
        Partner: Partner;
        PaymentMethod: PaymentMethod;
    };
    responses: {
        /** The request is malformed or breaks a rule. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** The access token is missing, wrong or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** The credentials do not give access to the entity or the resource. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** There is no such resource. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** The idempotency key was used before. `resource_id` names the operation that it created then. */
        IdempotencyConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** The service failed to answer the call. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** A service behind Purse failed. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
        /** A service behind Purse did not answer in time. An operation may have been carried out all the same. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": Problem;
            };
        };
    };
    parameters: {
        /** Id of the client session. A UUID in every sample. */
        ClientSessionId: string;
        /** Id of the payment. A UUID in every sample. */
        PaymentId: string;
        /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. Documented for captures, refunds and voids; whether the other calls honor it is not documented. */
        IdempotencyKey: string;
        /** With a `max-age` directive Purse answers from its own data and does not ask the partners. The behavior is documented; the name of the header is inferred from the directive. */
        CacheControl: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The grant that is asked for. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": TokenRequest;
            };
        };
        responses: {
            /** The access token was granted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AccessToken;
                };
            };
            /** The request is malformed or the grant is not supported. The title is documented; the status code is read from it. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": TokenProblem;
                };
            };
            /** The client id or secret is wrong. Not in the list of the API page, which is complete for this operation; usual for OAuth2. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": TokenProblem;
                };
            };
            /** There is no such client. The title is documented; the status code is read from it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": TokenProblem;
                };
            };
        };
    };
    createClientSession: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. Documented for captures, refunds and voids; whether the other calls honor it is not documented. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** The session to open. */
        requestBody: {
            content: {
                "application/json": CreateClientSessionRequest;
            };
        };
        responses: {
            /** The session was opened. Documented without its code; 201 is possible and worth accepting. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ClientSession;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** The idempotency key was used before, if it is honored here: not documented. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Problem;
                };
            };
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getClientSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** Id of the client session. A UUID in every sample. */
                id: components["parameters"]["ClientSessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The session as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ClientSession;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    abortClientSession: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. Documented for captures, refunds and voids; whether the other calls honor it is not documented. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the client session. A UUID in every sample. */
                id: components["parameters"]["ClientSessionId"];
            };
            cookie?: never;
        };
        /** The status to give to the session. */
        requestBody: {
            content: {
                "application/json": AbortClientSessionRequest;
            };
        };
        responses: {
            /** The session, now aborted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ClientSession;
                };
            };
            /** The session cannot be aborted in its present status, or the request is malformed. The refusal is documented without its code; its place between 200 and 404 suggests 400 rather than 409. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Problem;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** The idempotency key was used before, if it is honored here: not documented. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Problem;
                };
            };
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. Documented for captures, refunds and voids; whether the other calls honor it is not documented. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** The payment to make. */
        requestBody: {
            content: {
                "application/json": CreatePaymentRequest;
            };
        };
        responses: {
            /** The payment, authorized or not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** The idempotency key was used before, if it is honored here: not documented. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Problem;
                };
            };
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: {
                /** With a `max-age` directive Purse answers from its own data and does not ask the partners. The behavior is documented; the name of the header is inferred from the directive. */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /** Id of the payment. A UUID in every sample. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The payment as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    capturePayment: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. Documented for captures, refunds and voids; whether the other calls honor it is not documented. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the payment. A UUID in every sample. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        /** The operation to carry out. */
        requestBody: {
            content: {
                "application/json": OperationRequest;
            };
        };
        responses: {
            /** The whole payment after the operation was taken up; look at the operation's status. The title is documented without its code; 201 is possible and worth accepting. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["IdempotencyConflict"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. Documented for captures, refunds and voids; whether the other calls honor it is not documented. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the payment. A UUID in every sample. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        /** The operation to carry out. */
        requestBody: {
            content: {
                "application/json": OperationRequest;
            };
        };
        responses: {
            /** The whole payment after the operation was taken up; look at the operation's status. Its own answer is not visible; read as that of a capture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** The idempotency key was used before; `resource_id` names the operation that it created then. Shown for a capture, and worded for every operation. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Problem;
                };
            };
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    voidPayment: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. Documented for captures, refunds and voids; whether the other calls honor it is not documented. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the payment. A UUID in every sample. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        /** The operation to carry out. */
        requestBody: {
            content: {
                "application/json": OperationRequest;
            };
        };
        responses: {
            /** The whole payment after the operation was taken up; look at the operation's status. Its own answer is not visible; read as that of a capture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Payment;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            /** The idempotency key was used before; `resource_id` names the operation that it created then. Shown for a capture, and worded for every operation. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Problem;
                };
            };
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    listEligibleSolutions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The order to find solutions for. */
        requestBody: {
            content: {
                "application/json": ListEligibleSolutionsRequest;
            };
        };
        responses: {
            /** The payment solutions. The members are documented, the status code is not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": EligibleSolutionList;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createPaymentLink: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. Documented for captures, refunds and voids; whether the other calls honor it is not documented. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** What the link is for. */
        requestBody: {
            content: {
                "application/json": CreatePaymentLinkRequest;
            };
        };
        responses: {
            /** The link. The answer is not shown; 201 is possible and worth accepting. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PaymentLink;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** The idempotency key was used before, if it is honored here: not documented. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": Problem;
                };
            };
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getSigningJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The public signing keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": PurseJsonWebKeySet;
                };
            };
        };
    };
    paymentChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The payment as it is now, as when it is read. */
        requestBody: {
            content: {
                "application/json": Payment;
            };
        };
        responses: {
            /** Taken note of. The answer that Purse expects is not documented. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    paymentLinkChanged: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The link as it is now. Not shown by any source. */
        requestBody: {
            content: {
                "application/json": PaymentLink;
            };
        };
        responses: {
            /** Taken note of. The answer that Purse expects is not documented. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    shopperReturned: {
        parameters: {
            query: {
                /** Compact JWS whose payload is made of RedirectionClaims, signed with a key of the published key set. */
                "purse-redirection-data": string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** A page of the shop. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** On to a page of the shop without the token in its address. Advised, so that the token does not end up in statistics or get processed twice. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
