import type { TestCardName } from "../partners/test-cards.js";

/** Texts of the payment page and the widget. */
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
  readonly testCardsHint: string;
  readonly faultsTitle: string;
  readonly unknownCard: string;
  readonly cardAgain: string;
  readonly wrongExpiry: string;
  readonly wrongSecurityCode: string;
  readonly wrongGiftCardAmount: string;
  readonly pay: string;
  readonly refuse: string;
  readonly cancel: string;
  readonly simulator: string;
  readonly notReal: string;
  readonly cards: Readonly<Record<TestCardName, string>>;
  readonly linkExpired: string;
  readonly linkExpiredText: string;
  readonly unknownPage: string;
  readonly unknownPageText: string;
  readonly badReturnUrl: string;
  readonly badReturnUrlText: string;
  readonly sessionExpired: string;
  readonly sessionClosed: string;
  readonly refreshSession: string;
  readonly refreshFailed: string;
  readonly paying: string;
  readonly unreachable: string;
  readonly paymentPageInstead: string;
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
  giftCard: "Pay part with a gift card",
  giftCardAmount: "Gift card amount",
  giftCardHint: "The card pays the rest.",
  testCards: "Test cards",
  testCardsHint: "Choose one to fill it in.",
  faultsTitle: "Check the highlighted fields.",
  unknownCard: "Only the test cards below work here. Never enter a real card number.",
  cardAgain: "Enter the card number again, or choose a test card below.",
  wrongExpiry: "Enter an expiry date in the future, as MM/YY.",
  wrongSecurityCode: "Enter three or four digits.",
  wrongGiftCardAmount: "Enter an amount up to the total to pay.",
  pay: "Pay",
  refuse: "Simulate a decline",
  cancel: "Cancel",
  simulator: "Simulator",
  notReal: "This is a simulation. No money moves.",
  cards: {
    approved: "approved",
    approvedMastercard: "approved",
    approvedAmericanExpress: "approved",
    approvedAfterChallenge: "approved after a challenge",
    refused: "refused",
    refusedInsufficientFunds: "refused: insufficient funds",
    refusedExpired: "refused: card expired",
    error: "error",
    pendingThenApproved: "pending, then approved",
    pendingThenRefused: "pending, then refused",
    undecided: "pending until you decide",
  },
  linkExpired: "This link is no longer valid",
  linkExpiredText: "Ask the shop for a new link.",
  unknownPage: "Payment not found",
  unknownPageText: "The address is wrong, or the simulator was restarted and lost the payment.",
  badReturnUrl: "Cannot return to the shop",
  badReturnUrlText: "The return address (shopper_redirection_url) must begin with http:// or https://.",
  sessionExpired: "The session has expired.",
  sessionClosed: "This session can no longer be paid.",
  refreshSession: "Refresh session",
  refreshFailed: "The session could not be refreshed. Try again.",
  paying: "Paying …",
  unreachable: "The payment service cannot be reached. Nothing was paid. Try again.",
  paymentPageInstead: "Pay on the payment page instead",
};

const french: HostedPageTexts = {
  language: "fr",
  title: "Paiement",
  order: "Commande",
  total: "À payer",
  cardNumber: "Numéro de carte",
  expiry: "Expiration",
  expiryHint: "MM/AA",
  securityCode: "Cryptogramme",
  holderName: "Nom sur la carte",
  giftCard: "Payer une partie avec une carte cadeau",
  giftCardAmount: "Montant de la carte cadeau",
  giftCardHint: "La carte bancaire paie le reste.",
  testCards: "Cartes de test",
  testCardsHint: "Choisissez-en une pour la saisir.",
  faultsTitle: "Vérifiez les champs signalés.",
  unknownCard: "Seules les cartes de test ci-dessous fonctionnent ici. Ne saisissez jamais une vraie carte.",
  cardAgain: "Saisissez à nouveau le numéro de carte, ou choisissez une carte de test ci-dessous.",
  wrongExpiry: "Saisissez une date d’expiration à venir, au format MM/AA.",
  wrongSecurityCode: "Saisissez trois ou quatre chiffres.",
  wrongGiftCardAmount: "Saisissez un montant qui ne dépasse pas la somme à payer.",
  pay: "Payer",
  refuse: "Simuler un refus",
  cancel: "Annuler",
  simulator: "Simulateur",
  notReal: "Ceci est une simulation. Aucun argent n’est débité.",
  cards: {
    approved: "acceptée",
    approvedMastercard: "acceptée",
    approvedAmericanExpress: "acceptée",
    approvedAfterChallenge: "acceptée après vérification",
    refused: "refusée",
    refusedInsufficientFunds: "refusée : provision insuffisante",
    refusedExpired: "refusée : carte expirée",
    error: "erreur",
    pendingThenApproved: "en attente, puis acceptée",
    pendingThenRefused: "en attente, puis refusée",
    undecided: "en attente de votre décision",
  },
  linkExpired: "Ce lien n’est plus valable",
  linkExpiredText: "Demandez un nouveau lien à la boutique.",
  unknownPage: "Paiement introuvable",
  unknownPageText: "L’adresse est fausse, ou le simulateur a redémarré et a perdu le paiement.",
  badReturnUrl: "Retour à la boutique impossible",
  badReturnUrlText: "L’adresse de retour (shopper_redirection_url) doit commencer par http:// ou https://.",
  sessionExpired: "La session a expiré.",
  sessionClosed: "Cette session ne peut plus être payée.",
  refreshSession: "Rafraîchir la session",
  refreshFailed: "La session n’a pas pu être rafraîchie. Veuillez réessayer.",
  paying: "Paiement en cours …",
  unreachable: "Le service de paiement est injoignable. Rien n’a été payé. Veuillez réessayer.",
  paymentPageInstead: "Payer plutôt sur la page de paiement",
};

/** By the shopper's locale (BCP 47, or with an underscore as the vendor also writes it), otherwise by the browser's. */
export function chooseTexts(locale: string | undefined, acceptLanguage: string | null): HostedPageTexts {
  return /^fr(?:[-_,;]|$)/i.test(locale ?? acceptLanguage ?? "") ? french : english;
}
