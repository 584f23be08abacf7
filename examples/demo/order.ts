import type { CreateClientSessionParams } from "purse-payments";

/** The example order of the vendor's documentation: two shirts to Porto, 120.00 EUR. */
export function exampleOrder(reference: string): CreateClientSessionParams["order"] {
  return {
    reference,
    net_amount: 12000,
    tax_amount: 2000,
    billing_address: {
      gender: "FEMALE",
      first_name: "Emily",
      last_name: "PARKER",
      address_lines: ["NextNow", "67 Rue de Luxembourg"],
      city: "Lille",
      postal_code: "59777",
      country_code: "FR",
    },
    shipments: [
      {
        net_amount: 12000,
        delivery_type: "EXTERNAL_PICKUP",
        delivery_quickness: "REGULAR",
        delivery_method_reference: "#1123-pickup",
        shipping_address: {
          first_name: "Rodriguez",
          last_name: "DESANTONS",
          address_lines: ["Av. de la roja 1676"],
          city: "Porto",
          postal_code: "22000",
          country_code: "PT",
        },
        item_lines: [
          {
            type: "PHYSICAL",
            sku_reference: "2600218",
            name: "Camiseta100 niño GYM",
            brand: "Quivio",
            unit_gross_price: 5000,
            net_amount: 12000,
            quantity: 2,
            tax_amount: 2000,
            tax_rate: 20,
          },
        ],
      },
    ],
  };
}
