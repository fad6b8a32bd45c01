/**
 * Numbers as EventBridge compares them: decimal, to six places, between -5,000,000,000 and 5,000,000,000. Here they are whole
 * numbers of millionths, which JavaScript holds exactly.
 * Source: EventBridge User Guide, Comparison operators (numeric matching); github.com/aws/event-ruler, ComparableNumber.
 */
const most = 5_000_000_000_000_000;

/** undefined for what is out of that range, or more precise. `text` is a JSON number. */
export function millionths(text: string): number | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign, whole, fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "").replace(/0+$/, "");
  if (digits === "") return 0;
  // How many places of the digits stand after the point, once trailing zeros are gone.
  const trailing = (whole + fraction).length - (whole + fraction).replace(/0+$/, "").length;
  const places = fraction.length - trailing - Number(exponent);
  if (places > 6 || !(digits.length - places <= 10)) return undefined;
  const value = Number(digits) * 10 ** (6 - places);
  return value > most ? undefined : sign === "-" ? -value : value;
}
