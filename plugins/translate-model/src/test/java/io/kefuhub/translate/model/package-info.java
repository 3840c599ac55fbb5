/** Translation by models that the hub asks. */
@NullMarked
package io.kefuhub.translate.model;

import org.jspecify.annotations.NullMarked;
