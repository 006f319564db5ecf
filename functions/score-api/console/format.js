// How are numbers, times and addresses shown?

export const risk = (value) => value.toFixed(1);
export const points = (value) => `${value < 0 ? "\u2212" : "+"}${Math.abs(value).toFixed(3)}`;
export const signed = (value) => `${value < 0 ? "\u2212" : ""}${Math.abs(value).toFixed(3)}`;
export const dollars = (value) => `$${value.toLocaleString("en-US", { maximumFractionDigits: 0 })}`;
export const price = (item) => (item.price ? `${item.price} ${item.currency ?? ""}`.trim() : "no price");
export const bandName = { clear: "clear", review: "review", red_flag: "red flag" };
export const plural = (count, word) => `${count.toLocaleString("en-US")} ${word}${count === 1 ? "" : "s"}`;

/** "2026-11-24 10:09" in the reader's own time zone. */
export function time(text) {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text ?? "";
  const two = (number) => String(number).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** An address that may be followed: of the web, and nothing that runs. */
export function link(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}
