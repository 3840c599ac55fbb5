/** What is live and reaches every node: the seam over which several nodes will talk. */
@NullMarked
package io.kefuhub.core.cluster;

import org.jspecify.annotations.NullMarked;
