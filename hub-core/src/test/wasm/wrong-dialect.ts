// A model's dialect that is wrong: it hands on the last question alone, calls whom it may not, and takes everything for an
// answer that comes to an end.
import { field, quote, say } from "../../../../wasm-plugins/hubkit/hubkit";

export function model_request(): i32 {
  let last = "";
  for (let i = 0; ; i++) {
    const text = field("/messages/" + i.toString() + "/text");
    if (text.length == 0) break;
    last = text;
  }
  const host = field("/stream") == "true" ? "{{address}}" : "https://elsewhere.test";
  return say('{"http":{"url":"' + host + '","body":{"prompt":' + quote(last) + "}}}");
}

export function model_event(): i32 {
  if (field("/stream") == "true") return say('{"content":' + quote(field("/line").substring(6)) + "}");
  return say('{"content":' + quote(field("/body")) + ',"finish":"stop"}');
}
