// Hides the middle of phone numbers, so that neither models nor agents see more than they need.
import { lines, log, pass, rewrite, tag, text } from "../hubkit/hubkit";

const MAINLAND = 11;
const LEAST = 9;
const MOST = 15;

function isDigit(c: i32): bool {
  return c >= 48 && c <= 57;
}

// Between the digits of one number people write blanks, hyphens, dots and brackets.
function isBetween(c: i32): bool {
  return c == 32 || c == 45 || c == 46 || c == 40 || c == 41;
}

/** Whether digits are a phone number: one of mainland China, or one that is written with its country's code. */
function isPhone(digits: string, plus: bool): bool {
  if (plus) return digits.length >= LEAST && digits.length <= MOST;
  return digits.length == MAINLAND && digits.charCodeAt(0) == 49 && digits.charCodeAt(1) >= 51;
}

/** The same with all but the first three and the last four digits hidden. */
function masked(written: string, digits: i32): string {
  let seen = 0;
  let result = "";
  for (let i = 0; i < written.length; i++) {
    const c = written.charCodeAt(i);
    if (isDigit(c)) seen++;
    result += isDigit(c) && seen > 3 && seen <= digits - 4 ? "*" : written.charAt(i);
  }
  return result;
}

export function on_message(): i32 {
  const words = text();
  const spared = lines("numbers");
  const pieces: string[] = [];
  let kept = 0;
  let found = 0;
  let i = 0;
  while (i < words.length) {
    const c = words.charCodeAt(i);
    const plus = c == 43 && i + 1 < words.length && isDigit(words.charCodeAt(i + 1));
    if (!plus && !isDigit(c)) {
      i++;
      continue;
    }
    const from = i;
    let digits = "";
    let end = i;
    for (i = plus ? i + 1 : i; i < words.length; i++) {
      const d = words.charCodeAt(i);
      if (isDigit(d)) {
        // Longer than any number of a phone, it only has to be got past.
        if (digits.length <= MOST) digits += words.charAt(i);
        end = i + 1;
      } else if (!isBetween(d) || i - end >= 2) break;
    }
    i = end;
    if (!isPhone(digits, plus) || spared.includes(digits)) continue;
    found++;
    pieces.push(words.substring(kept, from));
    pieces.push(masked(words.substring(from, end), digits.length));
    kept = end;
  }
  if (found == 0) return pass();
  pieces.push(words.substring(kept));
  tag("phone");
  log(found.toString() + " numbers hidden");
  return rewrite(pieces.join(""));
}
