// What a Kefu Hub filter needs, for AssemblyScript. Copy this file beside your own; it has no dependency.
//
//   import { text, pass, rewrite } from "./hubkit";
//   export function on_message(): i32 {
//     return text() == "ping" ? rewrite("pong") : pass();
//   }

@external("extism:host/env", "input_length") declare function input_length(): u64;
@external("extism:host/env", "input_load_u8") declare function input_load_u8(at: u64): u8;
@external("extism:host/env", "input_load_u64") declare function input_load_u64(at: u64): u64;
@external("extism:host/env", "alloc") declare function alloc(size: u64): u64;
@external("extism:host/env", "length") declare function length(block: u64): u64;
@external("extism:host/env", "load_u8") declare function load_u8(at: u64): u8;
@external("extism:host/env", "load_u64") declare function load_u64(at: u64): u64;
@external("extism:host/env", "store_u8") declare function store_u8(at: u64, value: u8): void;
@external("extism:host/env", "store_u64") declare function store_u64(at: u64, value: u64): void;
@external("extism:host/env", "output_set") declare function output_set(block: u64, size: u64): void;
@external("extism:host/env", "config_get") declare function config_get(key: u64): u64;
@external("extism:host/env", "log_info") declare function log_info(block: u64): void;
@external("extism:host/env", "log_warn") declare function log_warn(block: u64): void;
@external("extism:host/user", "hub_field") declare function hub_field(pointer: u64): u64;

// Blocks are measured in bytes of UTF-8, not in characters.
function give(text: string): u64 {
  const bytes = String.UTF8.encode(text);
  const from = changetype<usize>(bytes);
  const size = bytes.byteLength;
  const block = alloc(size);
  let i = 0;
  for (; i + 8 <= size; i += 8) store_u64(block + i, load<u64>(from + i));
  for (; i < size; i++) store_u8(block + i, load<u8>(from + i));
  return block;
}

function take(block: u64): string {
  if (block == 0) return "";
  const size = <i32>length(block);
  const bytes = new ArrayBuffer(size);
  const to = changetype<usize>(bytes);
  let i = 0;
  for (; i + 8 <= size; i += 8) store<u64>(to + i, load_u64(block + i));
  for (; i < size; i++) store<u8>(to + i, load_u8(block + i));
  return String.UTF8.decode(bytes);
}

// What you are asked.

/** The whole envelope as JSON, should `field` not be enough. */
export function input(): string {
  const size = <i32>input_length();
  const bytes = new ArrayBuffer(size);
  const to = changetype<usize>(bytes);
  let i = 0;
  for (; i + 8 <= size; i += 8) store<u64>(to + i, input_load_u64(i));
  for (; i < size; i++) store<u8>(to + i, input_load_u8(i));
  return String.UTF8.decode(bytes);
}

/** One value of the envelope, by JSON pointer, such as "/facts/attributes/level"; empty when it is not there. */
export function field(pointer: string): string {
  return take(hub_field(give(pointer)));
}

/** The words of the message, a line for each of its parts. */
export function text(): string {
  return field("/message/text");
}

/** The same author's texts of the last minute, oldest first, at most ten. */
export function recent(): string[] {
  const all: string[] = [];
  for (let i = 0; i < 10; i++) {
    const one = field("/facts/recent/" + i.toString());
    if (one.length == 0) break;
    all.push(one);
  }
  return all;
}

/** A setting, as an admin has it; empty when it is not set. */
export function setting(key: string): string {
  return take(config_get(give(key)));
}

/** The lines of a setting of type list, without blanks around them. */
export function lines(key: string): string[] {
  const all = setting(key).split("\n");
  const kept: string[] = [];
  for (let i = 0; i < all.length; i++) {
    const line = all[i].trim();
    if (line.length > 0) kept.push(line);
  }
  return kept;
}

/** A line for the filter's log in the console. */
export function log(line: string): void {
  log_info(give(line));
}

export function warn(line: string): void {
  log_warn(give(line));
}

// What you answer; each is the last thing you do.

let tags: string[] = [];

/** Puts a label on the message, whatever you answer. */
export function tag(name: string): void {
  tags.push(name);
}

/** Lets it go on as it is. */
export function pass(): i32 {
  return tags.length == 0 ? 0 : answer('{"action":"pass"');
}

/** Lets it go on with these words. */
export function rewrite(words: string): i32 {
  return answer('{"action":"rewrite","text":' + quote(words));
}

/** Keeps it until a person has looked. */
export function hold(reason: string): i32 {
  return answer('{"action":"hold","reason":' + quote(reason));
}

/** Stops it; its author is told `reply`, or the hub's own words when that is empty. */
export function block(reason: string, reply: string = ""): i32 {
  return answer('{"action":"block","reason":' + quote(reason) + (reply.length == 0 ? "" : ',"reply":' + quote(reply)));
}

function answer(json: string): i32 {
  let all = json;
  if (tags.length > 0) {
    all += ',"tags":[';
    for (let i = 0; i < tags.length; i++) all += (i == 0 ? "" : ",") + quote(tags[i]);
    all += "]";
    // Where an instance is kept, they are this message's alone.
    tags = [];
  }
  return say(all + "}");
}

/** Answers with JSON of your own. */
export function say(json: string): i32 {
  const block = give(json);
  output_set(block, length(block));
  return 0;
}

/** A text as JSON writes it. */
export function quote(text: string): string {
  let more = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 32) more += 5;
    else if (c == 34 || c == 92) more++;
  }
  if (more == 0) return '"' + text + '"';
  // Written in one go: thousands of small pieces cost more than all the rest.
  const buffer = new ArrayBuffer((text.length + more) << 1);
  let to = changetype<usize>(buffer);
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 32 && c != 34 && c != 92) {
      store<u16>(to, <u16>c);
      to += 2;
      continue;
    }
    const written = c == 34 ? '\\"' : c == 92 ? "\\\\" : "\\u00" + (c < 16 ? "0" : "1") + "0123456789abcdef".charAt(c & 15);
    for (let j = 0; j < written.length; j++, to += 2) store<u16>(to, <u16>written.charCodeAt(j));
  }
  return '"' + String.UTF16.decode(buffer) + '"';
}
