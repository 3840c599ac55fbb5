/** What filters say of all that leaves for a model, whoever asks. */
@NullMarked
package io.kefuhub.core.models.screening;

import org.jspecify.annotations.NullMarked;
