/** Models by alias: which deployment is asked, under which limits and budgets, and what becomes of it. */
@NullMarked
package io.kefuhub.core.models;

import org.jspecify.annotations.NullMarked;
