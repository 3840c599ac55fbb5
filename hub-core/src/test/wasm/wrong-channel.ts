// A channel that is wrong: it runs into what is no message, cuts long replies, and says that all arrived.
import { field, quote, say } from "../../../../wasm-plugins/hubkit/hubkit";

export function channel_receive(): i32 {
  const body = field("/body");
  if (!body.startsWith('{"id":"')) unreachable();
  return say('{"messages":[{"id":' + quote(body) + ',"from":{"id":"somebody"},"text":"hello"}]}');
}

export function channel_deliver(): i32 {
  if (field("/response/status").length > 0) return say('{"done":"1"}');
  return say('{"http":{"url":"{{address}}","body":{"text":' + quote(field("/text").substring(0, 10)) + "}}}");
}
