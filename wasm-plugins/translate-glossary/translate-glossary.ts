// Translates by a list that an admin keeps, such as "退货 = return". For what a hub answers again and again, and to try a
// translator without any service.
import { field, lines, quote, say } from "../hubkit/hubkit";

function known(tag: string): bool {
  return tag.startsWith("zh") || tag.startsWith("en");
}

export function on_translate(): i32 {
  const from = field("/from");
  const to = field("/to");
  if (!known(from) || !known(to)) return say('{"unknownPair":true}');
  const toEnglish = to.startsWith("en");
  const words = lines("words");
  let json = '{"texts":[';
  for (let i = 0; ; i++) {
    let text = field("/texts/" + i.toString());
    if (text.length == 0) break;
    for (let j = 0; j < words.length; j++) {
      const at = words[j].indexOf("=");
      if (at <= 0) continue;
      const chinese = words[j].substring(0, at).trim();
      const english = words[j].substring(at + 1).trim();
      const wanted = toEnglish ? chinese : english;
      if (text.includes(wanted)) text = text.replaceAll(wanted, toEnglish ? english : chinese);
    }
    json += (i == 0 ? "" : ",") + quote(text);
  }
  return say(json + "]}");
}
