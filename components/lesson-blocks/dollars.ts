/** `$1,234.50` */
export const dollars = (amount: number): string => amount.toLocaleString("en-US", { style: "currency", currency: "USD", minimumFractionDigits: 2, maximumFractionDigits: 2 });
