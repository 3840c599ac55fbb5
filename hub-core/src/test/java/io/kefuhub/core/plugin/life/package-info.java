@NullMarked
package io.kefuhub.core.plugin.life;

import org.jspecify.annotations.NullMarked;
