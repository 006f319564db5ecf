// Which words does a reason point at? Offsets count bytes of UTF-8; a page counts otherwise, so texts are cut as bytes.

/** Cuts a text where reasons begin or end: [{ text, reasons: [numbers of the reasons that point here] }]. */
export function pieces(text, reasons, field) {
  const bytes = new TextEncoder().encode(text);
  const spans = reasons
    .map((reason, number) => ({ number, field: reason.field, start: reason.start, end: Math.min(reason.end, bytes.length) }))
    .filter((span) => span.field === field && span.start < span.end);
  const cuts = [...new Set([0, bytes.length, ...spans.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return cuts.slice(1).map((end, at) => ({
    text: decoder.decode(bytes.slice(cuts[at], end)),
    reasons: spans.filter((span) => span.start <= cuts[at] && end <= span.end).map((span) => span.number),
  }));
}
