// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.

/** Form body of the access token call. */
export type TokenRequest = {
    /**
     * OAuth2 grant; always the client credentials one.
     * @constant
     */
    grant_type: "client_credentials";
    /** Client id, for callers that send their credentials in the body instead of an HTTP Basic header. */
    client_id?: string;
    /** Client secret, for callers that send their credentials in the body. */
    client_secret?: string;
};
/** Access token granted to a merchant back end. */
export type AccessToken = {
    /** Opaque token to send as a bearer token. */
    access_token: string;
    /** How to present the token. */
    token_type: "Bearer" | (string & {});
    /** Remaining lifetime of the token, in seconds. */
    expires_in: number;
};
/** Refusal of the token endpoint, in the usual OAuth2 shape. */
export type TokenProblem = {
    /** OAuth2 error code, for example `invalid_client`. */
    error?: string;
    /** Explanation for a developer. */
    error_description?: string;
};
/** What is needed to open a client session. */
export type CreateClientSessionRequest = {
    /**
     * Entity (business unit) that opens the session, as handed out by Purse.
     */
    entity_id: string;
    /** Amount to pay. Zero is accepted only together with `allow_future_usage: true` (card check, nothing charged). */
    amount: MinorUnits;
    /** Currency of `amount` and of every amount of the order. */
    currency: Currency;
    /**
     * Who captures the authorised amount: the merchant (`MANUAL`) or Purse (`AUTOMATIC`).
     * @default MANUAL
     * @enum {string}
     */
    capture_mode?: "MANUAL" | "AUTOMATIC";
    /**
     * Wait before an automatic capture, for example `PT24H`. Has no effect with `MANUAL`.
     */
    capture_delay?: string;
    /**
     * Where the shopper pays: in a widget on the merchant's page or on a page hosted by Purse.
     * @default EMBEDDED
     * @enum {string}
     */
    integration_mode?: "EMBEDDED" | "HOSTED_PAGE";
    /**
     * Where the shopper's browser is sent (HTTP GET) when the payment process ends. Keep it short.
     */
    shopper_redirection_url: string;
    /** What is being bought. */
    order: Order;
    /** Who is buying. Recommended, and needed by some partners. */
    customer?: Customer;
    /** Wishes for the 3-D Secure authentication. */
    three_ds_authentication_options?: PaymentThreeDsAuthenticationOptions;
    /** Where to notify the merchant. */
    webhook?: Webhook;
    /**
     * Set it when later merchant-initiated payments shall be able to reuse this payment.
     * @default false
     */
    allow_future_usage?: boolean;
};
/** The order to find payment solutions for. */
export type ListEligibleSolutionsRequest = {
    /**
     * Entity (business unit) that would take the payment.
     */
    entity_id: string;
    /** Amount to pay. */
    amount: MinorUnits;
    /** Currency of every amount in the request. */
    currency: Currency;
    /** What is being bought. */
    order: Order;
    /** Who is buying. */
    customer?: Customer;
    /** Whether later merchant-initiated payments shall be able to reuse the payment. */
    allow_future_usage?: boolean;
};
/** Payment solutions that an order may be paid with. */
export type EligibleSolutionList = {
    /** Amount asked for. */
    amount: MinorUnits;
    /** Currency of the amount. */
    currency: Currency;
    /** The solutions. */
    eligible_solutions: EligibleSolution[];
};
/** What is needed to make a payment link. */
export type CreatePaymentLinkRequest = {
    /**
     * Entity (business unit) that takes the payment.
     */
    entity_id: string;
    /** Amount to pay. */
    amount: MinorUnits;
    /** Currency of every amount in the request. */
    currency: Currency;
    /**
     * Who captures the authorised amount: the merchant (`MANUAL`) or Purse (`AUTOMATIC`).
     * @enum {string}
     */
    capture_mode?: "MANUAL" | "AUTOMATIC";
    /**
     * Where the shopper's browser is sent (HTTP GET) when the payment process ends. Keep it short.
     */
    shopper_redirection_url: string;
    /** What is being bought. */
    order: Order;
    /** Who is buying. */
    customer?: Customer;
    /** Where to notify the merchant, of the link and of the payments made by it. */
    webhook?: Webhook;
};
/** A link that a shopper can pay by. Its answer is not documented, so it may hold more than this, and any of this may be missing. */
export type PaymentLink = {
    /** Id of the link. */
    id?: string;
    /** Where the link stands. */
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
     * Id of the session.
     */
    id: string;
    /** Where the session stands. */
    status: ClientSessionStatus;
    /** Amount to pay. */
    amount: MinorUnits;
    /** Currency of the amounts. */
    currency: Currency;
    /**
     * Entity that opened the session.
     */
    entity_id: string;
    /** Who captures. */
    capture_mode: CaptureMode;
    /** Where the shopper pays. */
    integration_mode: IntegrationMode;
    /** Whether later merchant-initiated payments may reuse the payment. */
    allow_future_usage?: boolean;
    /** What is being bought. */
    order: Order;
    /** Who is buying. */
    customer?: Customer;
    /**
     * End of validity; the session cannot be paid afterwards.
     */
    expires_at: string;
    /**
     * Where the shopper is sent at the end.
     */
    shopper_redirection_url: string;
    /** What the merchant's front end needs to show the payment widget. */
    widget: Widget;
    /**
     * Id of the payment, once the shopper has submitted one.
     */
    payment_id?: string;
    /** Payment solutions that this order may be paid with. */
    eligible_solutions: EligibleSolution[];
    /** Calls related to the session. */
    links: ClientSessionLinks;
};
/** Order to end a client session before it is paid. */
export type AbortClientSessionRequest = {
    /**
     * Status the session shall take.
     * @constant
     */
    status: "ABORTED_BY_MERCHANT";
};
/** What is needed to pay without a client session: an advanced checkout, or a merchant-initiated payment. */
export type CreatePaymentRequest = {
    /**
     * Entity (business unit) that takes the payment.
     */
    entity_id: string;
    /** Amount to pay. */
    amount: MinorUnits;
    /** Currency of every amount in the request. */
    currency: Currency;
    /**
     * Who captures the authorised amount: the merchant (`MANUAL`) or Purse (`AUTOMATIC`).
     * @default MANUAL
     * @enum {string}
     */
    capture_mode?: "MANUAL" | "AUTOMATIC";
    /**
     * Wait before an automatic capture, for example `PT24H`.
     */
    capture_delay?: string;
    /**
     * Set it when later merchant-initiated payments shall be able to reuse this payment.
     * @default false
     */
    allow_future_usage?: boolean;
    /** What is being bought. */
    order: Order;
    /** Who is buying. Needed when a saved card is used. */
    customer?: Customer;
    /** How the amount is spread over payment solutions; the parts should add up to `amount`. */
    split: SplitRequest[];
    /** The shopper's browser, as collected by the front end; needed for 3-D Secure. */
    browser?: Browser;
    /**
     * Where the shopper is sent after a redirection to a partner.
     */
    shopper_redirection_url?: string;
    /** Wishes for the 3-D Secure authentication. */
    three_ds_authentication_options?: PaymentThreeDsAuthenticationOptions;
    /** Where to notify the merchant. */
    webhook?: Webhook;
};
/** One part of a new payment. Its members tell which of the variants it is. */
export type SplitRequest = ParentPaymentSplit | ParentTransactionSplit | ParentTokenSplit | SavedCardSplit | NewCardSplit | SolutionSplit;
/** Part paid by reusing an earlier payment, for a merchant-initiated payment. */
export type ParentPaymentSplit = {
    /** Share of the payment taken by this part. */
    amount?: MinorUnits;
    /** Earlier payment to reuse, for a merchant-initiated payment. */
    parent_payment_id: string;
};
/** Part paid by reusing one partner transaction of an earlier payment. */
export type ParentTransactionSplit = {
    /** Share of the payment taken by this part. */
    amount?: MinorUnits;
    /** Partner transaction of an earlier payment to reuse. */
    parent_partner_transaction_id: string;
};
/** Part paid by reusing a token that a partner gave for an earlier authorisation. */
export type ParentTokenSplit = {
    /** Share of the payment taken by this part. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `dalenys`. */
    partner?: string;
    /** Payment method at the partner, for example `creditcard`. */
    method?: string;
    /** Partner token of an earlier authorisation to reuse. */
    parent_partner_token: string;
    /** Partner's own reference of an earlier authorisation to reuse. */
    parent_partner_reference?: string;
};
/** Part paid by a card saved earlier, with its security code entered anew. */
export type SavedCardSplit = {
    /** Share of the payment taken by this part. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `dalenys`. */
    partner?: string;
    /** Payment method at the partner, for example `creditcard`. */
    method?: string;
    /** Id of a saved card; goes with a `vault_form_token` for the fresh security code. */
    wallet_token: string;
    /** Short-lived token of the card form filled in by the shopper. */
    vault_form_token: string;
    /** Save the card once authorised. The shopper must have agreed. */
    save_token?: boolean;
    /** Wishes for the 3-D Secure authentication of this part. */
    three_ds_authentication_options?: PaymentThreeDsAuthenticationOptions;
    /** Id of a 3-D Secure transaction begun on the front end; at most one part may carry it. */
    three_ds_server_trans_id?: string;
};
/** Part paid by a card that the shopper has just entered. */
export type NewCardSplit = {
    /** Share of the payment taken by this part. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `dalenys`. */
    partner?: string;
    /** Payment method at the partner, for example `creditcard`. */
    method?: string;
    /** Short-lived token of the card form filled in by the shopper. */
    vault_form_token: string;
    /** Save the card once authorised. The shopper must have agreed. */
    save_token?: boolean;
    /** Wishes for the 3-D Secure authentication of this part. */
    three_ds_authentication_options?: PaymentThreeDsAuthenticationOptions;
    /** Id of a 3-D Secure transaction begun on the front end; at most one part may carry it. */
    three_ds_server_trans_id?: string;
};
/** Part paid by a named solution, for example a gift card. */
export type SolutionSplit = {
    /** Share of the payment taken by this part. */
    amount?: MinorUnits;
    /** Partner that processes the part, for example `illicado`. */
    partner: string;
    /** Payment method at the partner, for example `giftcard`. */
    method: string;
};
/** Browser facts that card issuers ask for. The IP address goes to `customer.ip_address`. */
export type Browser = {
    /** User agent of the browser. */
    user_agent?: string;
    /**
     * Page the shopper pays from.
     */
    referrer?: string;
    /** Value of the browser's Accept header. */
    accept_header?: string;
    /** Value of the browser's Accept-Language header. */
    accept_language?: string;
    /** Bits per pixel of the screen. */
    color_depth?: number;
    /** Whether Java is on. */
    java_enabled?: boolean;
    /** Whether JavaScript is on. */
    javascript_enabled?: boolean;
    /** Language of the browser. */
    locale?: string;
    /** Screen height in pixels. */
    screen_height?: number;
    /** Screen width in pixels. */
    screen_width?: number;
    /** Time zone offset in minutes; samples for France use 60. */
    utc_time_zone?: number;
};
/** A payment: its authorisation and everything done with the authorised amount since. */
export type Payment = {
    /**
     * Id of the payment.
     */
    id: string;
    /**
     * When the payment was created.
     */
    created_at: string;
    /** How much of the payment has been used, in words. */
    overview: Overview;
    /**
     * Session that the payment came from.
     */
    client_session_id?: string;
    /**
     * Entity that took the payment.
     */
    entity_id: string;
    /** Grows with every change, so an older copy can be told from a newer one. */
    version?: number;
    /** The merchant's order reference. */
    order_reference: string;
    /** What was bought. */
    order: Order;
    /** Who bought. */
    customer?: Customer;
    /** Amount of the payment. */
    amount: MinorUnits;
    /** Currency of every amount of the payment. */
    currency: Currency;
    /** Who captures. */
    capture_mode: CaptureMode;
    /** Whether later merchant-initiated payments may reuse this one. */
    allow_future_usage?: boolean;
    /** Captures so far, failed and pending ones included. */
    captures: Operation[];
    /** Voids so far, failed and pending ones included. */
    voids: Operation[];
    /** Refunds so far, failed and pending ones included. */
    refunds: Operation[];
    /** Outcome of the authorisation. */
    authorization: Authorization;
    /** What was done and what can still be done, in figures. */
    amounts: Amounts;
    /** Calls related to the payment. */
    links: PaymentHrefs;
    /** How the amount is spread over payment solutions. */
    split: Split[];
    /** Where the merchant is notified. */
    webhook?: Webhook;
    /** Where the shopper has to go while the authorisation is pending. */
    redirection?: PaymentRedirection;
    /** 3-D Secure authentication run by Purse itself. */
    authentication?: Authentication;
};
/** A capture, refund or void to carry out. A priority list may be added, whose member name is not known. */
export type OperationRequest = {
    /** Part of the payment to process. */
    amount: MinorUnits;
    /** Order lines concerned; only some payment methods need them. */
    order?: OperationOrder;
    /** The merchant's own reference of the operation. */
    merchant_reference?: string;
};
/** One capture, refund or void, spread by Purse over partner transactions. */
export type Operation = {
    /**
     * Id of the operation.
     */
    id: string;
    /** Amount asked for. */
    amount: MinorUnits;
    /**
     * When the operation was asked for.
     */
    created_at: string;
    /**
     * When the operation last changed.
     */
    updated_at: string;
    /** Who asked for it. */
    triggered_by: TriggeredBy;
    /** The merchant's own reference of the operation. */
    merchant_reference?: string;
    /** Outcome over all partner transactions. */
    status: OperationStatus;
    /** What was sent to each partner. */
    partner_transactions: OperationTransaction[];
    /** Order lines concerned. */
    order?: OperationOrder;
};
/** Part of an order that an operation is about. */
export type OperationOrder = {
    /** Deliveries concerned. */
    shipments?: OperationShipment[];
    /** The merchant's own data. */
    additional_data?: {
        [key: string]: unknown;
    };
};
/** Part of a delivery that an operation is about. */
export type OperationShipment = {
    /** Amount of this part, tax included. */
    net_amount?: MinorUnits;
    /** Lines concerned. */
    item_lines?: ItemLine[];
};
/** Share of a capture, refund or void handled by one partner. */
export type OperationTransaction = {
    /**
     * Id given by Purse to the partner transaction.
     */
    id: string;
    /**
     * When it was created.
     */
    created_at: string;
    /**
     * When it last changed.
     */
    updated_at: string;
    /** Amount handled by this partner. */
    amount: MinorUnits;
    /** Partner, in lower case; an open list. */
    partner: string;
    /** Payment method at the partner, in lower case; an open list. */
    method: string;
    /** The partner's own id of the transaction. */
    partner_reference?: string;
    /** Raw code of the partner, for information only. */
    partner_status?: string;
    /** Raw text of the partner, for information only. */
    partner_status_description?: string;
    /** Reusable token given by the partner. */
    partner_token?: string;
    /** Status as normalised by Purse; the one to rely on. */
    status: OperationStatus;
    /** What is left to use on this transaction. */
    remaining_amount?: MinorUnits;
};
/** Authorisation of a payment, over all its partner transactions. */
export type Authorization = {
    /**
     * When it last changed.
     */
    updated_at?: string;
    /** Outcome over all partner transactions. */
    status: AuthorizationStatus;
    /** What each partner answered. */
    partner_transactions: AuthorizationTransaction[];
};
/** Share of an authorisation handled by one partner. */
export type AuthorizationTransaction = {
    /**
     * Id given by Purse to the partner transaction.
     */
    id: string;
    /**
     * When it was created.
     */
    created_at?: string;
    /**
     * When it last changed.
     */
    updated_at?: string;
    /** Amount handled by this partner. */
    amount: MinorUnits;
    /** Partner, in lower case; an open list. */
    partner: string;
    /** Payment method at the partner, in lower case; an open list. */
    method: string;
    /** The partner's own id of the transaction. */
    partner_reference?: string;
    /** Raw code of the partner, for information only. */
    partner_status?: string;
    /** Raw text of the partner, for information only. */
    partner_status_description?: string;
    /** Reusable token given by the partner. */
    partner_token?: string;
    /** Status as normalised by Purse; the one to rely on. */
    status: AuthorizationStatus;
    /** The card, for card solutions. */
    card?: Card;
    /** What is left to use on this transaction. */
    remaining_amount?: MinorUnits;
    /** Whatever else the partner sends. */
    partner_additional_data?: PartnerAdditionalData;
};
/** What a partner sends beyond the usual, such as parameters for a redirection. Partners differ, so nothing of it can be relied on. */
export type PartnerAdditionalData = {
    /** Code of the payment offer that was used. */
    opc?: string;
    /** Address to send the shopper to, instead of the payment's redirection. */
    redirection_url?: string;
    /** HTTP method to reach it with. */
    redirection_method?: string;
    /** Parameters to post to it, as JSON. */
    redirection_json?: string;
    /** Parameters to post to the payment's redirection, as JSON or as a query string. */
    redirect_url_post_params?: string;
    /** Result code of the partner. */
    result_code?: string;
} & {
    [key: string]: unknown;
};
/** 3-D Secure authentication run by Purse. */
export type Authentication = {
    /** Where the authentication stands. */
    status?: AuthenticationStatus;
    /** Opaque data for the front end, present when the card issuer asks for a challenge. */
    challenge_data?: string;
    /** Whether the shopper is challenged. */
    flow?: ThreeDsFlow;
    /** Electronic commerce indicator. */
    eci?: string;
    /** What each authentication partner answered. */
    partner_authentications?: {
        /** Raw code of the partner. */
        partner_status?: string;
        /** Status as normalised by Purse. */
        status?: AuthenticationStatus;
        /** Card that was authenticated. */
        card?: {
            /** Outcome for the card. */
            three_ds?: ThreeDsResult;
        };
    }[];
};
/** Totals of a payment. They lag behind while an operation is pending, so do not check sums on live data. */
export type Amounts = {
    /** Amount whose authorisation is not settled yet. */
    authorize_pending?: MinorUnits;
    /** Amount authorised. */
    total_authorized: MinorUnits;
    /** Amount given up by voids. */
    total_voided: MinorUnits;
    /** Amount that can still be voided. */
    available_to_void: MinorUnits;
    /** Amount captured. */
    total_captured: MinorUnits;
    /** Amount that can still be captured. It sinks as soon as a capture starts. */
    available_to_capture: MinorUnits;
    /** Amount refunded. */
    total_refunded: MinorUnits;
    /** Amount that can still be refunded. */
    available_to_refund: MinorUnits;
};
/** How far a payment has been used, kind by kind. */
export type Overview = {
    /** Part of the authorised amount that was captured or voided. */
    consumed: OverviewStatus;
    /** Part captured. */
    captured: OverviewStatus;
    /** Part voided. */
    voided: OverviewStatus;
    /** Part refunded. */
    refunded: OverviewStatus;
};
/** Part of a payment taken by one payment solution. */
export type Split = {
    /** Partner that processes the part. */
    partner: string;
    /** Payment method at the partner. */
    method: string;
    /** Share of the payment. */
    amount: MinorUnits;
    /**
     * Earlier partner transaction that was reused.
     */
    parent_partner_transaction_id?: string;
    /**
     * Earlier payment that was reused.
     */
    parent_payment_id?: string;
    /** Partner token that was reused. */
    parent_partner_token?: string;
    /** Partner's own reference of what was reused. */
    parent_partner_reference?: string;
};
/** How to send the shopper to a partner's page: submit a `form` if there is one, post the `body` if there is one, else open the address. */
export type PaymentRedirection = FormRedirection | PostRedirection | LinkRedirection;
/** A ready-made form that the browser has to submit. */
export type FormRedirection = {
    /** HTML of the form. */
    form: string;
    /** HTTP method of the form. */
    method?: LinkMethod;
};
/** An address that the browser has to reach with a body. */
export type PostRedirection = {
    /**
     * Address of the page.
     */
    href: string;
    /** HTTP method to reach it with. */
    method?: LinkMethod;
    /** Media type of the body. */
    media_type?: string;
    /** Parameters to post, as JSON or as a query string. */
    body: string;
};
/** An address to open. */
export type LinkRedirection = {
    /**
     * Address of the page.
     */
    href: string;
    /** HTTP method to reach it with. */
    method?: LinkMethod;
};
/** Masked card of a partner transaction. */
export type Card = {
    /** First digits of the card number. */
    bin: string;
    /** Last four digits of the card number. */
    last_four_digits: string;
    /** Name on the card. */
    holder_name?: string;
    /** Expiry month, two digits. */
    expiry_month: string;
    /** Expiry year, as `24` or as `2029`. */
    expiry_year: string;
    /** Country of the issuer, ISO 3166-1 alpha-2. */
    country_code?: string;
    /** Value that is the same for the same card. */
    fingerprint?: string;
    /** Network the payment went through. */
    selected_network?: CardNetwork;
    /** Kind of card, for example `VISA_CREDIT`. */
    type?: string;
    /** Outcome of the 3-D Secure authentication. */
    three_ds?: ThreeDsResult;
};
/** Outcome of a 3-D Secure authentication; may be empty. */
export type ThreeDsResult = {
    /** Electronic commerce indicator. */
    eci?: string;
    /** Version of the 3-D Secure protocol. */
    version?: string;
    /** Whether the shopper was challenged. */
    flow?: ThreeDsFlow;
    /** Id given by the directory server. */
    ds_transaction_id?: string;
    /** Id given by the issuer's access control server. */
    acs_transaction_id?: string;
    /** Answer of the directory server, for example `Y`. */
    directory_response?: string;
    /** Cardholder authentication value. */
    cavv?: string;
};
/** What is bought. Purse matches orders on their reference across calls. */
export type Order = {
    /** The merchant's order number. */
    reference: string;
    /** The merchant's own data. */
    additional_data?: {
        [key: string]: unknown;
    };
    /** Total to pay for the order, tax included. */
    net_amount: MinorUnits;
    /** Discount on the whole order. */
    discount_amount?: MinorUnits;
    /** Tax contained in the net amount. */
    tax_amount?: MinorUnits;
    /** Deliveries; they also feed the cart shown by the hosted page. */
    shipments?: Shipment[];
    /** Address for the invoice. */
    billing_address?: Address;
    /** Discounts one by one. */
    discounts?: Discount[];
};
/** One discount of an order. */
export type Discount = {
    /** Amount taken off, tax included. */
    net_amount?: MinorUnits;
    /** Tax contained in it. */
    tax_amount?: MinorUnits;
    /** Code that gave the discount. */
    coupon_code?: string;
    /** Seller that grants it. */
    seller_reference?: string;
};
/** One delivery of an order. */
export type Shipment = {
    /** Amount of the delivery, tax included. */
    net_amount?: MinorUnits;
    /** Where the goods go. */
    delivery_type?: DeliveryType;
    /** How fast they go. */
    delivery_quickness?: DeliveryQuickness;
    /** Carrier or delivery option, as named by the merchant. */
    delivery_method_reference?: string;
    /**
     * When the goods should arrive.
     */
    estimated_delivery_date_time?: string;
    /** Where the goods are sent. */
    shipping_address?: ShippingAddress;
    /** Lines of the delivery. */
    item_lines?: ItemLine[];
};
/** One line of a delivery: goods or a fee. */
export type ItemLine = {
    /** Kind of line. */
    type?: ItemLineType;
    /** Article code. */
    sku_reference?: string;
    /** Label of the line. */
    name?: string;
    /** Brand of the article. */
    brand?: string;
    /** Price of one unit before tax and discount. */
    unit_gross_price?: MinorUnits;
    /** Total of the line, after discount and with tax. */
    net_amount?: MinorUnits;
    /** Discount on the line. */
    discount_amount?: MinorUnits;
    /** Number of units. */
    quantity?: number;
    /** Tax contained in the line. */
    tax_amount?: MinorUnits;
    /** Tax rate in percent. */
    tax_rate?: number;
    /** Seller of the article. */
    seller_reference?: string;
    /** Name of the seller. */
    seller_name?: string;
    /** Whether the seller sells on the merchant's marketplace. */
    is_marketplace_seller?: boolean;
};
/** A postal address with its person. */
export type Address = {
    /** Company. */
    company_name?: string;
    /** Gender of the person. */
    gender?: Gender;
    /** First name. */
    first_name?: string;
    /** Middle name. */
    middle_name?: string;
    /** Last name. */
    last_name?: string;
    /** Street lines. */
    address_lines?: string[];
    /** City. */
    city?: string;
    /** Postal code. */
    postal_code?: string;
    /** Country, ISO 3166-1 alpha-2. */
    country_code?: string;
    /** Province, ISO 3166-2, for example `FR-HDF`. */
    province_code?: string;
    /** Phone number in international form. */
    phone_number?: string;
    /** Mobile phone number in international form. */
    mobile_phone_number?: string;
    /** Work phone number in international form. */
    work_phone_number?: string;
};
/** A postal address that goods are sent to. */
export type ShippingAddress = {
    /** Company. */
    company_name?: string;
    /** Gender of the person. */
    gender?: Gender;
    /** First name. */
    first_name?: string;
    /** Middle name. */
    middle_name?: string;
    /** Last name. */
    last_name?: string;
    /** Street lines. */
    address_lines?: string[];
    /** City. */
    city?: string;
    /** Postal code. */
    postal_code?: string;
    /** Country, ISO 3166-1 alpha-2. */
    country_code?: string;
    /** Province, ISO 3166-2, for example `FR-HDF`. */
    province_code?: string;
    /** Phone number in international form. */
    phone_number?: string;
    /** Mobile phone number in international form. */
    mobile_phone_number?: string;
    /** Work phone number in international form. */
    work_phone_number?: string;
    /** Name of the pick-up point or of the place. */
    delivery_point_name?: string;
};
/** The person or company that buys. */
export type Customer = {
    /** The merchant's customer id. Needed when a saved card is used. */
    reference?: string;
    /** Kind of customer. */
    type?: CustomerType;
    /**
     * E-mail address.
     */
    email?: string;
    /** Gender. */
    gender?: Gender;
    /** First name. */
    first_name?: string;
    /** Middle name. */
    middle_name?: string;
    /** Last name. */
    last_name?: string;
    /** National or tax id. */
    national_identifier?: string;
    /**
     * Date of birth.
     */
    birth_date?: string;
    /** Public IP address of the shopper. Needed for 3-D Secure. */
    ip_address?: string;
    /** Language of the shopper, BCP 47, for example `fr-FR`. The hosted page follows it. */
    locale?: string;
    /** The customer's account in the shop. */
    account?: CustomerAccount;
};
/** History of the customer's shop account, for risk scoring. */
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
    /** Purchases in the last day. */
    purchase_count_last_day?: number;
    /** Purchases in the last six months. */
    purchase_count_last_six_months?: number;
    /** Purchases in the last year. */
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
/** What the merchant wishes for the 3-D Secure authentication. */
export type PaymentThreeDsAuthenticationOptions = {
    /** Whether the shopper should be challenged. */
    challenge_indicator?: ChallengeIndicator;
};
/** Where and how Purse notifies the merchant. */
export type Webhook = {
    /**
     * Address that receives the notifications, by POST.
     */
    url: string;
    /** Restricts notifications to these events. */
    event_types?: WebhookEventType[];
    /** Extra HTTP headers that Purse sends along. */
    headers?: WebhookHeader[];
};
/** One extra HTTP header. */
export type WebhookHeader = {
    /** Name of the header. */
    name: string;
    /** Values of the header. */
    values: string[];
};
/** A way to pay: a method at a partner. */
export type EligibleSolution = {
    /** Partner, in lower case; an open list. */
    partner: string;
    /** Payment method, in lower case; an open list. */
    method: string;
};
/** What starts the payment widget in the browser. */
export type Widget = {
    /** Opaque string for the front-end SDK. */
    data: string;
    /**
     * Script to load.
     */
    js_url: string;
};
/** A related call. */
export type Link = {
    /**
     * Address; usually a path from the payment service's root, to which `/payment` has to be put in front.
     */
    href: string;
    /** HTTP method. */
    method: LinkMethod;
};
/** Calls related to a session. All but the first may be absent. */
export type ClientSessionLinks = {
    /** Read the session. */
    self: Link;
    /** Abort the session. */
    abort?: Link;
    /** Read the payment. */
    payment?: Link;
    /** Payment page of Purse, for `HOSTED_PAGE` sessions. */
    hosted_page?: Link;
};
/** Calls related to a payment. A link may be absent when the action is impossible. */
export type PaymentHrefs = {
    /** Read the payment. Do not rely on it: build the address from the id. */
    self: Link;
    /** Capture. */
    capture?: Link;
    /** Refund. */
    refund?: Link;
    /** Void. */
    void?: Link;
};
/** A public key, RFC 7517. */
export type PurseJsonWebKey = {
    /** Key type; `RSA` in samples. */
    kty: string;
    /** RSA exponent, base64url. */
    e: string;
    /** Id of the key, as named by signed tokens. Compare as strings. */
    kid: string | number;
    /** RSA modulus, base64url. */
    n: string;
};
/** Header of the signed token in the shopper's return address. */
export type RedirectionHeader = {
    /** Signature algorithm; RS256 by the kind of the keys. */
    alg: string;
    /** Id of the signing key. Compare as strings. */
    kid: string | number;
};
/** What the signed token in the shopper's return address says. No expiry, issuer or audience is documented. */
export type RedirectionClaims = {
    /** Id of the client session. */
    client_session_id: string;
    /** Status of the client session. */
    client_session_status: ClientSessionStatus;
    /** Id of the payment. Absent when the session ended without one. */
    payment_id?: string;
    /** Status of the authorization. Absent when there is no payment. */
    authorization_status?: AuthorizationStatus;
};
/** Public keys that redirection tokens are signed with. */
export type PurseJsonWebKeySet = {
    /** The keys. */
    keys: PurseJsonWebKey[];
};
/**
 * Kind of problem, as a URI that is compared and never fetched.
 */
