/** Proofs of the channel against servers that speak as the platform's documents say. */
@NullMarked
package io.kefuhub.channel.feishu;

import org.jspecify.annotations.NullMarked;
