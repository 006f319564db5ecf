// Which letters does a reason mean? Its offsets count bytes of UTF-8, a page counts in UTF-16; and reasons overlap.

/** Cuts a text wherever one of the spans begins or ends.
 *  `spans` are `{ start, end, reason }` in bytes, in any order. Gives `[{ start, end, reasons }]` in UTF-16, without gaps. */
export function segments(text, spans) {
  const real = spans.filter((span) => span.start < span.end);
  const at = places(text, real.flatMap((span) => [span.start, span.end]));
  const placed = real.map(({ start, end, reason }) => ({ start: at.get(start), end: behindMarks(text, at.get(end)), reason }));
  const cuts = [...new Set([0, text.length, ...placed.flatMap((span) => [span.start, span.end])])].sort((a, b) => a - b);
  const found = [];
  for (let n = 1; n < cuts.length; n += 1) {
    const [start, end] = [cuts[n - 1], cuts[n]];
    const over = placed.filter((span) => span.start <= start && end <= span.end).map((span) => span.reason);
    found.push({ start, end, reasons: [...new Set(over)] });
  }
  return found;
}

/** The UTF-16 index of each byte offset. One inside a character stands for its beginning, one behind the text for its end. */
function places(text, offsets) {
  const sorted = [...new Set(offsets)].sort((a, b) => a - b);
  const found = new Map();
  let [bytes, index, next] = [0, 0, 0];
  for (const character of text) {
    bytes += utf8Length(character.codePointAt(0));
    while (next < sorted.length && sorted[next] < bytes) found.set(sorted[next++], index);
    index += character.length;
  }
  while (next < sorted.length) found.set(sorted[next++], text.length);
  return found;
}

const utf8Length = (code) => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/** Marks over the last letter belong to it. */
function behindMarks(text, index) {
  const marks = /\p{M}*/uy;
  marks.lastIndex = index;
  return index + marks.exec(text)[0].length;
}
