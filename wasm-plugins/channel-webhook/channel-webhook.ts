// A channel for any system that can call a web address: it posts what customers write, and gets replies posted back. The
// hub checks the signature of each call before the module sees it.
import { field, quote, say } from "../hubkit/hubkit";

export function channel_receive(): i32 {
  const body = field("/body");
  if (value(body, "id").length == 0 || value(body, "customer").length == 0) {
    return say('{"reply":{"status":400,"json":{"error":"id and customer are needed"}}}');
  }
  const type = value(body, "type");
  let json = '{"messages":[{"id":' + quote(value(body, "id")) + ',"from":{"id":' + quote(value(body, "customer")) + ',"name":' + quote(value(body, "name")) + "}";
  if (type.length == 0 || type == "text") json += ',"text":' + quote(value(body, "text"));
  else json += ',"type":' + quote(type);
  return say(json + '}],"reply":{"status":200,"json":{"ok":true}}}');
}

/** A text out of a small flat JSON object, with what JSON escapes undone. */
function value(json: string, name: string): string {
  const mark = '"' + name + '":"';
  const start = json.indexOf(mark);
  if (start < 0) return "";
  const pieces: string[] = [];
  let from = start + mark.length;
  let i = from;
  for (; i < json.length && json.charCodeAt(i) != 34; i++) {
    if (json.charCodeAt(i) != 92) continue;
    pieces.push(json.substring(from, i));
    const escaped = json.charCodeAt(++i);
    if (escaped == 110) pieces.push("\n");
    else if (escaped == 117) {
      pieces.push(String.fromCharCode(<i32>parseInt(json.substring(i + 1, i + 5), 16)));
      i += 4;
    } else pieces.push(String.fromCharCode(escaped));
    from = i + 1;
  }
  pieces.push(json.substring(from, i));
  return pieces.join("");
}

export function channel_deliver(): i32 {
  const status = field("/response/status");
  if (status.length == 0) {
    return say(
      '{"http":{"url":"{{address}}","headers":{"Authorization":"Bearer {{secret}}"},"body":{"id":' +
        quote(field("/id")) + ',"customer":' + quote(field("/thread")) + ',"text":' + quote(field("/text")) + "}}}",
    );
  }
  const code = I32.parseInt(status);
  if (code >= 200 && code < 300) return say('{"done":' + quote(value(field("/response/body"), "id")) + "}");
  if (code == 401 || code == 403) return say('{"misconfigured":"secret","reason":"the other side does not take the secret"}');
  if (code == 429 || code >= 500) return say('{"retryMs":1000,"reason":"the other side answered ' + status + '"}');
  return say('{"undeliverable":"the other side answered ' + status + '"}');
}
