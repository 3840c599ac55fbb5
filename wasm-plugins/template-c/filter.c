#include "hubkit.h"

HUB_EXPORT("on_message") int on_message(void) {
  char text[4096];
  hub_field("/message/text", text, sizeof text);
  for (char *c = text; *c; c++)
    if (c[0] == 'p' && c[1] == 'i' && c[2] == 'n' && c[3] == 'g') return hub_say("rewrite", "text", "pong");
  return hub_pass();
}
