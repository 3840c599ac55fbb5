// Scores how much a message looks like spam, by what the same author wrote in the last minute, and stops it above a bound.
import { block, hold, log, pass, recent, setting, tag, text } from "../hubkit/hubkit";

/** So much of a text says whether it is like another. */
const MOST = 500;

/** How alike two texts are, in percent: the share of pairs of letters that both have. */
function alike(one: string, other: string): i32 {
  if (one == other) return 100;
  if (one.length < 2 || other.length < 2) return 0;
  let same = 0;
  for (let i = 0; i + 1 < one.length; i++) {
    if (other.includes(one.substring(i, i + 2))) same++;
  }
  return (same * 100) / (one.length - 1);
}

/** How many times the commonest letter stands in a row. */
function longestRun(words: string): i32 {
  let longest = 0;
  let run = 0;
  for (let i = 0; i < words.length; i++) {
    run = i > 0 && words.charCodeAt(i) == words.charCodeAt(i - 1) ? run + 1 : 1;
    if (run > longest) longest = run;
  }
  return longest;
}

export function on_message(): i32 {
  const words = text().substring(0, MOST);
  const before = recent();
  let score = before.length * 5;
  for (let i = 0; i < before.length; i++) {
    if (alike(words, before[i].substring(0, MOST)) >= 80) score += 20;
  }
  if (longestRun(words) >= 10) score += 20;
  if (words.includes("http://") || words.includes("https://")) score += 15;
  const bound = I32.parseInt(setting("most"));
  if (score < bound) return pass();
  tag("spam:" + score.toString());
  log("score " + score.toString());
  const reason = "looks like spam: " + score.toString() + " points";
  return setting("action") == "block" ? block(reason) : hold(reason);
}
