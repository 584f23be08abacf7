export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly origin: string;
  readonly description: string;
  /** Minor units of the shop's currency. */
  readonly price: number;
  /** Colour of the leaf in its picture. */
  readonly leaf: string;
  readonly cup: string;
}

export const currency = "EUR";

export const products: readonly Product[] = [
  {
    sku: "sencha",
    name: "Sencha",
    origin: "Uji, Japan",
    description: "Steamed green tea of the first harvest. Fresh and grassy, a little sweet. 100 g.",
    price: 1450,
    leaf: "#4f7942",
    cup: "#c9d8a4",
  },
  {
    sku: "darjeeling",
    name: "Darjeeling",
    origin: "Darjeeling, India",
    description: "Second flush black tea with a note of muscat grapes. Good until the third cup. 100 g.",
    price: 1290,
    leaf: "#7a4a2b",
    cup: "#d9a05b",
  },
  {
    sku: "oolong",
    name: "Oolong",
    origin: "Nantou, Taiwan",
    description: "Half oxidized, rolled by hand. Smells of orchids and warm butter. 75 g.",
    price: 2100,
    leaf: "#2f6f62",
    cup: "#e3c77b",
  },
  {
    sku: "rooibos",
    name: "Rooibos",
    origin: "Cederberg, South Africa",
    description: "No caffeine, so a tea for the evening. Vanilla and dry wood. 250 g.",
    price: 890,
    leaf: "#9c3f24",
    cup: "#d4713d",
  },
];

export function findProduct(sku: string): Product | undefined {
  return products.find((product) => product.sku === sku);
}
