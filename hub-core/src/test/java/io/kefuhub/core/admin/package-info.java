/** Tests of what admins and auditors see, over real HTTP. */
@NullMarked
package io.kefuhub.core.admin;

import org.jspecify.annotations.NullMarked;
