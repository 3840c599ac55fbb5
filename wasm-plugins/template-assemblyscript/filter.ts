// Your filter: one function, asked about every message.
import { hold, pass, rewrite, setting, tag, text } from "./hubkit";

export function on_message(): i32 {
  const words = text();
  if (words.includes("ping")) return rewrite("pong");
  if (words.includes(setting("word"))) return hold("it says " + setting("word"));
  if (words.endsWith("?")) tag("question");
  return pass();
}
