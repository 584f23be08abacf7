// Written by `npm run generate` from openapi/purse-payment-api-v2.yaml. Do not edit.

/** The query parameter that a signed token comes in. */
export const redirectionParameter = "purse-redirection-data";
