/** Everything the hosted page says, in the languages that it speaks. */
export interface HostedPageTexts {
  readonly language: string;
  readonly title: string;
  readonly order: string;
  readonly total: string;
  readonly cardNumber: string;
  readonly holderName: string;
  readonly testCards: string;
  readonly unknownCard: string;
  readonly pay: string;
  readonly refuse: string;
  readonly cancel: string;
  readonly notReal: string;
  readonly approves: string;
  readonly refuses: string;
}

const english: HostedPageTexts = {
  language: "en",
  title: "Payment",
  order: "Order",
  total: "To pay",
  cardNumber: "Card number",
  holderName: "Name on the card",
  testCards: "Test cards",
  unknownCard: "Only the test cards listed below work here. Never enter a real card number.",
  pay: "Pay",
  refuse: "Be refused",
  cancel: "Cancel",
  notReal: "Simulator: no money moves.",
  approves: "approved",
  refuses: "refused",
};

const french: HostedPageTexts = {
  language: "fr",
  title: "Paiement",
  order: "Commande",
  total: "À payer",
  cardNumber: "Numéro de carte",
  holderName: "Nom sur la carte",
  testCards: "Cartes de test",
  unknownCard: "Seules les cartes de test ci-dessous fonctionnent ici. Ne saisissez jamais une vraie carte.",
  pay: "Payer",
  refuse: "Être refusé",
  cancel: "Annuler",
  notReal: "Simulateur : aucun argent n’est débité.",
  approves: "acceptée",
  refuses: "refusée",
};

/** The shopper's locale decides (BCP 47, or with an underscore as the vendor also writes it), else the browser. */
export function chooseTexts(locale: string | undefined, acceptLanguage: string | null): HostedPageTexts {
  return /^fr(?:[-_,;]|$)/i.test(locale ?? acceptLanguage ?? "") ? french : english;
}
