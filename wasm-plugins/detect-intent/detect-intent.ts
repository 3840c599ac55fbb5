// Puts a label on what customers want, by words that an admin lists: one line for each label, "refund: 退款, money back".
import { lines, pass, tag, text } from "../hubkit/hubkit";

export function on_message(): i32 {
  const words = text().toLowerCase();
  const rules = lines("intents");
  for (let i = 0; i < rules.length; i++) {
    const colon = rules[i].indexOf(":");
    if (colon <= 0) continue;
    const wanted = rules[i].substring(colon + 1).split(",");
    for (let j = 0; j < wanted.length; j++) {
      const word = wanted[j].trim().toLowerCase();
      if (word.length > 0 && words.includes(word)) {
        tag("intent:" + rules[i].substring(0, colon).trim());
        break;
      }
    }
  }
  return pass();
}
