/** What files under {@code conf/} declare: read with their lines, applied at start and whenever they change. */
@NullMarked
package io.kefuhub.core.provisioning;

import org.jspecify.annotations.NullMarked;
