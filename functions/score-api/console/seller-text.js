// How is a seller's text shown so that nothing in it hides? As text always; and what cannot be seen becomes a visible token.
// The same rules as in the report page of a job.

/** Combining marks on one letter that are shown; Vietnamese needs two, Hebrew with points and cantillation three. */
const MARKS_MAX = 4;

/** Arabic and Indic letters, and the symbols of which joined emoji are made, need joiners between them. */
const NEEDS_JOINERS = /[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe0f\ufe70-\ufefc\u2600-\u27bf\u{1f000}-\u{1faff}]/u;
const MARK = /\p{M}/u;

const UNSEEN = [
  [/[\u00ad]/u, "soft hyphen"],
  [/[\u200b]/u, "zero width space"],
  [/[\u200c]/u, "zero width non-joiner"],
  [/[\u200d]/u, "zero width joiner"],
  [/[\u200e\u200f\u061c]/u, "direction mark"],
  [/[\u202a-\u202e\u2066-\u2069]/u, "direction control"],
  [/[\u2028\u2029]/u, "line separator"],
  [/[\u2060]/u, "word joiner"],
  [/[\ufeff]/u, "byte order mark"],
  [/[\u115f\u1160\u3164\uffa0]/u, "Hangul filler"],
  [/[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u, "variation selector"],
  [/[\u{e0001}\u{e0020}-\u{e007f}]/u, "tag character"],
  [/[\u034f\u180b-\u180f\u2061-\u2065\u206a-\u206f\u2800\u17b4\u17b5\ufff9-\ufffb\u{1d173}-\u{1d17a}]/u, "invisible character"],
  [/\p{Co}/u, "private use"],
  [/\p{Noncharacter_Code_Point}/u, "not a character"],
  [/[\p{Cc}\p{Cs}]/u, "control character"],
];

/** One look tells for most texts that there is nothing to do. */
const SUSPICIOUS =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{M}\p{Noncharacter_Code_Point}\u2028\u2029\u115f\u1160\u3164\uffa0\u2800\u{e0000}-\u{e0fff}]/u;

/** Cuts a text into runs `{ start, end, shown, name }`: `name` says what a token stands for, and is empty for plain text. */
export function runs(text) {
  if (!SUSPICIOUS.test(text)) return text ? [{ start: 0, end: text.length, shown: text, name: "" }] : [];
  const found = [];
  let plain = 0;
  const flush = (index) => {
    if (plain < index) found.push({ start: plain, end: index, shown: text.slice(plain, index), name: "" });
  };
  const token = (start, end, shown, name) => {
    flush(start);
    found.push({ start, end, shown, name });
    plain = end;
  };
  const characters = Array.from(text);
  let [index, marks] = [0, 0];
  characters.forEach((character, n) => {
    const end = index + character.length;
    marks = MARK.test(character) ? marks + 1 : 0;
    const name = marks > MARKS_MAX ? "piled-up combining mark" : unseen(character, characters[n - 1] ?? "", characters[n + 1] ?? "");
    const last = found.at(-1);
    if (marks > MARKS_MAX && last?.name === "piled-up combining marks" && last.end === index) {
      last.count += 1;
      last.shown = `\u27e8+${last.count} marks\u27e9`;
      last.end = plain = end;
    } else if (marks > MARKS_MAX) {
      token(index, end, "\u27e8+1 marks\u27e9", "piled-up combining marks");
      found.at(-1).count = 1;
    } else if (character === "\r" && characters[n + 1] === "\n") {
      flush(index); // half of a line end
      plain = end;
    } else if (name) {
      token(index, end, `\u27e8U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}\u27e9`, name);
    }
    index = end;
  });
  flush(text.length);
  return found;
}

/** The part of the runs between two places. */
export function between(all, start, end) {
  const inside = all.filter((run) => run.start < end && start < run.end);
  return inside.map((run) => {
    if (run.name) return run;
    const [from, to] = [Math.max(run.start, start), Math.min(run.end, end)];
    return { ...run, start: from, end: to, shown: run.shown.slice(from - run.start, to - run.start) };
  });
}

/** The language for the choice of glyphs and of a reading voice, as far as the script tells. */
export function language(text) {
  if (/[\u3041-\u30ff]/.test(text)) return "ja";
  if (/[\uac00-\ud7a3]/.test(text)) return "ko";
  return /[\u3400-\u9fff]/.test(text) ? "zh" : undefined;
}

/** Text as it can be put into one line of plain text: unseen characters are left out. */
export const plain = (text) => runs(text ?? "").map((run) => (run.name ? "" : run.shown)).join("");

function unseen(character, before, after) {
  if (character === "\n" || character === "\t") return "";
  if (/[\u200c\u200d]/.test(character) && NEEDS_JOINERS.test(before) && NEEDS_JOINERS.test(after)) return "";
  if (/[\ufe0e\ufe0f]/.test(character) && before && !/\p{Alphabetic}/u.test(before)) return "";
  return UNSEEN.find(([pattern]) => pattern.test(character))?.[1] ?? "";
}
