/** WeCom's side: customer service, apps and AI bots. */
@NullMarked
package io.kefuhub.simulators.wecom;

import org.jspecify.annotations.NullMarked;
