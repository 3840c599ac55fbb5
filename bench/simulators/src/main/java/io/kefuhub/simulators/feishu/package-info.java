/**
 * Feishu as the hub sees it: tokens, events by webhook and by long connection, messages, streaming cards, media and
 * people. Written from the platform's documents alone; it knows nothing of the hub's own connector.
 */
@NullMarked
package io.kefuhub.simulators.feishu;

import org.jspecify.annotations.NullMarked;
