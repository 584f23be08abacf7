import type { TestCardName } from "../partners/test-cards.js";

/** Everything the payment page and the widget say, in the languages that they speak. */
export interface HostedPageTexts {
  readonly language: string;
  readonly title: string;
  readonly order: string;
  readonly total: string;
  readonly cardNumber: string;
  readonly expiry: string;
  readonly expiryHint: string;
  readonly securityCode: string;
  readonly holderName: string;
  readonly giftCard: string;
  readonly giftCardAmount: string;
  readonly giftCardHint: string;
  readonly testCards: string;
  readonly faultsTitle: string;
  readonly unknownCard: string;
  readonly wrongExpiry: string;
  readonly wrongSecurityCode: string;
  readonly wrongGiftCardAmount: string;
  readonly pay: string;
  readonly refuse: string;
  readonly cancel: string;
  readonly simulator: string;
  readonly notReal: string;
  readonly cards: Readonly<Record<TestCardName, string>>;
  readonly linkOver: string;
  readonly linkOverText: string;
  readonly unknownPage: string;
  readonly unknownPageText: string;
  readonly noWayBack: string;
  readonly noWayBackText: string;
  readonly sessionExpired: string;
  readonly sessionOver: string;
  readonly refreshSession: string;
  readonly refreshFailed: string;
  readonly paying: string;
  readonly unreachable: string;
}

const english: HostedPageTexts = {
  language: "en",
  title: "Payment",
  order: "Order",
  total: "To pay",
  cardNumber: "Card number",
  expiry: "Expires",
  expiryHint: "MM/YY",
  securityCode: "Security code",
  holderName: "Name on the card",
  giftCard: "Pay a part with a gift card",
  giftCardAmount: "Amount of the gift card",
  giftCardHint: "The card pays the rest.",
  testCards: "Test cards",
  faultsTitle: "Please check what you entered.",
  unknownCard: "Only the test cards listed below work here. Never enter a real card number.",
  wrongExpiry: "Enter a month and year that are not over, such as 12/30.",
  wrongSecurityCode: "Enter three or four digits.",
  wrongGiftCardAmount: "Enter an amount that is not more than what there is to pay.",
  pay: "Pay",
  refuse: "Be refused",
  cancel: "Cancel",
  simulator: "Simulator",
  notReal: "No money moves here.",
  cards: {
    approved: "approved",
    approvedMastercard: "approved",
    approvedAmericanExpress: "approved",
    approvedAfterChallenge: "approved, after a challenge",
    refused: "refused",
    refusedInsufficientFunds: "refused: insufficient funds",
    refusedExpired: "refused: card expired",
    error: "ends in an error",
    pendingThenApproved: "pending, approved later",
    pendingThenRefused: "pending, refused later",
    undecided: "pending until you decide",
  },
  linkOver: "This link is no longer valid",
  linkOverText: "Ask the shop for a new link.",
  unknownPage: "There is nothing to pay here",
  unknownPageText: "The address is wrong, or the simulator was restarted and has forgotten the payment.",
  noWayBack: "This page cannot lead back to the shop",
  noWayBackText: "The address to return to (shopper_redirection_url) must begin with http:// or https://.",
  sessionExpired: "The session has expired.",
  sessionOver: "This session can no longer be paid.",
  refreshSession: "Refresh session",
  refreshFailed: "That did not work. Please try again.",
  paying: "Paying …",
  unreachable: "The payment service cannot be reached. Nothing was paid; please try again.",
};

const french: HostedPageTexts = {
  language: "fr",
  title: "Paiement",
  order: "Commande",
  total: "À payer",
  cardNumber: "Numéro de carte",
  expiry: "Expire fin",
  expiryHint: "MM/AA",
  securityCode: "Cryptogramme",
  holderName: "Nom sur la carte",
  giftCard: "Payer une partie avec une carte cadeau",
  giftCardAmount: "Montant de la carte cadeau",
  giftCardHint: "La carte bancaire paie le reste.",
  testCards: "Cartes de test",
  faultsTitle: "Vérifiez votre saisie.",
  unknownCard: "Seules les cartes de test ci-dessous fonctionnent ici. Ne saisissez jamais une vraie carte.",
  wrongExpiry: "Saisissez un mois et une année qui ne sont pas passés, par exemple 12/30.",
  wrongSecurityCode: "Saisissez trois ou quatre chiffres.",
  wrongGiftCardAmount: "Saisissez un montant qui ne dépasse pas la somme à payer.",
  pay: "Payer",
  refuse: "Être refusé",
  cancel: "Annuler",
  simulator: "Simulateur",
  notReal: "Aucun argent n’est débité ici.",
  cards: {
    approved: "acceptée",
    approvedMastercard: "acceptée",
    approvedAmericanExpress: "acceptée",
    approvedAfterChallenge: "acceptée, après vérification",
    refused: "refusée",
    refusedInsufficientFunds: "refusée : provision insuffisante",
    refusedExpired: "refusée : carte expirée",
    error: "finit en erreur",
    pendingThenApproved: "en attente, acceptée plus tard",
    pendingThenRefused: "en attente, refusée plus tard",
    undecided: "en attente de votre décision",
  },
  linkOver: "Ce lien n’est plus valable",
  linkOverText: "Demandez un nouveau lien à la boutique.",
  unknownPage: "Il n’y a rien à payer ici",
  unknownPageText: "L’adresse est fausse, ou le simulateur a redémarré et a oublié le paiement.",
  noWayBack: "Cette page ne peut pas ramener à la boutique",
  noWayBackText: "L’adresse de retour (shopper_redirection_url) doit commencer par http:// ou https://.",
  sessionExpired: "La session a expiré.",
  sessionOver: "Cette session ne peut plus être payée.",
  refreshSession: "Rafraîchir la session",
  refreshFailed: "Cela n’a pas fonctionné. Veuillez réessayer.",
  paying: "Paiement en cours …",
  unreachable: "Le service de paiement est injoignable. Rien n’a été payé ; veuillez réessayer.",
};

/** The shopper's locale decides (BCP 47, or with an underscore as the vendor also writes it), else the browser. */
export function chooseTexts(locale: string | undefined, acceptLanguage: string | null): HostedPageTexts {
  return /^fr(?:[-_,;]|$)/i.test(locale ?? acceptLanguage ?? "") ? french : english;
}