export type ProblemType = "urn:eu.purse:write-conflict" | (string & {});
/** What went wrong, RFC 9457 (formerly RFC 7807). Gateways in front of the API may answer otherwise. */
export type Problem = {
    /** Kind of problem. */
    type?: ProblemType;
    /** Short name of the kind of problem. */
    title?: string;
    /** HTTP status code. */
    status?: number;
    /** Explanation of this case. */
    detail?: string;
    /**
     * Path of the call, as the service sees it (without `/payment`).
     */
    instance?: string;
    /** Id of the operation that an idempotency key has already created. */
    resource_id?: string;
    /** Error code. */
    error?: string;
    /** What is wrong, member by member. */
    errors?: ProblemError[];
};
/** One faulty member of a request. */
export type ProblemError = {
    /** What is wrong with it. */
    detail?: string;
    /** JSON Pointer to it. */
    pointer?: string;
};
/**
 * Amount in the currency's smallest unit: 4299 is 42.99 EUR, and 4299 JPY are 4299 yen.
 */
export type MinorUnits = number;
/** Currency, ISO 4217. */
export type Currency = "CHF" | "EUR" | "GBP" | "JPY" | "USD" | (string & {});
/** Who captures. */
export type CaptureMode = "MANUAL" | "AUTOMATIC" | (string & {});
/** Where the shopper pays. */
export type IntegrationMode = "EMBEDDED" | "HOSTED_PAGE" | (string & {});
/** Where a session stands. An abort by the shopper and an expiry surely have values of their own, not documented. */
export type ClientSessionStatus = "CREATED" | "SUBMITTED" | "ABORTED_BY_MERCHANT" | (string & {});
/** Where a payment link stands. `OPENED`: can be paid, also after a failed attempt. `PAID`: paid, and locked. The list is surely longer. */
export type PaymentLinkStatus = "OPENED" | "PAID" | (string & {});
/** Outcome of an authorisation. */
export type AuthorizationStatus = "AUTHORIZED" | "PENDING" | "ERROR" | "ABORTED" | "REFUSED" | (string & {});
/** Outcome of an operation. `CONFLICT`: partly done. `UNCERTAIN`: the partner's answer is missing or unclear. */
export type OperationStatus = "SUCCESS" | "PENDING" | "FAILURE" | "CONFLICT" | "UNCERTAIN" | (string & {});
/** How much of an amount is concerned. */
export type OverviewStatus = "NOT" | "PARTIALLY" | "TOTALLY" | (string & {});
/** Gender of a person. */
export type Gender = "FEMALE" | "MALE" | (string & {});
/** Kind of customer. A value for companies is likely, but not documented. */
export type CustomerType = "PERSON" | (string & {});
/** Where goods go. A value for digital goods is likely, but not documented. */
export type DeliveryType = "EXTERNAL_PICKUP" | "USER_DELIVERY" | (string & {});
/** How fast goods go; the list is surely longer. */
export type DeliveryQuickness = "REGULAR" | "EXPRESS" | (string & {});
/** Kind of order line. A value for digital goods is likely, but not documented. */
export type ItemLineType = "PHYSICAL" | "SHIPPING_FEES" | (string & {});
/** How a customer signed in to the shop; the list is surely longer. */
export type AuthenticationMethod = "MERCHANT_CREDENTIALS" | (string & {});
/** Age of a shop account; the list is surely longer. */
export type AccountAgeIndicator = "MORE_60_DAYS" | (string & {});
/** Time since a change of a shop account; the list is surely longer. */
export type AccountChangeIndicator = "MORE_60_DAYS" | (string & {});
/** Whether the shopper should be challenged by the card issuer. */
export type ChallengeIndicator = "NO_CHALLENGE_REQUESTED" | "CHALLENGE_REQUESTED_BY_MERCHANT" | "CHALLENGE_REQUESTED_BY_MANDATE" | (string & {});
/** How a shopper was authenticated. */
export type ThreeDsFlow = "CHALLENGE" | "FRICTIONLESS" | (string & {});
/** Where an authentication stands; other values mean that it failed. */
export type AuthenticationStatus = "IN_PROGRESS" | "SUCCESS" | (string & {});
/** Who asked for an operation. Automatic captures likely have a value of their own. */
export type TriggeredBy = "MERCHANT" | (string & {});
/** HTTP method of a link. */
export type LinkMethod = "GET" | "POST" | (string & {});
/** Card network. */
export type CardNetwork = "CARTE_BANCAIRE" | "VISA" | "MASTERCARD" | "AMERICAN_EXPRESS" | "MAESTRO" | "DINERS_CLUB" | "DISCOVER" | "UNIONPAY" | "JCB" | "ONEY" | "OTHER" | (string & {});
/** Event that a notification can be restricted to. */
export type WebhookEventType = "PAYMENT_CAPTURE" | "PAYMENT_REFUND" | "PAYMENT_VOID" | (string & {});
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
         * Trades the merchant's client id and secret for a short-lived access token (OAuth2 client credentials).
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
         * Opens a session that a shopper can pay, in a widget or on the hosted page. Whether the service honours an idempotency key here is not established.
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
         * Reads a session, with the id of its payment once there is one.
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
         * Ends a session so that it can no longer be paid. Which statuses allow it is not documented. Whether the service honours an idempotency key here is not established.
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
         * Pays without a client session. A good answer does not mean authorised: look at `authorization.status`. Whether the service honours an idempotency key here is not established.
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
         * Reads a payment. Unless told otherwise Purse asks the partners for news first.
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
         * Captures all or part of the authorised amount, gift cards first unless told otherwise. Repeating a used idempotency key is answered with 409, never with the first answer.
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
         * Refunds all or part of the captured amount, cards first unless told otherwise. Repeating a used idempotency key is answered with 409, never with the first answer.
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
         * Gives up all or part of the authorised amount that was not captured. Repeating a used idempotency key is answered with 409, never with the first answer.
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
         * Lists the payment solutions that an order may be paid with, without opening a session. Nothing is created or charged, so the call may be repeated freely.
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
         * Makes a link that a shopper can pay by. It can be used until it is paid. Whether the service honours an idempotency key here is not established.
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
         * Lists the public keys that verify the `purse-redirection-data` token added to the shopper's return address.
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
         * Purse posts the whole payment to `webhook.url`. It is not signed: read the payment back before acting on it.
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
         * Purse notifies of the link apart from the payments made by it. It is not signed.
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
         * At the end Purse sends the shopper's browser to `shopper_redirection_url`, with a signed token added to its query. The call comes from a browser: trust nothing but the verified token.
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
        OperationShipment: OperationShipment;
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
        Discount: Discount;
        Shipment: Shipment;
        ItemLine: ItemLine;
        Address: Address;
        ShippingAddress: ShippingAddress;
        Customer: Customer;
        CustomerAccount: CustomerAccount;
        PaymentThreeDsAuthenticationOptions: PaymentThreeDsAuthenticationOptions;
        Webhook: Webhook;
        WebhookHeader: WebhookHeader;
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
        /** Purse failed. */
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
        /** Id of the client session; a UUID in samples. */
        ClientSessionId: string;
        /** Id of the payment; a UUID in samples. */
        PaymentId: string;
        /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
        IdempotencyKey: string;
        /** With a `max-age` directive Purse answers from its own data and does not ask the partners. */
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
        /** The grant. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": TokenRequest;
            };
        };
        responses: {
            /** The access token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": AccessToken;
                };
            };
            /** The request is malformed or the grant is not supported. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": TokenProblem;
                };
            };
            /** The client id or secret is wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": TokenProblem;
                };
            };
            /** There is no such client. */
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
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
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
            /** The session. */
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
                /** Id of the client session; a UUID in samples. */
                id: components["parameters"]["ClientSessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The session. */
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
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the client session; a UUID in samples. */
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
            /** The aborted session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": ClientSession;
                };
            };
            /** The session cannot be aborted in its present status, or the request is malformed. */
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
            500: components["responses"]["InternalServerError"];
            502: components["responses"]["BadGateway"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createPayment: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
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
            /** The payment, authorised or not. */
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
    getPayment: {
        parameters: {
            query?: never;
            header?: {
                /** With a `max-age` directive Purse answers from its own data and does not ask the partners. */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /** Id of the payment; a UUID in samples. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** The payment. */
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
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the payment; a UUID in samples. */
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
            /** The whole payment after the operation was taken up; look at the operation's status. */
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
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the payment; a UUID in samples. */
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
            /** The whole payment after the operation was taken up; look at the operation's status. */
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
    voidPayment: {
        parameters: {
            query?: never;
            header?: {
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** Id of the payment; a UUID in samples. */
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
            /** The whole payment after the operation was taken up; look at the operation's status. */
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
            /** The solutions. */
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
                /** Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
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
            /** The link. */
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
            /** The keys. */
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
        /** The payment as it stands now. */
        requestBody: {
            content: {
                "application/json": Payment;
            };
        };
        responses: {
            /** Taken note of. */
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
        /** The link as it stands now. */
        requestBody: {
            content: {
                "application/json": PaymentLink;
            };
        };
        responses: {
            /** Taken note of. */
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
            /** On to a page of the shop without the token in its address. */
            "3XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
