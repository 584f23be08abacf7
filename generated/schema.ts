// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.

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
         * @description Trades the merchant's client id and secret for a short-lived access token (OAuth2 client credentials).
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
         * @description Opens a session that a shopper can pay, in a widget or on the hosted page. Whether the service honours an idempotency key here is not established.
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
         * @description Reads a session, with the id of its payment once there is one.
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
         * @description Ends a session so that it can no longer be paid. Which statuses allow it is not documented. Whether the service honours an idempotency key here is not established.
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
         * @description Pays without a client session. A good answer does not mean authorised: look at `authorization.status`. Whether the service honours an idempotency key here is not established.
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
         * @description Reads a payment. Unless told otherwise Purse asks the partners for news first.
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
         * @description Captures all or part of the authorised amount, gift cards first unless told otherwise. Repeating a used idempotency key is answered with 409, never with the first answer.
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
         * @description Refunds all or part of the captured amount, cards first unless told otherwise. Repeating a used idempotency key is answered with 409, never with the first answer.
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
         * @description Gives up all or part of the authorised amount that was not captured. Repeating a used idempotency key is answered with 409, never with the first answer.
         */
        post: operations["voidPayment"];
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
         * @description Lists the public keys that verify the `purse-redirection-data` token added to the shopper's return address.
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
         * @description Purse posts the whole payment to `webhook.url`. It is not signed: read the payment back before acting on it.
         */
        post: operations["paymentChanged"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        /** @description Form body of the access token call. */
        TokenRequest: {
            /**
             * @description OAuth2 grant; always the client credentials one.
             * @constant
             */
            grant_type: "client_credentials";
            /** @description Client id, for callers that send their credentials in the body instead of an HTTP Basic header. */
            client_id?: string;
            /** @description Client secret, for callers that send their credentials in the body. */
            client_secret?: string;
        };
        /** @description Access token granted to a merchant back end. */
        AccessToken: {
            /** @description Opaque token to send as a bearer token. */
            access_token: string;
            /** @description How to present the token. */
            token_type: "Bearer" | (string & {});
            /** @description Remaining lifetime of the token, in seconds. */
            expires_in: number;
        };
        /** @description Refusal of the token endpoint, in the usual OAuth2 shape. */
        TokenProblem: {
            /** @description OAuth2 error code, for example `invalid_client`. */
            error?: string;
            /** @description Explanation for a developer. */
            error_description?: string;
        };
        /** @description What is needed to open a client session. */
        CreateClientSessionRequest: {
            /**
             * Format: uuid
             * @description Entity (business unit) that opens the session, as handed out by Purse.
             */
            entity_id: string;
            /** @description Amount to pay. Zero is accepted only together with `allow_future_usage: true` (card check, nothing charged). */
            amount: components["schemas"]["MinorUnits"];
            /** @description Currency of `amount` and of every amount of the order. */
            currency: components["schemas"]["Currency"];
            /**
             * @description Who captures the authorised amount: the merchant (`MANUAL`) or Purse (`AUTOMATIC`).
             * @default MANUAL
             * @enum {string}
             */
            capture_mode?: "MANUAL" | "AUTOMATIC";
            /**
             * Format: duration
             * @description Wait before an automatic capture, for example `PT24H`. Has no effect with `MANUAL`.
             */
            capture_delay?: string;
            /**
             * @description Where the shopper pays: in a widget on the merchant's page or on a page hosted by Purse.
             * @default EMBEDDED
             * @enum {string}
             */
            integration_mode?: "EMBEDDED" | "HOSTED_PAGE";
            /**
             * Format: uri
             * @description Where the shopper's browser is sent (HTTP GET) when the payment process ends. Keep it short.
             */
            shopper_redirection_url: string;
            /** @description What is being bought. */
            order: components["schemas"]["Order"];
            /** @description Who is buying. Recommended, and needed by some partners. */
            customer?: components["schemas"]["Customer"];
            /** @description Wishes for the 3-D Secure authentication. */
            three_ds_authentication_options?: components["schemas"]["PaymentThreeDsAuthenticationOptions"];
            /** @description Where to notify the merchant. */
            webhook?: components["schemas"]["Webhook"];
            /**
             * @description Set it when later merchant-initiated payments shall be able to reuse this payment.
             * @default false
             */
            allow_future_usage?: boolean;
        };
        /** @description A payment attempt offered to a shopper, from the opening of the payment page to its outcome. */
        ClientSession: {
            /**
             * Format: uuid
             * @description Id of the session.
             */
            id: string;
            /** @description Where the session stands. */
            status: components["schemas"]["ClientSessionStatus"];
            /** @description Amount to pay. */
            amount: components["schemas"]["MinorUnits"];
            /** @description Currency of the amounts. */
            currency: components["schemas"]["Currency"];
            /**
             * Format: uuid
             * @description Entity that opened the session.
             */
            entity_id: string;
            /** @description Who captures. */
            capture_mode: components["schemas"]["CaptureMode"];
            /** @description Where the shopper pays. */
            integration_mode: components["schemas"]["IntegrationMode"];
            /** @description Whether later merchant-initiated payments may reuse the payment. */
            allow_future_usage?: boolean;
            /** @description What is being bought. */
            order: components["schemas"]["Order"];
            /** @description Who is buying. */
            customer?: components["schemas"]["Customer"];
            /**
             * Format: date-time
             * @description End of validity; the session cannot be paid afterwards.
             */
            expires_at: string;
            /**
             * Format: uri
             * @description Where the shopper is sent at the end.
             */
            shopper_redirection_url: string;
            /** @description What the merchant's front end needs to show the payment widget. */
            widget: components["schemas"]["Widget"];
            /**
             * Format: uuid
             * @description Id of the payment, once the shopper has submitted one.
             */
            payment_id?: string;
            /** @description Payment solutions that this order may be paid with. */
            eligible_solutions: components["schemas"]["EligibleSolution"][];
            /** @description Calls related to the session. */
            links: components["schemas"]["ClientSessionLinks"];
        };
        /** @description Order to end a client session before it is paid. */
        AbortClientSessionRequest: {
            /**
             * @description Status the session shall take.
             * @constant
             */
            status: "ABORTED_BY_MERCHANT";
        };
        /** @description What is needed to pay without a client session: an advanced checkout, or a merchant-initiated payment. */
        CreatePaymentRequest: {
            /**
             * Format: uuid
             * @description Entity (business unit) that takes the payment.
             */
            entity_id: string;
            /** @description Amount to pay. */
            amount: components["schemas"]["MinorUnits"];
            /** @description Currency of every amount in the request. */
            currency: components["schemas"]["Currency"];
            /**
             * @description Who captures the authorised amount: the merchant (`MANUAL`) or Purse (`AUTOMATIC`).
             * @default MANUAL
             * @enum {string}
             */
            capture_mode?: "MANUAL" | "AUTOMATIC";
            /**
             * Format: duration
             * @description Wait before an automatic capture, for example `PT24H`.
             */
            capture_delay?: string;
            /**
             * @description Set it when later merchant-initiated payments shall be able to reuse this payment.
             * @default false
             */
            allow_future_usage?: boolean;
            /** @description What is being bought. */
            order: components["schemas"]["Order"];
            /** @description Who is buying. Needed when a saved card is used. */
            customer?: components["schemas"]["Customer"];
            /** @description How the amount is spread over payment solutions; the parts should add up to `amount`. */
            split: components["schemas"]["SplitRequest"][];
            /** @description The shopper's browser, as collected by the front end; needed for 3-D Secure. */
            browser?: components["schemas"]["Browser"];
            /**
             * Format: uri
             * @description Where the shopper is sent after a redirection to a partner.
             */
            shopper_redirection_url?: string;
            /** @description Wishes for the 3-D Secure authentication. */
            three_ds_authentication_options?: components["schemas"]["PaymentThreeDsAuthenticationOptions"];
            /** @description Where to notify the merchant. */
            webhook?: components["schemas"]["Webhook"];
        };
        /** @description One part of a new payment: a named solution, a new or saved card, or the reuse of an earlier payment. */
        SplitRequest: {
            /** @description Partner that processes the part, for example `illicado`. */
            partner?: string;
            /** @description Payment method at the partner, for example `giftcard`. */
            method?: string;
            /** @description Share of the payment taken by this part. */
            amount?: components["schemas"]["MinorUnits"];
            /** @description Partner transaction of an earlier payment to reuse. */
            parent_partner_transaction_id?: string;
            /** @description Earlier payment to reuse, for a merchant-initiated payment. */
            parent_payment_id?: string;
            /** @description Partner token of an earlier authorisation to reuse. */
            parent_partner_token?: string;
            /** @description Partner's own reference of an earlier authorisation to reuse. */
            parent_partner_reference?: string;
            /** @description Short-lived token of the card form filled in by the shopper. */
            vault_form_token?: string;
            /** @description Id of a saved card; goes with a `vault_form_token` for the fresh security code. */
            wallet_token?: string;
            /** @description Save the card once authorised. The shopper must have agreed. */
            save_token?: boolean;
            /** @description Wishes for the 3-D Secure authentication of this part. */
            three_ds_authentication_options?: components["schemas"]["PaymentThreeDsAuthenticationOptions"];
            /** @description Id of a 3-D Secure transaction begun on the front end; at most one part may carry it. */
            three_ds_server_trans_id?: string;
        };
        /** @description Browser facts that card issuers ask for. The IP address goes to `customer.ip_address`. */
        Browser: {
            /** @description User agent of the browser. */
            user_agent?: string;
            /**
             * Format: uri
             * @description Page the shopper pays from.
             */
            referrer?: string;
            /** @description Value of the browser's Accept header. */
            accept_header?: string;
            /** @description Value of the browser's Accept-Language header. */
            accept_language?: string;
            /** @description Bits per pixel of the screen. */
            color_depth?: number;
            /** @description Whether Java is on. */
            java_enabled?: boolean;
            /** @description Whether JavaScript is on. */
            javascript_enabled?: boolean;
            /** @description Language of the browser. */
            locale?: string;
            /** @description Screen height in pixels. */
            screen_height?: number;
            /** @description Screen width in pixels. */
            screen_width?: number;
            /** @description Time zone offset in minutes; samples for France use 60. */
            utc_time_zone?: number;
        };
        /** @description A payment: its authorisation and everything done with the authorised amount since. */
        Payment: {
            /**
             * Format: uuid
             * @description Id of the payment.
             */
            id: string;
            /**
             * Format: date-time
             * @description When the payment was created.
             */
            created_at: string;
            /** @description How much of the payment has been used, in words. */
            overview: components["schemas"]["Overview"];
            /**
             * Format: uuid
             * @description Session that the payment came from.
             */
            client_session_id?: string;
            /**
             * Format: uuid
             * @description Entity that took the payment.
             */
            entity_id: string;
            /** @description Grows with every change, so an older copy can be told from a newer one. */
            version?: number;
            /** @description The merchant's order reference. */
            order_reference: string;
            /** @description What was bought. */
            order: components["schemas"]["Order"];
            /** @description Who bought. */
            customer?: components["schemas"]["Customer"];
            /** @description Amount of the payment. */
            amount: components["schemas"]["MinorUnits"];
            /** @description Currency of every amount of the payment. */
            currency: components["schemas"]["Currency"];
            /** @description Who captures. */
            capture_mode: components["schemas"]["CaptureMode"];
            /** @description Whether later merchant-initiated payments may reuse this one. */
            allow_future_usage?: boolean;
            /** @description Captures so far, failed and pending ones included. */
            captures: components["schemas"]["Operation"][];
            /** @description Voids so far, failed and pending ones included. */
            voids: components["schemas"]["Operation"][];
            /** @description Refunds so far, failed and pending ones included. */
            refunds: components["schemas"]["Operation"][];
            /** @description Outcome of the authorisation. */
            authorization: components["schemas"]["Authorization"];
            /** @description What was done and what can still be done, in figures. */
            amounts: components["schemas"]["Amounts"];
            /** @description Calls related to the payment. */
            links: components["schemas"]["PaymentLinks"];
            /** @description How the amount is spread over payment solutions. */
            split: components["schemas"]["Split"][];
            /** @description Where the merchant is notified. */
            webhook?: components["schemas"]["Webhook"];
            /** @description Where the shopper has to go while the authorisation is pending. */
            redirection?: components["schemas"]["Redirection"];
            /** @description 3-D Secure authentication run by Purse itself. */
            authentication?: components["schemas"]["Authentication"];
        };
        /** @description A capture, refund or void to carry out. A priority list may be added, whose member name is not known. */
        OperationRequest: {
            /** @description Part of the payment to process. */
            amount: components["schemas"]["MinorUnits"];
            /** @description Order lines concerned; only some payment methods need them. */
            order?: components["schemas"]["OperationOrder"];
            /** @description The merchant's own reference of the operation. */
            merchant_reference?: string;
        };
        /** @description One capture, refund or void, spread by Purse over partner transactions. */
        Operation: {
            /**
             * Format: uuid
             * @description Id of the operation.
             */
            id: string;
            /** @description Amount asked for. */
            amount: components["schemas"]["MinorUnits"];
            /**
             * Format: date-time
             * @description When the operation was asked for.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When the operation last changed.
             */
            updated_at: string;
            /** @description Who asked for it. */
            triggered_by: components["schemas"]["TriggeredBy"];
            /** @description The merchant's own reference of the operation. */
            merchant_reference?: string;
            /** @description Outcome over all partner transactions. */
            status: components["schemas"]["OperationStatus"];
            /** @description What was sent to each partner. */
            partner_transactions: components["schemas"]["OperationTransaction"][];
            /** @description Order lines concerned. */
            order?: components["schemas"]["OperationOrder"];
        };
        /** @description Part of an order that an operation is about. */
        OperationOrder: {
            /** @description Deliveries concerned. */
            shipments?: components["schemas"]["OperationShipment"][];
            /** @description The merchant's own data. */
            additional_data?: {
                [key: string]: unknown;
            };
        };
        /** @description Part of a delivery that an operation is about. */
        OperationShipment: {
            /** @description Amount of this part, tax included. */
            net_amount?: components["schemas"]["MinorUnits"];
            /** @description Lines concerned. */
            item_lines?: components["schemas"]["ItemLine"][];
        };
        /** @description Share of a capture, refund or void handled by one partner. */
        OperationTransaction: {
            /**
             * Format: uuid
             * @description Id given by Purse to the partner transaction.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was created.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it last changed.
             */
            updated_at: string;
            /** @description Amount handled by this partner. */
            amount: components["schemas"]["MinorUnits"];
            /** @description Partner, in lower case; an open list. */
            partner: string;
            /** @description Payment method at the partner, in lower case; an open list. */
            method: string;
            /** @description The partner's own id of the transaction. */
            partner_reference?: string;
            /** @description Raw code of the partner, for information only. */
            partner_status?: string;
            /** @description Raw text of the partner, for information only. */
            partner_status_description?: string;
            /** @description Reusable token given by the partner. */
            partner_token?: string;
            /** @description Status as normalised by Purse; the one to rely on. */
            status: components["schemas"]["OperationStatus"];
            /** @description What is left to use on this transaction. */
            remaining_amount?: components["schemas"]["MinorUnits"];
        };
        /** @description Authorisation of a payment, over all its partner transactions. */
        Authorization: {
            /**
             * Format: date-time
             * @description When it last changed.
             */
            updated_at?: string;
            /** @description Outcome over all partner transactions. */
            status: components["schemas"]["AuthorizationStatus"];
            /** @description What each partner answered. */
            partner_transactions: components["schemas"]["AuthorizationTransaction"][];
        };
        /** @description Share of an authorisation handled by one partner. */
        AuthorizationTransaction: {
            /**
             * Format: uuid
             * @description Id given by Purse to the partner transaction.
             */
            id: string;
            /**
             * Format: date-time
             * @description When it was created.
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description When it last changed.
             */
            updated_at?: string;
            /** @description Amount handled by this partner. */
            amount: components["schemas"]["MinorUnits"];
            /** @description Partner, in lower case; an open list. */
            partner: string;
            /** @description Payment method at the partner, in lower case; an open list. */
            method: string;
            /** @description The partner's own id of the transaction. */
            partner_reference?: string;
            /** @description Raw code of the partner, for information only. */
            partner_status?: string;
            /** @description Raw text of the partner, for information only. */
            partner_status_description?: string;
            /** @description Reusable token given by the partner. */
            partner_token?: string;
            /** @description Status as normalised by Purse; the one to rely on. */
            status: components["schemas"]["AuthorizationStatus"];
            /** @description The card, for card solutions. */
            card?: components["schemas"]["Card"];
            /** @description What is left to use on this transaction. */
            remaining_amount?: components["schemas"]["MinorUnits"];
            /** @description Whatever else the partner sends, such as parameters for a redirection. */
            partner_additional_data?: {
                [key: string]: unknown;
            };
        };
        /** @description 3-D Secure authentication run by Purse. */
        Authentication: {
            /** @description Where the authentication stands. */
            status?: components["schemas"]["AuthenticationStatus"];
            /** @description Opaque data for the front end, present when the card issuer asks for a challenge. */
            challenge_data?: string;
            /** @description Whether the shopper is challenged. */
            flow?: components["schemas"]["ThreeDsFlow"];
            /** @description Electronic commerce indicator. */
            eci?: string;
            /** @description What each authentication partner answered. */
            partner_authentications?: {
                /** @description Raw code of the partner. */
                partner_status?: string;
                /** @description Status as normalised by Purse. */
                status?: components["schemas"]["AuthenticationStatus"];
                /** @description Card that was authenticated. */
                card?: {
                    /** @description Outcome for the card. */
                    three_ds?: components["schemas"]["ThreeDsResult"];
                };
            }[];
        };
        /** @description Totals of a payment. They lag behind while an operation is pending, so do not check sums on live data. */
        Amounts: {
            /** @description Amount whose authorisation is not settled yet. */
            authorize_pending?: components["schemas"]["MinorUnits"];
            /** @description Amount authorised. */
            total_authorized: components["schemas"]["MinorUnits"];
            /** @description Amount given up by voids. */
            total_voided: components["schemas"]["MinorUnits"];
            /** @description Amount that can still be voided. */
            available_to_void: components["schemas"]["MinorUnits"];
            /** @description Amount captured. */
            total_captured: components["schemas"]["MinorUnits"];
            /** @description Amount that can still be captured. It sinks as soon as a capture starts. */
            available_to_capture: components["schemas"]["MinorUnits"];
            /** @description Amount refunded. */
            total_refunded: components["schemas"]["MinorUnits"];
            /** @description Amount that can still be refunded. */
            available_to_refund: components["schemas"]["MinorUnits"];
        };
        /** @description How far a payment has been used, kind by kind. */
        Overview: {
            /** @description Part of the authorised amount that was captured or voided. */
            consumed: components["schemas"]["OverviewStatus"];
            /** @description Part captured. */
            captured: components["schemas"]["OverviewStatus"];
            /** @description Part voided. */
            voided: components["schemas"]["OverviewStatus"];
            /** @description Part refunded. */
            refunded: components["schemas"]["OverviewStatus"];
        };
        /** @description Part of a payment taken by one payment solution. */
        Split: {
            /** @description Partner that processes the part. */
            partner: string;
            /** @description Payment method at the partner. */
            method: string;
            /** @description Share of the payment. */
            amount: components["schemas"]["MinorUnits"];
            /**
             * Format: uuid
             * @description Earlier partner transaction that was reused.
             */
            parent_partner_transaction_id?: string;
            /**
             * Format: uuid
             * @description Earlier payment that was reused.
             */
            parent_payment_id?: string;
            /** @description Partner token that was reused. */
            parent_partner_token?: string;
            /** @description Partner's own reference of what was reused. */
            parent_partner_reference?: string;
        };
        /** @description How to send the shopper to a partner's page. */
        Redirection: {
            /**
             * Format: uri
             * @description Address of the page.
             */
            href?: string;
            /** @description HTTP method to reach it with. */
            method?: components["schemas"]["LinkMethod"];
            /** @description Media type of what is carried along. */
            media_type?: string;
            /** @description Parameters to post, as JSON or as a query string. */
            body?: string;
            /** @description Ready-made HTML form to submit from the browser. */
            form?: string;
        };
        /** @description Masked card of a partner transaction. */
        Card: {
            /** @description First digits of the card number. */
            bin: string;
            /** @description Last four digits of the card number. */
            last_four_digits: string;
            /** @description Name on the card. */
            holder_name?: string;
            /** @description Expiry month, two digits. */
            expiry_month: string;
            /** @description Expiry year, as `24` or as `2029`. */
            expiry_year: string;
            /** @description Country of the issuer, ISO 3166-1 alpha-2. */
            country_code?: string;
            /** @description Value that is the same for the same card. */
            fingerprint?: string;
            /** @description Network the payment went through. */
            selected_network?: components["schemas"]["CardNetwork"];
            /** @description Kind of card, for example `VISA_CREDIT`. */
            type?: string;
            /** @description Outcome of the 3-D Secure authentication. */
            three_ds?: components["schemas"]["ThreeDsResult"];
        };
        /** @description Outcome of a 3-D Secure authentication; may be empty. */
        ThreeDsResult: {
            /** @description Electronic commerce indicator. */
            eci?: string;
            /** @description Version of the 3-D Secure protocol. */
            version?: string;
            /** @description Whether the shopper was challenged. */
            flow?: components["schemas"]["ThreeDsFlow"];
            /** @description Id given by the directory server. */
            ds_transaction_id?: string;
            /** @description Id given by the issuer's access control server. */
            acs_transaction_id?: string;
            /** @description Answer of the directory server, for example `Y`. */
            directory_response?: string;
            /** @description Cardholder authentication value. */
            cavv?: string;
        };
        /** @description What is bought. Purse matches orders on their reference across calls. */
        Order: {
            /** @description The merchant's order number. */
            reference: string;
            /** @description The merchant's own data. */
            additional_data?: {
                [key: string]: unknown;
            };
            /** @description Total to pay for the order, tax included. */
            net_amount: components["schemas"]["MinorUnits"];
            /** @description Discount on the whole order. */
            discount_amount?: components["schemas"]["MinorUnits"];
            /** @description Tax contained in the net amount. */
            tax_amount?: components["schemas"]["MinorUnits"];
            /** @description Deliveries; they also feed the cart shown by the hosted page. */
            shipments?: components["schemas"]["Shipment"][];
            /** @description Address for the invoice. */
            billing_address?: components["schemas"]["Address"];
            /** @description Discounts one by one. */
            discounts?: components["schemas"]["Discount"][];
        };
        /** @description One discount of an order. */
        Discount: {
            /** @description Amount taken off, tax included. */
            net_amount?: components["schemas"]["MinorUnits"];
            /** @description Tax contained in it. */
            tax_amount?: components["schemas"]["MinorUnits"];
            /** @description Code that gave the discount. */
            coupon_code?: string;
            /** @description Seller that grants it. */
            seller_reference?: string;
        };
        /** @description One delivery of an order. */
        Shipment: {
            /** @description Amount of the delivery, tax included. */
            net_amount?: components["schemas"]["MinorUnits"];
            /** @description Where the goods go. */
            delivery_type?: components["schemas"]["DeliveryType"];
            /** @description How fast they go. */
            delivery_quickness?: components["schemas"]["DeliveryQuickness"];
            /** @description Carrier or delivery option, as named by the merchant. */
            delivery_method_reference?: string;
            /**
             * Format: date-time
             * @description When the goods should arrive.
             */
            estimated_delivery_date_time?: string;
            /** @description Where the goods are sent. */
            shipping_address?: components["schemas"]["ShippingAddress"];
            /** @description Lines of the delivery. */
            item_lines?: components["schemas"]["ItemLine"][];
        };
        /** @description One line of a delivery: goods or a fee. */
        ItemLine: {
            /** @description Kind of line. */
            type?: components["schemas"]["ItemLineType"];
            /** @description Article code. */
            sku_reference?: string;
            /** @description Label of the line. */
            name?: string;
            /** @description Brand of the article. */
            brand?: string;
            /** @description Price of one unit before tax and discount. */
            unit_gross_price?: components["schemas"]["MinorUnits"];
            /** @description Total of the line, after discount and with tax. */
            net_amount?: components["schemas"]["MinorUnits"];
            /** @description Discount on the line. */
            discount_amount?: components["schemas"]["MinorUnits"];
            /** @description Number of units. */
            quantity?: number;
            /** @description Tax contained in the line. */
            tax_amount?: components["schemas"]["MinorUnits"];
            /** @description Tax rate in percent. */
            tax_rate?: number;
            /** @description Seller of the article. */
            seller_reference?: string;
            /** @description Name of the seller. */
            seller_name?: string;
            /** @description Whether the seller sells on the merchant's marketplace. */
            is_marketplace_seller?: boolean;
        };
        /** @description A postal address with its person. */
        Address: {
            /** @description Company. */
            company_name?: string;
            /** @description Gender of the person. */
            gender?: components["schemas"]["Gender"];
            /** @description First name. */
            first_name?: string;
            /** @description Middle name. */
            middle_name?: string;
            /** @description Last name. */
            last_name?: string;
            /** @description Street lines. */
            address_lines?: string[];
            /** @description City. */
            city?: string;
            /** @description Postal code. */
            postal_code?: string;
            /** @description Country, ISO 3166-1 alpha-2. */
            country_code?: string;
            /** @description Province, ISO 3166-2, for example `FR-HDF`. */
            province_code?: string;
            /** @description Phone number in international form. */
            phone_number?: string;
            /** @description Mobile phone number in international form. */
            mobile_phone_number?: string;
            /** @description Work phone number in international form. */
            work_phone_number?: string;
        };
        /** @description A postal address that goods are sent to. */
        ShippingAddress: {
            /** @description Company. */
            company_name?: string;
            /** @description Gender of the person. */
            gender?: components["schemas"]["Gender"];
            /** @description First name. */
            first_name?: string;
            /** @description Middle name. */
            middle_name?: string;
            /** @description Last name. */
            last_name?: string;
            /** @description Street lines. */
            address_lines?: string[];
            /** @description City. */
            city?: string;
            /** @description Postal code. */
            postal_code?: string;
            /** @description Country, ISO 3166-1 alpha-2. */
            country_code?: string;
            /** @description Province, ISO 3166-2, for example `FR-HDF`. */
            province_code?: string;
            /** @description Phone number in international form. */
            phone_number?: string;
            /** @description Mobile phone number in international form. */
            mobile_phone_number?: string;
            /** @description Work phone number in international form. */
            work_phone_number?: string;
            /** @description Name of the pick-up point or of the place. */
            delivery_point_name?: string;
        };
        /** @description The person or company that buys. */
        Customer: {
            /** @description The merchant's customer id. Needed when a saved card is used. */
            reference?: string;
            /** @description Kind of customer. */
            type?: components["schemas"]["CustomerType"];
            /**
             * Format: email
             * @description E-mail address.
             */
            email?: string;
            /** @description Gender. */
            gender?: components["schemas"]["Gender"];
            /** @description First name. */
            first_name?: string;
            /** @description Middle name. */
            middle_name?: string;
            /** @description Last name. */
            last_name?: string;
            /** @description National or tax id. */
            national_identifier?: string;
            /**
             * Format: date
             * @description Date of birth.
             */
            birth_date?: string;
            /** @description Public IP address of the shopper. Needed for 3-D Secure. */
            ip_address?: string;
            /** @description Language of the shopper, BCP 47, for example `fr-FR`. The hosted page follows it. */
            locale?: string;
            /** @description The customer's account in the shop. */
            account?: components["schemas"]["CustomerAccount"];
        };
        /** @description History of the customer's shop account, for risk scoring. */
        CustomerAccount: {
            /**
             * Format: date-time
             * @description When the account was opened.
             */
            creation_date_time?: string;
            /**
             * Format: date-time
             * @description When the account was last changed.
             */
            update_date_time?: string;
            /**
             * Format: date-time
             * @description When the password was last changed.
             */
            password_update_date_time?: string;
            /** @description Purchases in the last day. */
            purchase_count_last_day?: number;
            /** @description Purchases in the last six months. */
            purchase_count_last_six_months?: number;
            /** @description Purchases in the last year. */
            purchase_count_last_year?: number;
            /** @description How the customer signed in. */
            authentication_method?: components["schemas"]["AuthenticationMethod"];
            /**
             * Format: date-time
             * @description When the customer signed in.
             */
            authentication_date_time?: string;
            /** @description How old the account is. */
            age_indicator?: components["schemas"]["AccountAgeIndicator"];
            /** @description How long ago the account was changed. */
            change_indicator?: components["schemas"]["AccountChangeIndicator"];
            /** @description How long ago the password was changed. */
            password_change_indicator?: components["schemas"]["AccountChangeIndicator"];
        };
        /** @description What the merchant wishes for the 3-D Secure authentication. */
        PaymentThreeDsAuthenticationOptions: {
            /** @description Whether the shopper should be challenged. */
            challenge_indicator?: components["schemas"]["ChallengeIndicator"];
        };
        /** @description Where and how Purse notifies the merchant. */
        Webhook: {
            /**
             * Format: uri
             * @description Address that receives the notifications, by POST.
             */
            url: string;
            /** @description Restricts notifications to these events. */
            event_types?: components["schemas"]["WebhookEventType"][];
            /** @description Extra HTTP headers that Purse sends along. */
            headers?: components["schemas"]["WebhookHeader"][];
        };
        /** @description One extra HTTP header. */
        WebhookHeader: {
            /** @description Name of the header. */
            name: string;
            /** @description Values of the header. */
            values: string[];
        };
        /** @description A way to pay: a method at a partner. */
        EligibleSolution: {
            /** @description Partner, in lower case; an open list. */
            partner: string;
            /** @description Payment method, in lower case; an open list. */
            method: string;
        };
        /** @description What starts the payment widget in the browser. */
        Widget: {
            /** @description Opaque string for the front-end SDK. */
            data: string;
            /**
             * Format: uri
             * @description Script to load.
             */
            js_url: string;
        };
        /** @description A related call. */
        Link: {
            /**
             * Format: uri-reference
             * @description Address; usually a path from the payment service's root, to which `/payment` has to be put in front.
             */
            href: string;
            /** @description HTTP method. */
            method: components["schemas"]["LinkMethod"];
        };
        /** @description Calls related to a session. All but the first may be absent. */
        ClientSessionLinks: {
            /** @description Read the session. */
            self: components["schemas"]["Link"];
            /** @description Abort the session. */
            abort?: components["schemas"]["Link"];
            /** @description Read the payment. */
            payment?: components["schemas"]["Link"];
            /** @description Payment page of Purse, for `HOSTED_PAGE` sessions. */
            hosted_page?: components["schemas"]["Link"];
        };
        /** @description Calls related to a payment. A link may be absent when the action is impossible. */
        PaymentLinks: {
            /** @description Read the payment. Do not rely on it: build the address from the id. */
            self: components["schemas"]["Link"];
            /** @description Capture. */
            capture?: components["schemas"]["Link"];
            /** @description Refund. */
            refund?: components["schemas"]["Link"];
            /** @description Void. */
            void?: components["schemas"]["Link"];
        };
        /** @description A public key, RFC 7517. */
        JsonWebKey: {
            /** @description Key type; `RSA` in samples. */
            kty: string;
            /** @description RSA exponent, base64url. */
            e: string;
            /** @description Id of the key, as named by signed tokens. Compare as strings. */
            kid: string | number;
            /** @description RSA modulus, base64url. */
            n: string;
        };
        /** @description What the signed token in the shopper's return address says. No expiry, issuer or audience is documented. */
        RedirectionClaims: {
            /** @description Id of the client session. */
            client_session_id: string;
            client_session_status: components["schemas"]["ClientSessionStatus"];
            /** @description Id of the payment. Absent when the session ended without one. */
            payment_id?: string;
            /** @description Status of the authorization. Absent when there is no payment. */
            authorization_status?: components["schemas"]["AuthorizationStatus"];
        };
        /** @description Public keys that redirection tokens are signed with. */
        JsonWebKeySet: {
            /** @description The keys. */
            keys: components["schemas"]["JsonWebKey"][];
        };
        /**
         * Format: uri-reference
         * @description Kind of problem, as a URI that is compared and never fetched.
         */
        ProblemType: "urn:eu.purse:write-conflict" | (string & {});
        /** @description What went wrong, RFC 9457 (formerly RFC 7807). Gateways in front of the API may answer otherwise. */
        Problem: {
            type?: components["schemas"]["ProblemType"];
            /** @description Short name of the kind of problem. */
            title?: string;
            /** @description HTTP status code. */
            status?: number;
            /** @description Explanation of this case. */
            detail?: string;
            /**
             * Format: uri-reference
             * @description Path of the call, as the service sees it (without `/payment`).
             */
            instance?: string;
            /** @description Id of the operation that an idempotency key has already created. */
            resource_id?: string;
            /** @description Error code. */
            error?: string;
            /** @description What is wrong, member by member. */
            errors?: components["schemas"]["ProblemError"][];
        };
        /** @description One faulty member of a request. */
        ProblemError: {
            /** @description What is wrong with it. */
            detail?: string;
            /** @description JSON Pointer to it. */
            pointer?: string;
        };
        /**
         * Format: int64
         * @description Amount in the currency's smallest unit: 4299 is 42.99 EUR, and 4299 JPY are 4299 yen.
         */
        MinorUnits: number;
        /** @description Currency, ISO 4217. */
        Currency: "CHF" | "EUR" | "GBP" | "JPY" | "USD" | (string & {});
        /** @description Who captures. */
        CaptureMode: "MANUAL" | "AUTOMATIC" | (string & {});
        /** @description Where the shopper pays. */
        IntegrationMode: "EMBEDDED" | "HOSTED_PAGE" | (string & {});
        /** @description Where a session stands. An abort by the shopper and an expiry surely have values of their own, not documented. */
        ClientSessionStatus: "CREATED" | "SUBMITTED" | "ABORTED_BY_MERCHANT" | (string & {});
        /** @description Outcome of an authorisation. */
        AuthorizationStatus: "AUTHORIZED" | "PENDING" | "ERROR" | "ABORTED" | "REFUSED" | (string & {});
        /** @description Outcome of an operation. `CONFLICT`: partly done. `UNCERTAIN`: the partner's answer is missing or unclear. */
        OperationStatus: "SUCCESS" | "PENDING" | "FAILURE" | "CONFLICT" | "UNCERTAIN" | (string & {});
        /** @description How much of an amount is concerned. */
        OverviewStatus: "NOT" | "PARTIALLY" | "TOTALLY" | (string & {});
        /** @description Gender of a person. */
        Gender: "FEMALE" | "MALE" | (string & {});
        /** @description Kind of customer. A value for companies is likely, but not documented. */
        CustomerType: "PERSON" | (string & {});
        /** @description Where goods go. A value for digital goods is likely, but not documented. */
        DeliveryType: "EXTERNAL_PICKUP" | "USER_DELIVERY" | (string & {});
        /** @description How fast goods go; the list is surely longer. */
        DeliveryQuickness: "REGULAR" | "EXPRESS" | (string & {});
        /** @description Kind of order line. A value for digital goods is likely, but not documented. */
        ItemLineType: "PHYSICAL" | "SHIPPING_FEES" | (string & {});
        /** @description How a customer signed in to the shop; the list is surely longer. */
        AuthenticationMethod: "MERCHANT_CREDENTIALS" | (string & {});
        /** @description Age of a shop account; the list is surely longer. */
        AccountAgeIndicator: "MORE_60_DAYS" | (string & {});
        /** @description Time since a change of a shop account; the list is surely longer. */
        AccountChangeIndicator: "MORE_60_DAYS" | (string & {});
        /** @description Whether the shopper should be challenged by the card issuer. */
        ChallengeIndicator: "NO_CHALLENGE_REQUESTED" | "CHALLENGE_REQUESTED_BY_MERCHANT" | "CHALLENGE_REQUESTED_BY_MANDATE" | (string & {});
        /** @description How a shopper was authenticated. */
        ThreeDsFlow: "CHALLENGE" | "FRICTIONLESS" | (string & {});
        /** @description Where an authentication stands; other values mean that it failed. */
        AuthenticationStatus: "IN_PROGRESS" | "SUCCESS" | (string & {});
        /** @description Who asked for an operation. Automatic captures likely have a value of their own. */
        TriggeredBy: "MERCHANT" | (string & {});
        /** @description HTTP method of a link. */
        LinkMethod: "GET" | "POST" | (string & {});
        /** @description Card network. */
        CardNetwork: "CARTE_BANCAIRE" | "VISA" | "MASTERCARD" | "AMERICAN_EXPRESS" | "MAESTRO" | "DINERS_CLUB" | "DISCOVER" | "UNIONPAY" | "JCB" | "ONEY" | "OTHER" | (string & {});
        /** @description Event that a notification can be restricted to. */
        WebhookEventType: "PAYMENT_CAPTURE" | "PAYMENT_REFUND" | "PAYMENT_VOID" | (string & {});
    };
    responses: {
        /** @description The request is malformed or breaks a rule. */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The access token is missing, wrong or expired. */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The credentials do not give access to the entity or the resource. */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such resource. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The idempotency key was used before. `resource_id` names the operation that it created then. */
        IdempotencyConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Purse failed. */
        InternalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A service behind Purse failed. */
        BadGateway: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A service behind Purse did not answer in time. An operation may have been carried out all the same. */
        GatewayTimeout: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description Id of the client session; a UUID in samples. */
        ClientSessionId: string;
        /** @description Id of the payment; a UUID in samples. */
        PaymentId: string;
        /** @description Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
        IdempotencyKey: string;
        /** @description With a `max-age` directive Purse answers from its own data and does not ask the partners. */
        CacheControl: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type TokenRequest = components['schemas']['TokenRequest'];
export type AccessToken = components['schemas']['AccessToken'];
export type TokenProblem = components['schemas']['TokenProblem'];
export type CreateClientSessionRequest = components['schemas']['CreateClientSessionRequest'];
export type ClientSession = components['schemas']['ClientSession'];
export type AbortClientSessionRequest = components['schemas']['AbortClientSessionRequest'];
export type CreatePaymentRequest = components['schemas']['CreatePaymentRequest'];
export type SplitRequest = components['schemas']['SplitRequest'];
export type Browser = components['schemas']['Browser'];
export type Payment = components['schemas']['Payment'];
export type OperationRequest = components['schemas']['OperationRequest'];
export type Operation = components['schemas']['Operation'];
export type OperationOrder = components['schemas']['OperationOrder'];
export type OperationShipment = components['schemas']['OperationShipment'];
export type OperationTransaction = components['schemas']['OperationTransaction'];
export type Authorization = components['schemas']['Authorization'];
export type AuthorizationTransaction = components['schemas']['AuthorizationTransaction'];
export type Authentication = components['schemas']['Authentication'];
export type Amounts = components['schemas']['Amounts'];
export type Overview = components['schemas']['Overview'];
export type Split = components['schemas']['Split'];
export type Redirection = components['schemas']['Redirection'];
export type Card = components['schemas']['Card'];
export type ThreeDsResult = components['schemas']['ThreeDsResult'];
export type Order = components['schemas']['Order'];
export type Discount = components['schemas']['Discount'];
export type Shipment = components['schemas']['Shipment'];
export type ItemLine = components['schemas']['ItemLine'];
export type Address = components['schemas']['Address'];
export type ShippingAddress = components['schemas']['ShippingAddress'];
export type Customer = components['schemas']['Customer'];
export type CustomerAccount = components['schemas']['CustomerAccount'];
export type PaymentThreeDsAuthenticationOptions = components['schemas']['PaymentThreeDsAuthenticationOptions'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookHeader = components['schemas']['WebhookHeader'];
export type EligibleSolution = components['schemas']['EligibleSolution'];
export type Widget = components['schemas']['Widget'];
export type Link = components['schemas']['Link'];
export type ClientSessionLinks = components['schemas']['ClientSessionLinks'];
export type PaymentLinks = components['schemas']['PaymentLinks'];
export type JsonWebKey = components['schemas']['JsonWebKey'];
export type RedirectionClaims = components['schemas']['RedirectionClaims'];
export type JsonWebKeySet = components['schemas']['JsonWebKeySet'];
export type ProblemType = components['schemas']['ProblemType'];
export type Problem = components['schemas']['Problem'];
export type ProblemError = components['schemas']['ProblemError'];
export type MinorUnits = components['schemas']['MinorUnits'];
export type Currency = components['schemas']['Currency'];
export type CaptureMode = components['schemas']['CaptureMode'];
export type IntegrationMode = components['schemas']['IntegrationMode'];
export type ClientSessionStatus = components['schemas']['ClientSessionStatus'];
export type AuthorizationStatus = components['schemas']['AuthorizationStatus'];
export type OperationStatus = components['schemas']['OperationStatus'];
export type OverviewStatus = components['schemas']['OverviewStatus'];
export type Gender = components['schemas']['Gender'];
export type CustomerType = components['schemas']['CustomerType'];
export type DeliveryType = components['schemas']['DeliveryType'];
export type DeliveryQuickness = components['schemas']['DeliveryQuickness'];
export type ItemLineType = components['schemas']['ItemLineType'];
export type AuthenticationMethod = components['schemas']['AuthenticationMethod'];
export type AccountAgeIndicator = components['schemas']['AccountAgeIndicator'];
export type AccountChangeIndicator = components['schemas']['AccountChangeIndicator'];
export type ChallengeIndicator = components['schemas']['ChallengeIndicator'];
export type ThreeDsFlow = components['schemas']['ThreeDsFlow'];
export type AuthenticationStatus = components['schemas']['AuthenticationStatus'];
export type TriggeredBy = components['schemas']['TriggeredBy'];
export type LinkMethod = components['schemas']['LinkMethod'];
export type CardNetwork = components['schemas']['CardNetwork'];
export type WebhookEventType = components['schemas']['WebhookEventType'];
export type ResponseBadRequest = components['responses']['BadRequest'];
export type ResponseUnauthorized = components['responses']['Unauthorized'];
export type ResponseForbidden = components['responses']['Forbidden'];
export type ResponseNotFound = components['responses']['NotFound'];
export type ResponseIdempotencyConflict = components['responses']['IdempotencyConflict'];
export type ResponseInternalServerError = components['responses']['InternalServerError'];
export type ResponseBadGateway = components['responses']['BadGateway'];
export type ResponseGatewayTimeout = components['responses']['GatewayTimeout'];
export type ParameterClientSessionId = components['parameters']['ClientSessionId'];
export type ParameterPaymentId = components['parameters']['PaymentId'];
export type ParameterIdempotencyKey = components['parameters']['IdempotencyKey'];
export type ParameterCacheControl = components['parameters']['CacheControl'];
export type $defs = Record<string, never>;
export interface operations {
    createAccessToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The grant. */
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description The access token. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessToken"];
                };
            };
            /** @description The request is malformed or the grant is not supported. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenProblem"];
                };
            };
            /** @description The client id or secret is wrong. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenProblem"];
                };
            };
            /** @description There is no such client. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenProblem"];
                };
            };
        };
    };
    createClientSession: {
        parameters: {
            query?: never;
            header?: {
                /** @description Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The session to open. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateClientSessionRequest"];
            };
        };
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientSession"];
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
                /** @description Id of the client session; a UUID in samples. */
                id: components["parameters"]["ClientSessionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientSession"];
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
                /** @description Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the client session; a UUID in samples. */
                id: components["parameters"]["ClientSessionId"];
            };
            cookie?: never;
        };
        /** @description The status to give to the session. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["AbortClientSessionRequest"];
            };
        };
        responses: {
            /** @description The aborted session. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClientSession"];
                };
            };
            /** @description The session cannot be aborted in its present status, or the request is malformed. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
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
                /** @description Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The payment to make. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreatePaymentRequest"];
            };
        };
        responses: {
            /** @description The payment, authorised or not. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
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
                /** @description With a `max-age` directive Purse answers from its own data and does not ask the partners. */
                "Cache-Control"?: components["parameters"]["CacheControl"];
            };
            path: {
                /** @description Id of the payment; a UUID in samples. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The payment. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
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
                /** @description Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the payment; a UUID in samples. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        /** @description The operation to carry out. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperationRequest"];
            };
        };
        responses: {
            /** @description The whole payment after the operation was taken up; look at the operation's status. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
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
                /** @description Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the payment; a UUID in samples. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        /** @description The operation to carry out. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperationRequest"];
            };
        };
        responses: {
            /** @description The whole payment after the operation was taken up; look at the operation's status. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
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
                /** @description Unique key of the operation, chosen by the merchant; a UUID is advised. Send the same one again after a timeout. */
                "x-idempotency-key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                /** @description Id of the payment; a UUID in samples. */
                id: components["parameters"]["PaymentId"];
            };
            cookie?: never;
        };
        /** @description The operation to carry out. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["OperationRequest"];
            };
        };
        responses: {
            /** @description The whole payment after the operation was taken up; look at the operation's status. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"];
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
    getSigningJwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JsonWebKeySet"];
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
        /** @description The payment as it stands now. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["Payment"];
            };
        };
        responses: {
            /** @description Taken note of. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
