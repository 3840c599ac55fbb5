/* What a Kefu Hub filter needs, for C. Needs no libc: clang --target=wasm32 -nostdlib -O2 -Wl,--no-entry.
 *
 *   #include "hubkit.h"
 *   HUB_EXPORT("on_message") int on_message(void) { return hub_pass(); }
 */
#ifndef HUBKIT_H
#define HUBKIT_H

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define HUB_EXPORT(name) __attribute__((export_name(name)))
#define HUB_IMPORT(module, name) __attribute__((import_module(module), import_name(name)))

HUB_IMPORT("extism:host/env", "alloc") u64 hub_alloc_(u64 size);
HUB_IMPORT("extism:host/env", "length") u64 hub_length_(u64 block);
HUB_IMPORT("extism:host/env", "load_u8") u32 hub_load_(u64 at);
HUB_IMPORT("extism:host/env", "store_u8") void hub_store_(u64 at, u32 value);
HUB_IMPORT("extism:host/env", "output_set") void hub_output_(u64 block, u64 size);
HUB_IMPORT("extism:host/env", "config_get") u64 hub_config_(u64 key);
HUB_IMPORT("extism:host/env", "log_info") void hub_log_(u64 block);
HUB_IMPORT("extism:host/user", "hub_field") u64 hub_field_(u64 pointer);

static inline u64 hub_give_(const char *bytes, u32 size) {
  u64 block = hub_alloc_(size);
  for (u32 i = 0; i < size; i++) hub_store_(block + i, (u8)bytes[i]);
  return block;
}

static inline u32 hub_size_(const char *text) {
  u32 size = 0;
  while (text[size]) size++;
  return size;
}

static inline int hub_take_(u64 block, char *into, u32 room) {
  u32 size = block ? (u32)hub_length_(block) : 0;
  if (room == 0) return 0;
  if (size > room - 1) size = room - 1;
  for (u32 i = 0; i < size; i++) into[i] = (char)hub_load_(block + i);
  into[size] = 0;
  return (int)size;
}

/* One value of the envelope, by JSON pointer, such as "/message/text". Returns how many bytes it has, cut to the room. */
static inline int hub_field(const char *pointer, char *into, u32 room) {
  return hub_take_(hub_field_(hub_give_(pointer, hub_size_(pointer))), into, room);
}

/* A setting, as an admin has it; empty when it is not set. */
static inline int hub_setting(const char *key, char *into, u32 room) {
  return hub_take_(hub_config_(hub_give_(key, hub_size_(key))), into, room);
}

/* A line for the filter's log in the console. */
static inline void hub_log(const char *line) { hub_log_(hub_give_(line, hub_size_(line))); }

/* Lets the message go on as it is. */
static inline int hub_pass(void) { return 0; }

/* Answers with JSON of your own, such as {"action":"pass","tags":["vip"]}. */
static inline int hub_answer(const char *json) {
  u32 size = hub_size_(json);
  hub_output_(hub_give_(json, size), size);
  return 0;
}

/* Answers with an action and one text, quoted for you: hub_say("rewrite", "text", words), hub_say("hold", "reason", why). */
static inline int hub_say(const char *action, const char *name, const char *text) {
  static char json[1 << 16];
  u32 n = 0;
  const char *parts[] = {"{\"action\":\"", action, "\",\"", name, "\":\""};
  for (int p = 0; p < 5; p++)
    for (const char *c = parts[p]; *c; c++) json[n++] = *c;
  for (const char *c = text; *c && n < sizeof json - 16; c++) {
    u8 b = (u8)*c;
    if (b == '"' || b == '\\') json[n++] = '\\';
    if (b >= 32) json[n++] = (char)b;
    else {
      const char *hex = "0123456789abcdef";
      json[n++] = '\\', json[n++] = 'u', json[n++] = '0', json[n++] = '0';
      json[n++] = hex[b >> 4], json[n++] = hex[b & 15];
    }
  }
  json[n++] = '"', json[n++] = '}', json[n] = 0;
  return hub_answer(json);
}

#endif
