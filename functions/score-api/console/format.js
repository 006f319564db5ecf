// How are numbers, times and names written for people?

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const TIME = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });
const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const COUNT = new Intl.NumberFormat("en");
const DOLLARS = new Intl.NumberFormat("en", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const CENTS = new Intl.NumberFormat("en", { style: "currency", currency: "USD" });
const AMOUNT = new Intl.NumberFormat("en", { minimumFractionDigits: 0, maximumFractionDigits: 4 });

export const BANDS = { red_flag: "red flag", review: "review", clear: "clear" };

export const risk = (value) => value.toFixed(1);

/** Log odds and points, which have three decimals. */
export const signed = (value) => `${value < 0 ? "\u2212" : "+"}${Math.abs(value).toFixed(3)}`;

export const count = (value) => COUNT.format(value);

/** "1 row", "2 rows". */
export const counted = (value, one, many = `${one}s`) => `${count(value)} ${value === 1 ? one : many}`;

/** Expected harm, in US dollars. */
export const harm = (value) => (value < 100 ? CENTS : DOLLARS).format(value);

/** As the seller wrote it, easier to read: 1,380 USD. */
export function price(amount, currency) {
  if (amount == null) return "";
  const number = Number(amount);
  const text = Number.isFinite(number) && number < 1e12 ? AMOUNT.format(number) : amount;
  return currency ? `${text} ${currency}` : text;
}

const written = (format, text) => {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : format.format(time);
};
export const date = (text) => written(DATE, text);
export const time = (text) => written(TIME, text);
export const clock = (text) => written(CLOCK, text);

export function bytes(value) {
  const units = ["bytes", "kB", "MB", "GB"];
  const step = Math.min(Math.floor(Math.log10(Math.max(value, 1)) / 3), units.length - 1);
  return `${AMOUNT.format(Number((value / 1000 ** step).toPrecision(3)))} ${units[step]}`;
}

/** The address if a browser may follow it; nothing for `javascript:` and the like. */
export function webAddress(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && ["http:", "https:"].includes(url.protocol) ? url.href : null;
}

/** The file's own name in the key of an upload. */
export const fileName = (key) => key.slice(key.lastIndexOf("/") + 1);
