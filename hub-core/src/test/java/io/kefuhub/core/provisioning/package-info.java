/** Tests of what files declare, on a real folder and a real database. */
@NullMarked
package io.kefuhub.core.provisioning;

import org.jspecify.annotations.NullMarked;
