/** WeCom's side, rule by rule, over real HTTP and real sockets. */
@NullMarked
package io.kefuhub.simulators.wecom;

import org.jspecify.annotations.NullMarked;
