/** Models for the organisation's other programs, as OpenAI's clients ask for them: under {@code /v1}, with API tokens. */
@NullMarked
package io.kefuhub.core.gateway;

import org.jspecify.annotations.NullMarked;
