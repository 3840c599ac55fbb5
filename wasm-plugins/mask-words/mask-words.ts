// Stars out listed words. Reads the JSON of its input itself, which makes it what engines are compared by; see bench/wasm.
import { input, lines, pass, rewrite, tag } from "../hubkit/hubkit";

/** Finds the text of the message in the envelope, and undoes what JSON does to a text. */
function messageText(json: string): string {
  const message = json.indexOf('"message":{');
  const mark = '"text":"';
  const at = json.indexOf(mark, message < 0 ? 0 : message);
  if (at < 0) return "";
  const pieces: string[] = [];
  let from = at + mark.length;
  let i = from;
  for (; i < json.length; i++) {
    const c = json.charCodeAt(i);
    if (c == 34) break;
    if (c != 92) continue;
    pieces.push(json.substring(from, i));
    const escaped = json.charCodeAt(++i);
    if (escaped == 110) pieces.push("\n");
    else if (escaped == 116) pieces.push("\t");
    else if (escaped == 114) pieces.push("\r");
    else if (escaped == 117) {
      pieces.push(String.fromCharCode(<i32>parseInt(json.substring(i + 1, i + 5), 16)));
      i += 4;
    } else pieces.push(String.fromCharCode(escaped));
    from = i + 1;
  }
  pieces.push(json.substring(from, i));
  return pieces.join("");
}

export function on_message(): i32 {
  const before = messageText(input());
  const words = lines("words");
  let after = before;
  for (let i = 0; i < words.length; i++) {
    if (after.includes(words[i])) after = after.replaceAll(words[i], "*".repeat(words[i].length));
  }
  if (after == before) return pass();
  tag("masked");
  return rewrite(after);
}
