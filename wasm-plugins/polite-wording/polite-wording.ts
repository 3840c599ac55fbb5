// Puts rude words of agents and bots into polite ones, by a list that an admin keeps: "no idea => let me find out".
import { lines, pass, rewrite, tag, text } from "../hubkit/hubkit";

/** Replaces every place of a word, whatever the case of its letters. */
function replaced(words: string, rude: string, polite: string): string {
  const small = words.toLowerCase();
  const wanted = rude.toLowerCase();
  const pieces: string[] = [];
  let from = 0;
  for (let at = small.indexOf(wanted); at >= 0; at = small.indexOf(wanted, from)) {
    pieces.push(words.substring(from, at));
    pieces.push(polite);
    from = at + wanted.length;
  }
  pieces.push(words.substring(from));
  return pieces.join("");
}

export function on_message(): i32 {
  const rules = lines("words");
  const before = text();
  let after = before;
  for (let i = 0; i < rules.length; i++) {
    const arrow = rules[i].indexOf("=>");
    if (arrow <= 0) continue;
    after = replaced(after, rules[i].substring(0, arrow).trim(), rules[i].substring(arrow + 2).trim());
  }
  if (after == before) return pass();
  tag("reworded");
  return rewrite(after);
}
