/** How plugins come, change and go while the hub runs: versions, instances, and what is to be on. */
@NullMarked
package io.kefuhub.core.plugin.life;

import org.jspecify.annotations.NullMarked;
