/** What a plugin's own tests build on: contracts to fulfil, fakes of what the hub lends, fixtures. */
@NullMarked
package io.kefuhub.api.kit;

import org.jspecify.annotations.NullMarked;
