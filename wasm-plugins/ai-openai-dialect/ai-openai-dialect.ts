// Speaks the dialect of OpenAI's chat completions: words the call, and reads what comes back line by line. The key stays
// with the hub, which puts it where {{api-key}} stands.
import { field, quote, say, setting } from "../hubkit/hubkit";

/** What was said in one turn; a picture is put in by the hub, where its place is. */
function content(at: string): string {
  const text = field(at + "/text");
  const parts: string[] = [];
  for (let i = 0; setting("pictures") == "true"; i++) {
    const picture = at + "/pictures/" + i.toString();
    const id = field(picture + "/id");
    if (id.length == 0) break;
    const url = "data:" + field(picture + "/mime") + ";base64,{{picture:" + id + "}}";
    parts.push('{"type":"image_url","image_url":{"url":' + quote(url) + "}}");
  }
  if (parts.length == 0) return quote(text);
  if (text.length > 0) parts.push('{"type":"text","text":' + quote(text) + "}");
  return "[" + parts.join(",") + "]";
}

/** What a program or the hub wants beside the usual: an answer after a schema, and fields of OpenAI's own. */
function extras(): string {
  let more = "";
  const schema = field("/schema");
  if (schema.length > 0) {
    // Only a closed schema can be kept to the letter.
    const strict = field("/schema/additionalProperties") == "false" ? "true" : "false";
    more =
      ',"response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":' + schema + ',"strict":' + strict + "}}";
  }
  const options = field("/options");
  return options.length > 2 ? more + "," + options.substring(1, options.length - 1) : more;
}

export function model_request(): i32 {
  const messages: string[] = [];
  const system = field("/system");
  if (system.length > 0) messages.push('{"role":"system","content":' + quote(system) + "}");
  for (let i = 0; ; i++) {
    const at = "/messages/" + i.toString();
    const role = field(at + "/role");
    if (role.length == 0) break;
    messages.push('{"role":' + quote(role) + ',"content":' + content(at) + "}");
  }
  const stream = field("/stream");
  return say(
    [
      '{"http":{"method":"POST","url":"{{address}}/chat/completions","headers":{"Authorization":"Bearer {{api-key}}"},"body":{"model":',
      quote(field("/model")),
      ',"messages":[',
      messages.join(","),
      '],"max_tokens":',
      field("/maxTokens"),
      ',"temperature":',
      field("/temperature"),
      ',"stream":',
      stream,
      stream == "true" ? ',"stream_options":{"include_usage":true}' : "",
      extras(),
      "}}}",
    ].join(""),
  );
}

/** The raw value of a field of a small JSON text: what stands behind "name":, up to where it ends; empty when it is not there. */
function raw(json: string, name: string): string {
  const mark = '"' + name + '":';
  let at = json.indexOf(mark);
  if (at < 0) return "";
  at += mark.length;
  while (at < json.length && json.charCodeAt(at) == 32) at++;
  let end = at;
  if (json.charCodeAt(at) == 34) {
    for (end = at + 1; end < json.length && json.charCodeAt(end) != 34; end++) {
      if (json.charCodeAt(end) == 92) end++;
    }
    return json.substring(at, end + 1);
  }
  while (end < json.length && json.charCodeAt(end) != 44 && json.charCodeAt(end) != 125) end++;
  return json.substring(at, end).trim();
}

/** Its texts stay quoted as they are: what is JSON goes on as JSON. */
function read(json: string): string {
  let answer = "";
  const content = raw(json, "content");
  if (content.length > 2) answer += ',"content":' + content;
  const reasoning = raw(json, "reasoning_content");
  if (reasoning.length > 2) answer += ',"reasoning":' + reasoning;
  const finish = raw(json, "finish_reason");
  if (finish == '"content_filter"') answer += ',"error":"filtered"';
  else if (finish.startsWith('"')) answer += ',"finish":' + finish;
  const tokens = raw(json, "completion_tokens");
  if (tokens.length > 0) {
    const cached = raw(json, "cached_tokens");
    const thought = raw(json, "reasoning_tokens");
    answer +=
      ',"usage":{"input":' + raw(json, "prompt_tokens") + ',"output":' + tokens +
      (cached.length > 0 ? ',"cachedInput":' + cached : "") +
      (thought.length > 0 ? ',"reasoning":' + thought : "") + "}";
  }
  return answer;
}

function error(status: i32, body: string): string {
  const code = raw(body, "code");
  const type = raw(body, "type");
  if (code == '"context_length_exceeded"') return "too-long";
  if (code == '"content_filter"') return "filtered";
  if (code == '"insufficient_quota"' || type == '"insufficient_quota"' || status == 402) return "no-balance";
  if (status == 401 || status == 403) return "credentials";
  if (status == 429) return "rate-limited";
  if (status == 503 || status == 529) return "overloaded";
  if (status == 400 || status == 404 || status == 422) return "refused";
  return "broken";
}

export function model_event(): i32 {
  let answer: string;
  if (field("/stream") == "true") {
    const line = field("/line");
    if (!line.startsWith("data:")) return 0;
    answer = read(line.substring(5));
  } else {
    const status = I32.parseInt(field("/status"));
    const body = field("/body");
    answer = status >= 200 && status < 300 ? read(body) : ',"error":"' + error(status, body) + '"';
  }
  return answer.length == 0 ? 0 : say("{" + answer.substring(1) + "}");
}
