/** Which models there are: deployments, aliases and rules, as admins and files want them. */
@NullMarked
package io.kefuhub.core.models.catalogue;

import org.jspecify.annotations.NullMarked;
