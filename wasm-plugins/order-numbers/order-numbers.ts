// Finds order numbers, so that an agent sees at once which order a customer means.
import { lines, pass, tag, text } from "../hubkit/hubkit";

const MOST = 5;

function isSign(c: i32): bool {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || c == 45;
}

/** Whether a word looks like a pattern, in which # is a digit and @ a letter. */
function fits(word: string, pattern: string): bool {
  if (word.length != pattern.length) return false;
  for (let i = 0; i < word.length; i++) {
    const c = word.charCodeAt(i);
    const p = pattern.charCodeAt(i);
    if (p == 35 ? c < 48 || c > 57 : p == 64 ? c < 65 || c > 90 : c != p) return false;
  }
  return true;
}

export function on_message(): i32 {
  const patterns = lines("patterns");
  const words = text().toUpperCase();
  const found: string[] = [];
  for (let i = 0; i < words.length && found.length < MOST; ) {
    if (!isSign(words.charCodeAt(i))) {
      i++;
      continue;
    }
    const from = i;
    while (i < words.length && isSign(words.charCodeAt(i))) i++;
    const word = words.substring(from, i);
    for (let p = 0; p < patterns.length; p++) {
      if (fits(word, patterns[p].toUpperCase()) && !found.includes(word)) found.push(word);
    }
  }
  for (let i = 0; i < found.length; i++) tag("order:" + found[i]);
  return pass();
}
